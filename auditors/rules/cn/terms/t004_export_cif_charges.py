from decimal import Decimal

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.charges import FREIGHT, FREIGHT_AND_INSURANCE, INSURANCE, due, incomplete
from knowledge.facts import Facts


@rule(
    "CN-T004",
    zh="出口 CIF 成交的，运费和保费应填完整",
    en="Export on CIF must declare freight and insurance in full",
    basis="cn-gacc-2019-18#28 cn-gacc-2019-18#29 cn-broker-practice#terms",
    only={"ie_flag": "E", "crossing": True},
)
def export_cif_charges(
    trans_mode: str,
    fee_mark: str | None,
    fee_rate: Decimal | None,
    fee_curr: str | None,
    insur_mark: str | None,
    insur_rate: Decimal | None,
    insur_curr: str | None,
    facts: Facts,
) -> list[Finding]:
    """The price holds freight and insurance after loading; both are taken off for the FOB value.

    成交价含装载后的运费和保费，须填报以便折算离岸价。

    Wrong: 出口 CIF，运费和保费空白 export CIF, freight and insurance blank.
    Right: 运费 freight 3/950/USD，保费 insurance 3/45/USD.
    Limits: only goods that cross the border; a figure of zero counts as filled in.
    局限：只看实际进出境货物；填 0 视为已填。
    """
    if due(facts, trans_mode, "export") != FREIGHT_AND_INSURANCE:
        return []
    freight = incomplete(FREIGHT, fee_mark, fee_rate, fee_curr, trans_mode, facts)
    insurance = incomplete(INSURANCE, insur_mark, insur_rate, insur_curr, trans_mode, facts)
    return [found for found in (freight, insurance) if found]
