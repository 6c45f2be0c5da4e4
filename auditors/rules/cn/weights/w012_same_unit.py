from decimal import Decimal

from auditors.finding import Finding, safe
from auditors.rule import rule
from auditors.rules.cn.special_weights import sold_dry
from auditors.rules.cn.units import TAX_ONLY, unit_name
from knowledge.facts import Facts
from knowledge.text import Text

DEAL = Text("成交数量", "Deal quantity")
STATUTORY = Text("法定第一数量", "First statutory quantity")


@rule(
    "CN-W012",
    zh="成交单位与法定第一单位相同的，数量应相同",
    en="Deal and first statutory quantity are the same in the same unit",
    status="logic",
    basis="cn-gacc-2019-18#36",
    over="items",
)
def same_unit(
    unit: str,
    first_unit: str,
    qty: Decimal | None,
    first_qty: Decimal | None,
    trade_mode: str | None,
    hs_code: str | None,
    facts: Facts,
) -> Finding | None:
    """The same goods counted in the same unit give the same number.

    同样的货物用同样的单位计量，数量应当相同。

    Wrong: 成交 10 台, 法定第一 11 台.
    Right: 成交 10 台, 法定第一 10 台.
    Limits: where one of the two is blank the other is offered; which of two different ones is
    right it cannot tell. Procedures that only collect tax (9500, 9700, 9800) are left out, and ores
    (2601 to 2617) sold by their dry weight.
    局限：一个为空时可照抄另一个；两个不同时无法判断哪个正确。只征税的监管方式（9500、9700、9800）
    和按干重成交的矿砂（2601 至 2617）不核对。
    """
    if unit != first_unit or qty == first_qty or trade_mode in TAX_ONLY:
        return None
    if qty is None or first_qty is None:
        return _blank(qty, first_qty)
    if sold_dry(hs_code, qty, first_qty, facts):
        return None
    name = unit_name(unit, facts)
    return Finding(
        "first_qty",
        Text(
            f"单位同为 {name.zh}，成交数量 {qty}，法定第一数量 {first_qty}",
            f"Both are in {name.en}, yet the deal quantity is {qty} and the first statutory"
            f" quantity {first_qty}",
        ),
        Text("按装箱单核对两个数量", "Check both against the packing list"),
        also=("qty",),
    )


def _blank(qty: Decimal | None, first_qty: Decimal | None) -> Finding:
    field, label, other, value = (
        ("qty", DEAL, "first_qty", first_qty)
        if qty is None
        else ("first_qty", STATUTORY, "qty", qty)
    )
    return Finding(
        field,
        Text(f"{label.zh}为空", f"{label.en} is blank"),
        Text(
            f"成交单位与法定第一单位相同，填 {value}",
            f"The units are the same: enter {value}",
        ),
        also=(other,),
        expected=str(value),
        fixes=(safe(field, value),),
    )
