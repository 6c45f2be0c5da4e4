from decimal import Decimal

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.charges import FREIGHT, INSURANCE, OTHER, RATE, Charge
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-T012",
    zh="按率填报的费率应在 0.0001 至 99 之间",
    en="A charge given as a rate lies between 0.0001 and 99 percent",
    basis="cn-broker-practice#fees cn-gacc-2019-18#28 cn-gacc-2019-18#29 cn-gacc-2019-18#30",
)
def charge_rates(
    fee_mark: str | None,
    fee_rate: Decimal | None,
    insur_mark: str | None,
    insur_rate: Decimal | None,
    other_mark: str | None,
    other_rate: Decimal | None,
    facts: Facts,
) -> list[Finding]:
    """A rate is a percentage of the price; a larger figure is mostly a total under the wrong mark.

    费率为百分数，超出范围多半是把总价按率填报。

    Wrong: 运费标记 freight mark 1，运费率 rate 100.
    Right: 保费标记 insurance mark 1，保费率 rate 0.3.
    Limits: other charges may be negative, then the size counts; other charges of zero are
        left to T019.
    局限：杂费率可为负，按绝对值判断；杂费为 0 的由 T019 提示。
    """
    held = (
        (FREIGHT, fee_mark, fee_rate),
        (INSURANCE, insur_mark, insur_rate),
        (OTHER, other_mark, other_rate or None),
    )
    low, high = facts.value("cn.fee_rate.min"), facts.value("cn.fee_rate.max")
    return [
        _out(charge, rate, low, high)
        for charge, mark, rate in held
        if mark == RATE and rate is not None and not low <= abs(rate) <= high
    ]


def _out(charge: Charge, rate: Decimal, low: Decimal, high: Decimal) -> Finding:
    return Finding(
        charge.rate,
        Text(
            f"{charge.label.zh}率 {rate}% 不在 {low} 至 {high} 之间",
            f"The rate of {charge.label.en}, {rate} %, is not between {low} and {high}",
        ),
        Text(
            "核对费率；数额为总价的，标记改填 3 并填币制",
            "Check the rate; if the figure is a total, use mark 3 and give its currency",
        ),
        also=(charge.mark,),
    )
