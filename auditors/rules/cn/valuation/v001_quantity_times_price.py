from decimal import MAX_PREC, ROUND_HALF_UP, Context, Decimal

from auditors.finding import Finding, suggested
from auditors.rule import rule
from knowledge.errors import CannotJudge
from knowledge.facts import Facts
from knowledge.text import Text

HALF = Decimal("0.5")
WIDE = Context(prec=MAX_PREC)
"""Figures of any length can be rounded in it."""


@rule(
    "CN-V001",
    zh="成交数量乘单价应等于总价",
    en="Deal quantity times unit price equals total price",
    basis="cn-gacc-2019-18#37 cn-gacc-2019-18#38 cn-broker-practice#prices",
    over="items",
)
def quantity_times_price(
    qty: Decimal, unit_price: Decimal, total_price: Decimal, currency: str, facts: Facts
) -> Finding | None:
    """The three figures describe one sale; a unit price may be rounded, a total may not.

    数量、单价、总价说的是同一笔买卖；单价可因保留小数而有尾差，总价不可。

    Wrong: 数量 10，单价 price 3.333，总价 total 40.
    Right: 数量 10，单价 price 3.333，总价 total 33.33.
    Limits: allows what rounding of the unit price to 4 decimals and of the total to the minor
        unit of its currency can explain; cannot tell which of the three figures is wrong.
    局限：允许单价保留 4 位小数、总价保留币制最小单位产生的尾差；无法判断三者中哪个填错。
    """
    product = qty * unit_price
    if product == total_price:
        return None
    minor = _minor_decimals(currency, facts)
    tolerance = _tolerance(qty, unit_price, minor, facts)
    if abs(product - total_price) <= tolerance:
        return None
    total = product.quantize(Decimal(f"1e-{minor}"), ROUND_HALF_UP, WIDE)
    return Finding(
        "total_price",
        Text(
            f"成交数量 {qty} × 单价 {unit_price} ＝ {total}，与总价 {total_price} 不符，"
            f"超出允许尾差 {tolerance.normalize():f}",
            f"Deal quantity {qty} × unit price {unit_price} = {total}, but total price is "
            f"{total_price}; rounding explains {tolerance.normalize():f}",
        ),
        Text(
            f"按发票核对数量、单价和总价；数量和单价无误的，总价改填 {total}",
            "Check the three figures against the invoice; if quantity and unit price are right, "
            f"enter {total}",
        ),
        also=("qty", "unit_price"),
        fixes=(suggested("total_price", total),),
    )


def _minor_decimals(currency: str, facts: Facts) -> int:
    row = facts.row("currency", currency)
    if row is None:
        raise CannotJudge(
            f"币制 {currency} 不在货币代码表中，小数位数不明",
            f"{currency} is not in the currency table, so its decimals are not known",
        )
    return int(row.more["minor_units"])


def _tolerance(qty: Decimal, unit_price: Decimal, minor: int, facts: Facts) -> Decimal:
    """What rounding can explain: half a minor unit, and half a last decimal of each unit price."""
    given = -int(unit_price.as_tuple().exponent)
    decimals = max(int(facts.value("cn.price.unit_decimals")), given)
    rounding = HALF.scaleb(-minor) + qty * HALF.scaleb(-decimals)
    return max(facts.value("cn.price.tolerance_floor"), rounding)
