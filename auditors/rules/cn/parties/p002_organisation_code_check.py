from functools import lru_cache

from auditors.finding import Finding
from auditors.numbers import is_credit_code, organisation_check
from auditors.rule import rule
from auditors.rules.cn.form_labels import header_label
from auditors.rules.cn.party_codes import credit_codes
from knowledge.facts import Facts
from knowledge.text import Text

FIRMS = "9"
"""First character of the codes given out by the market regulator."""


@rule(
    "CN-P002",
    zh="统一社会信用代码第9至17位（主体标识码）应符合 GB 11714",
    en="Characters 9 to 17 of a unified social credit code are a sound organisation code (GB 11714)",
    basis="gb-11714#check gb-32100#check",
    severity="warning",
    status="calc",
)
def organisation_codes_hold(
    facts: Facts, trade_uscc: str | None, owner_uscc: str | None, agent_uscc: str | None
) -> list[Finding]:
    """A firm's credit code holds its organisation code, which has a check character of its own.

    企业的信用代码内含组织机构代码，后者另有校验码。外层校验通过而内层不符，多为编造或抄错的代码。

    Wrong: 91310115MA1FL0T64R, which passes its own check; its inner MA1FL0T64 should end in 0.
    Right: 91310115MA1FL0T52J, inner MA1FL0T52.
    Limits: looks only at codes beginning with 9 (firms) that pass P001. A firm whose organisation
        code was given before 2015 may rightly break this check: hence a warning.
    局限：只查以 9 开头（企业）且通过 P001 的代码。2015 年以前赋码的个别主体可能本就不符，故仅为警告。
    """
    held = credit_codes(trade_uscc, owner_uscc, agent_uscc)
    return [_broken(facts, name, code) for name, code in held if _inner_fails(code)]


@lru_cache(maxsize=4096)  # the same firms declare day by day
def _inner_fails(code: str) -> bool:
    return code[0] == FIRMS and is_credit_code(code) and organisation_check(code[8:16]) != code[16]


def _broken(facts: Facts, name: str, code: str) -> Finding:
    label, check = header_label(facts, name), organisation_check(code[8:16])
    return Finding(
        name,
        Text(
            f"{label.zh}“{code}”的主体标识码 {code[8:17]} 校验不符，按前8位计算末位应为 {check}",
            f'{label.en} "{code}" holds the organisation code {code[8:17]}, which fails its check: '
            f"its first 8 characters call for {check}",
        ),
        Text("对照营业执照核对代码", "Compare it with the business licence"),
    )
