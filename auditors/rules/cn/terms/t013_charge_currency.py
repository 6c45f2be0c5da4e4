from auditors.finding import Finding, suggested
from auditors.rule import rule
from auditors.rules.cn.charges import (
    FREIGHT,
    INSURANCE,
    OTHER,
    PER_TONNE,
    RATE,
    TOTAL,
    Charge,
)
from knowledge.text import Text

AMOUNTS = frozenset([PER_TONNE, TOTAL])
RATES = frozenset([RATE])


@rule(
    "CN-T013",
    zh="费用按单价或总价填报的应填币制，按率填报的不填",
    en="A charge per tonne or in total has a currency, a rate has none",
    basis="cn-gacc-2019-18#28 cn-gacc-2019-18#29 cn-gacc-2019-18#30 cn-broker-practice#fees",
)
def charge_currency(
    fee_mark: str | None,
    fee_curr: str | None,
    insur_mark: str | None,
    insur_curr: str | None,
    other_mark: str | None,
    other_curr: str | None,
) -> list[Finding]:
    """An amount means nothing without its currency; a percentage has no currency.

    金额没有币制就无从计算；百分率没有币制。

    Wrong: 运费 freight 3/820，币制空白 no currency.
    Right: 运费 freight 3/820/USD；保费 insurance 1/0.3，币制空白 no currency.
    Limits: does not judge which currency it should be.
    局限：不判断应为哪种币制。
    """
    held = (
        (FREIGHT, fee_mark, fee_curr),
        (INSURANCE, insur_mark, insur_curr),
        (OTHER, other_mark, other_curr),
    )
    return [
        _lacking(charge) if currency is None else _needless(charge, currency)
        for charge, mark, currency in held
        if mark in (AMOUNTS if currency is None else RATES)
    ]


def _lacking(charge: Charge) -> Finding:
    return Finding(
        charge.curr,
        Text(
            f"{charge.label.zh}按单价或总价填报，币制未填",
            f"The amount of {charge.label.en} has no currency",
        ),
        Text(f"填写{charge.label.zh}币制", f"Enter the currency of {charge.label.en}"),
        also=(charge.mark,),
    )


def _needless(charge: Charge, currency: str) -> Finding:
    return Finding(
        charge.curr,
        Text(
            f"{charge.label.zh}按率填报，却填了币制 {currency}",
            f"The rate of {charge.label.en} has the currency {currency}",
        ),
        Text(
            "确为费率的清空币制；数额为总价的改标记",
            "If it is a rate, clear the currency; if it is an amount, change the mark",
        ),
        also=(charge.mark,),
        fixes=(suggested(charge.curr, None),),
    )
