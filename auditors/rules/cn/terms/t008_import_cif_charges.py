from decimal import Decimal

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.charges import FREIGHT, INSURANCE, surplus
from knowledge.facts import Facts


@rule(
    "CN-T008",
    zh="进口 CIF 成交的，不再填报运费和保费",
    en="Import on CIF declares no freight or insurance",
    basis="cn-gacc-2019-18#27 cn-gacc-2019-18#28 cn-gacc-2019-18#29",
    severity="warning",
    status="unverified",
    only={"ie_flag": "I", "trans_mode": "1"},
)
def import_cif_charges(
    trans_mode: str,
    fee_mark: str | None,
    fee_rate: Decimal | None,
    fee_curr: str | None,
    insur_mark: str | None,
    insur_rate: Decimal | None,
    insur_curr: str | None,
    facts: Facts,
) -> list[Finding]:
    """The price already holds freight and insurance; given again they would be taxed twice.

    成交价已含运费和保费，再填会重复计入计税价格。

    Wrong: 进口 CIF，运费 import CIF, freight 3/820/EUR.
    Right: 进口 CIF，运费和保费空白 import CIF, freight and insurance blank.
    Limits: cannot see whether the terms or the charges are the slip.
    局限：无法判断是成交方式填错还是运保费多填。
    """
    freight = surplus(FREIGHT, fee_mark, fee_rate, fee_curr, trans_mode, facts)
    insurance = surplus(INSURANCE, insur_mark, insur_rate, insur_curr, trans_mode, facts)
    return [found for found in (freight, insurance) if found]
