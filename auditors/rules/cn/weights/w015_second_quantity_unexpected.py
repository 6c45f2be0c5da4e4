from decimal import Decimal

from auditors.finding import Finding, suggested
from auditors.rule import rule
from knowledge.text import Text


@rule(
    "CN-W015",
    zh="没有法定第二单位的，不填法定第二数量",
    en="Without a second statutory unit there is no second quantity",
    basis="cn-gacc-2019-18#36 cn-broker-practice#units",
    over="items",
)
def second_quantity_unexpected(second_qty: Decimal, second_unit: str | None) -> Finding | None:
    """A quantity without its unit says nothing.

    没有单位的数量没有意义。

    Wrong: 法定第二计量单位 blank, 法定第二数量 5.
    Right: both blank, or 035 千克 with 5.
    Limits: whether the tariff line has a second unit is not known without a tariff.
    局限：没有税则时不知道该税号是否有第二单位。
    """
    if second_unit or second_qty <= 0:
        return None
    return Finding(
        "second_qty",
        Text(
            f"法定第二计量单位为空，法定第二数量却填 {second_qty}",
            f"The second statutory unit is blank, yet there is a second quantity of {second_qty}",
        ),
        Text(
            "税号没有第二单位的删去数量，有的补填单位",
            "Remove it if the tariff line has no second unit; if it has one, enter the unit",
        ),
        also=("second_unit",),
        fixes=(suggested("second_qty", None),),
    )
