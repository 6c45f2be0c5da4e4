from decimal import Decimal

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.units import TAX_ONLY, unit_name, whole_units
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-W010",
    zh="台、套、个、只的数量应为整数",
    en="Machines, sets and pieces are counted in whole numbers",
    basis="cn-gacc-2019-18#36 cn-broker-practice#units",
    over="items",
)
def whole_pieces(
    unit: str | None,
    qty: Decimal | None,
    first_unit: str | None,
    first_qty: Decimal | None,
    second_unit: str | None,
    second_qty: Decimal | None,
    trade_mode: str | None,
    facts: Facts,
) -> list[Finding]:
    """There is no half machine: a fraction is a slip, or the quantity of another unit.

    没有半台机器：出现小数的，多半是笔误，或把另一单位的数量填到了这里。

    Wrong: 2.5 台.
    Right: 2 台.
    Limits: the units are those the table marks for whole numbers (001, 006, 007, 008). Procedures
    that only collect tax (9500, 9700, 9800) have token quantities and are left out.
    局限：只看代码表标明取整的单位（001、006、007、008）。只征税不进出货物的监管方式（9500、9700、9800）
    数量为象征性填报，不核对。
    """
    whole = whole_units(facts)
    found = []
    if unit in whole and _is_broken(qty):
        found.append(_broken("qty", unit, qty, facts))
    if first_unit in whole and _is_broken(first_qty):
        found.append(_broken("first_qty", first_unit, first_qty, facts))
    if second_unit in whole and _is_broken(second_qty):
        found.append(_broken("second_qty", second_unit, second_qty, facts))
    return [] if trade_mode in TAX_ONLY else found


LABELS = {
    "qty": Text("成交数量", "Deal quantity"),
    "first_qty": Text("法定第一数量", "First statutory quantity"),
    "second_qty": Text("法定第二数量", "Second statutory quantity"),
}


def _is_broken(count: Decimal | None) -> bool:
    return count is not None and count != count.to_integral_value()


def _broken(field: str, unit: str, count: Decimal | None, facts: Facts) -> Finding:
    label, name = LABELS[field], unit_name(unit, facts)
    return Finding(
        field,
        Text(
            f"{label.zh} {count} 不是整数，计量单位为 {name.zh}",
            f"{label.en} {count} is no whole number, and its unit is {name.en}",
        ),
        Text("核对数量和计量单位", "Check the quantity and its unit"),
        also=(field.replace("qty", "unit"),),
    )
