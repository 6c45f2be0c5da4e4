from decimal import Decimal

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.units import TAX_ONLY
from knowledge.text import Text

KILOGRAM = "035"


@rule(
    "CN-W013",
    zh="同以千克计的数量应一致",
    en="Quantities in kilograms agree with each other",
    status="logic",
    basis="cn-gacc-2019-18#36",
    over="items",
    only={"second_unit": KILOGRAM},
)
def kilograms_twice(
    second_qty: Decimal,
    unit: str | None,
    qty: Decimal | None,
    first_unit: str | None,
    first_qty: Decimal | None,
    trade_mode: str | None,
) -> Finding | None:
    """An item has one net weight, whichever of its quantities says it.

    一项商品只有一个净重，不论填在哪个数量栏。

    Wrong: 成交 100 千克, 法定第二 90 千克.
    Right: 成交 100 千克, 法定第二 100 千克.
    Limits: compares with the second statutory quantity only; the first is compared by W012.
    局限：只与法定第二数量比较；成交数量与法定第一数量由 W012 比较。
    """
    if trade_mode in TAX_ONLY:
        return None
    if first_unit == KILOGRAM and first_qty is not None and first_qty != second_qty:
        return _apart("first_qty", Text("法定第一数量", "First statutory"), first_qty, second_qty)
    if unit == KILOGRAM and qty is not None and qty != second_qty:
        return _apart("qty", Text("成交数量", "Deal"), qty, second_qty)
    return None


def _apart(field: str, label: Text, quantity: Decimal, second_qty: Decimal) -> Finding:
    return Finding(
        "second_qty",
        Text(
            f"同为千克，{label.zh} {quantity}，法定第二数量 {second_qty}",
            f"{label.en} quantity is {quantity} kg, second statutory quantity {second_qty} kg",
        ),
        Text("按装箱单核对净重", "Check the net weight against the packing list"),
        also=(field,),
    )
