from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.form_labels import header_label
from auditors.rules.cn.party_codes import NONE_GIVEN
from knowledge.facts import Facts
from knowledge.text import Text

TYPES = frozenset("123456789ABCD")
"""Signs known to stand sixth in a customs registration code; no code table carries them."""


@rule(
    "CN-P004",
    zh="海关编码第6位应为已知的企业性质",
    en="The sixth character of a customs registration code is a known type of enterprise",
    basis="cn-gacc-order-253#general cn-gacc-2019-18#3",
    severity="warning",
    status="unverified",
)
def enterprise_type_known(
    facts: Facts, trade_code: str | None, agent_code: str | None
) -> list[Finding]:
    """The sixth character tells what kind of enterprise it is, 1 state-owned to 8 broker.

    海关编码第6位表示企业性质：1 国有、2 合作、3 合资、4 独资、5 集体、6 私营、7 个体、8 报关企业、9 其他，
    少数为 A 至 D。其他字符多为抄错。

    Wrong: 31222X0011.
    Right: 3122260011.
    Limits: the list of letters is not from a text of law, hence a warning. The owner's code may be
        an organisation code instead and is not looked at.
    局限：字母的含义未见法规原文，故仅为警告。消费使用/生产销售单位可填组织机构代码，不查。
    """
    held = (("trade_code", trade_code), ("agent_code", agent_code))
    return [
        _strange(facts, name, code)
        for name, code in held
        if code is not None and code != NONE_GIVEN and code[5] not in TYPES
    ]


def _strange(facts: Facts, name: str, code: str) -> Finding:
    label = header_label(facts, name)
    return Finding(
        name,
        Text(
            f"{label.zh}“{code}”第6位为 {code[5]}，不是已知的企业性质",
            f'{label.en} "{code}" has {code[5]} as its sixth character, no known type of enterprise',
        ),
        Text("对照海关备案信息核对编码", "Compare it with the customs registration"),
    )
