from decimal import Decimal

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.charges import INSURANCE, INSURANCE_ALONE, due, incomplete
from knowledge.facts import Facts


@rule(
    "CN-T006",
    zh="出口 C&I 成交的，保费应填完整",
    en="Export on C&I must declare insurance in full",
    basis="cn-gacc-2019-18#29 cn-gacc-2019-18#27 cn-broker-practice#terms",
    only={"ie_flag": "E", "crossing": True},
)
def export_ci_insurance(
    trans_mode: str,
    insur_mark: str | None,
    insur_rate: Decimal | None,
    insur_curr: str | None,
    facts: Facts,
) -> Finding | None:
    """The price holds insurance after loading, which is taken off for the FOB value.

    成交价含装载后的保费，须填报以便折算离岸价。

    Wrong: 出口 C&I，保费各栏空白 export C&I, insurance blank.
    Right: 保费 insurance 3/25/USD.
    Limits: only goods that cross the border; a figure of zero counts as filled in.
    局限：只看实际进出境货物；填 0 视为已填。
    """
    if due(facts, trans_mode, "export") != INSURANCE_ALONE:
        return None
    return incomplete(INSURANCE, insur_mark, insur_rate, insur_curr, trans_mode, facts)
