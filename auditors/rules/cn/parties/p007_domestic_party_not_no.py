from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.form_labels import header_label
from auditors.rules.cn.party_codes import NONE_GIVEN
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-P007",
    zh="境内收发货人不得填 NO",
    en="The domestic party cannot be NO",
    basis="cn-gacc-2019-18#3 cn-broker-practice#parties",
)
def domestic_party_given(
    facts: Facts, trade_code: str | None, trade_uscc: str | None
) -> list[Finding]:
    """Somebody in China answers for the goods; only the owner or the overseas party may be NO.

    进出口货物必有境内收发货人，应填其代码。只有消费使用/生产销售单位的代码和境外收发货人可以填 NO。

    Wrong: 境内收发货人海关编码 NO.
    Right: 境内收发货人海关编码 3122260011; 消费使用单位海关编码 NO.
    Limits: looks at the two codes; a party without a credit code gives its customs code.
    局限：只看两个代码；没有信用代码的应填海关备案编码。
    """
    if NONE_GIVEN not in (trade_code, trade_uscc):
        return []
    held = (("trade_code", trade_code), ("trade_uscc", trade_uscc))
    return [_none(facts, name) for name, code in held if code == NONE_GIVEN]


def _none(facts: Facts, name: str) -> Finding:
    label = header_label(facts, name)
    return Finding(
        name,
        Text(f"{label.zh}填为 NO", f"{label.en} is NO"),
        Text("填报境内收发货人的代码", "Enter the code of the domestic party"),
    )
