from decimal import Decimal

from auditors.finding import Finding, suggested
from auditors.rule import rule
from auditors.rules.cn.special_weights import sold_dry
from auditors.rules.cn.units import TAX_ONLY, decimals, plain, ratio, scales, unit_name
from knowledge.facts import Facts
from knowledge.text import Text

LABELS = {
    "first_qty": Text("法定第一数量", "First statutory quantity"),
    "second_qty": Text("法定第二数量", "Second statutory quantity"),
}
HALF = Decimal("0.5")


@rule(
    "CN-W011",
    zh="成交数量与法定数量按单位换算应一致",
    en="Deal and statutory quantity agree once converted",
    basis="cn-gacc-2019-18#36 cn-broker-practice#units",
    over="items",
)
def converted_quantity(
    unit: str,
    qty: Decimal,
    hs_code: str | None,
    first_unit: str | None,
    first_qty: Decimal | None,
    second_unit: str | None,
    second_qty: Decimal | None,
    trade_mode: str | None,
    facts: Facts,
) -> list[Finding] | None:
    """Units such as 千个 and 个, or tonne and kilogram, have a fixed ratio, and so the quantities.

    千个与个、吨与千克等单位的换算关系是固定的，两个数量也应如此。

    Wrong: 成交 5 千个, 法定 4000 个.
    Right: 成交 5 千个, 法定 5000 个.
    Limits: quantities may be rounded at the third decimal or later. Pieces per box, kilograms per
    piece and other ratios that hang on the goods are not known. Ores and concentrates (2601 to 2617)
    are sold by the dry tonne: a deal quantity below the wet weight by no more than likely moisture
    passes.
    局限：容许在第三位小数及以后取整。每箱个数、每个重量等因货而异的换算无从得知。
    矿砂（2601 至 2617）常按干吨成交，成交数量低于湿重而差额不超过常见水分的不提示。
    """
    if unit not in scales(facts) or trade_mode in TAX_ONLY:
        return None
    found = []
    if first_unit and first_unit != unit and first_qty is not None:
        found += _compared("first_qty", hs_code, qty, unit, first_qty, first_unit, facts)
    if second_unit and second_unit != unit and second_qty is not None:
        found += _compared("second_qty", hs_code, qty, unit, second_qty, second_unit, facts)
    return found


def _compared(
    field: str,
    hs_code: str | None,
    qty: Decimal,
    unit: str,
    statutory: Decimal,
    statutory_unit: str,
    facts: Facts,
) -> list[Finding]:
    times = ratio(unit, statutory_unit, facts)
    if times is None:
        return []
    rounding = max(_step(qty, facts) * times, _step(statutory, facts)) * HALF
    if abs(qty * times - statutory) <= rounding:
        return []
    if sold_dry(hs_code, qty * times, statutory, facts):
        return []
    units = unit_name(unit, facts), unit_name(statutory_unit, facts)
    return [_disagrees(field, qty, statutory, plain(qty * times), units)]


def _step(quantity: Decimal, facts: Facts) -> Decimal:
    """Return the last decimal place a quantity may have been rounded at."""
    least = int(facts.value("cn.unit_conversion.decimals"))
    return Decimal(1).scaleb(-max(least, decimals(quantity)))


def _disagrees(
    field: str, qty: Decimal, statutory: Decimal, computed: Decimal, units: tuple[Text, Text]
) -> Finding:
    label, (unit, statutory_unit) = LABELS[field], units
    return Finding(
        field,
        Text(
            f"成交数量 {qty}（{unit.zh}）折合 {computed}（{statutory_unit.zh}），{label.zh}为 {statutory}",
            f"Deal quantity {qty} ({unit.en}) comes to {computed} ({statutory_unit.en});"
            f" {label.en.lower()} is {statutory}",
        ),
        Text(
            f"核对两个数量；成交数量无误的，改为 {computed}",
            f"Check both quantities; if the deal quantity is right, enter {computed}",
        ),
        also=("qty", "unit", field.replace("qty", "unit")),
        expected=str(computed),
        fixes=(suggested(field, computed),),
    )
