from auditors.finding import Finding
from auditors.numbers import (
    CREDIT_CODE_LENGTH,
    CREDIT_CODE_SIGNS,
    credit_code_check,
    is_credit_code,
)
from auditors.rule import rule
from auditors.rules.cn.form_labels import header_label
from auditors.rules.cn.party_codes import credit_codes
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-P001",
    zh="统一社会信用代码的长度、字符和校验码应符合 GB 32100",
    en="A unified social credit code has the length, signs and check character of GB 32100",
    basis="gb-32100#check cn-gacc-2019-18#3 cn-gacc-2019-18#13 cn-gacc-2019-18#48",
    status="calc",
)
def credit_codes_hold(
    facts: Facts, trade_uscc: str | None, owner_uscc: str | None, agent_uscc: str | None
) -> list[Finding]:
    """The eighteenth character is worked out from the other seventeen, so a slip shows at once.

    第18位由前17位计算得出，错一位即可发现。境内收发货人、消费使用/生产销售单位、申报单位分别核对。

    Wrong: 91310115MA1FL0T52K.
    Right: 91310115MA1FL0T52J.
    Limits: a code that holds may still belong to another firm. NO is left alone (P007 speaks of
        it where it may not stand). The first eight characters are not asked to be digits, since
        bodies registered by the army, the farm administration and others begin with a letter.
    局限：校验通过的代码仍可能是别家企业的。填 NO 的不查（不得填 NO 的由 P007 提示）。不要求前8位为数字，
    因军队、农业等部门登记的机构以字母开头。
    """
    held = credit_codes(trade_uscc, owner_uscc, agent_uscc)
    return [_broken(facts, name, code) for name, code in held if not is_credit_code(code)]


def _broken(facts: Facts, name: str, code: str) -> Finding:
    label, why = header_label(facts, name), _why(code)
    return Finding(
        name,
        Text(f"{label.zh}“{code}”{why.zh}", f'{label.en} "{code}" {why.en}'),
        Text("对照营业执照重新填报", "Enter it again from the business licence"),
    )


def _why(code: str) -> Text:
    if CREDIT_CODE_LENGTH - len(code):
        return Text(
            f"为 {len(code)} 位，应为 {CREDIT_CODE_LENGTH} 位",
            f"has {len(code)} characters, not {CREDIT_CODE_LENGTH}",
        )
    if strange := sorted(set(code) - CREDIT_CODE_SIGNS):
        return Text(
            f"含不用于该代码的字符 {'、'.join(strange)}（只用数字和大写字母，不用 I、O、S、V、Z）",
            f"holds {', '.join(strange)} (only digits and capitals are used, without I, O, S, V, Z)",
        )
    check = credit_code_check(code[:-1])
    return Text(
        f"校验不符：按前17位计算末位应为 {check}",
        f"fails its check: the first 17 characters call for {check} at the end",
    )
