from decimal import Decimal

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.units import TAX_ONLY, unit_name
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-W014",
    zh="有法定第二单位的，法定第二数量应大于 0",
    en="With a second statutory unit there is a second quantity above zero",
    basis="cn-gacc-2019-18#36 cn-broker-practice#units",
    over="items",
)
def second_quantity_missing(
    second_unit: str,
    first_qty: Decimal,
    second_qty: Decimal | None,
    trade_mode: str | None,
    facts: Facts,
) -> Finding | None:
    """Some tariff lines are counted in two units; then both quantities are declared.

    有的税号有两个法定单位，两个数量都要申报。

    Wrong: 法定第二单位 035 千克, 法定第二数量 blank or 0.
    Right: 法定第二单位 035 千克, 法定第二数量 120.
    Limits: waits for the first quantity. Whether the tariff line has a second unit is not known
    without a tariff. Procedures that only collect tax (9500, 9700, 9800) are left out.
    局限：第一数量填好后才提示。没有税则时不知道该税号是否有第二单位。
    只征税的监管方式（9500、9700、9800）不核对。
    """
    if second_qty is not None and second_qty > 0:
        return None
    if first_qty <= 0 or trade_mode in TAX_ONLY:
        return None
    name = unit_name(second_unit, facts)
    return Finding(
        "second_qty",
        Text(
            f"法定第二计量单位为 {name.zh}，却没有大于 0 的法定第二数量",
            f"The second statutory unit is {name.en}, yet there is no second quantity above zero",
        ),
        Text("按该单位填报法定第二数量", "Enter the quantity in that unit"),
        also=("second_unit",),
    )
