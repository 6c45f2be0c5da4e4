from decimal import Decimal

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.charges import FREIGHT, INSURANCE, surplus
from knowledge.facts import Facts


@rule(
    "CN-T009",
    zh="出口 FOB 成交的，不填报运费和保费",
    en="Export on FOB declares no freight or insurance",
    basis="cn-gacc-2019-18#27 cn-gacc-2019-18#28 cn-gacc-2019-18#29",
    severity="warning",
    status="unverified",
    only={"ie_flag": "E", "trans_mode": "3"},
)
def export_fob_charges(
    trans_mode: str,
    fee_mark: str | None,
    fee_rate: Decimal | None,
    fee_curr: str | None,
    insur_mark: str | None,
    insur_rate: Decimal | None,
    insur_curr: str | None,
    facts: Facts,
) -> list[Finding]:
    """The price ends on board; freight and insurance after loading are no part of it.

    成交价算到装船为止，不含装载后的运费和保费，填报会被当作扣除项。

    Wrong: 出口 FOB，运费 export FOB, freight 3/950/USD.
    Right: 出口 FOB，运费和保费空白 export FOB, freight and insurance blank.
    Limits: cannot see whether the terms or the charges are the slip.
    局限：无法判断是成交方式填错还是运保费多填。
    """
    freight = surplus(FREIGHT, fee_mark, fee_rate, fee_curr, trans_mode, facts)
    insurance = surplus(INSURANCE, insur_mark, insur_rate, insur_curr, trans_mode, facts)
    return [found for found in (freight, insurance) if found]
