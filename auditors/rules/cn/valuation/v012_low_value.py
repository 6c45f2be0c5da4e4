from collections.abc import Mapping
from decimal import Decimal

from auditors.declaration import Item
from auditors.finding import Finding
from auditors.place import Place
from auditors.rule import rule
from auditors.rules.cn.charges import amount_of
from auditors.rules.cn.goods_value import goods_value, in_yuan
from knowledge.facts import Facts
from knowledge.text import Text

ONE = Decimal(1)
CHEAP = frozenset(["0815", "1210", "1239", "3010", "3100", "3339", "9610"])
"""Low-value auxiliaries, parcels, samples, free goods: their totals are low by nature."""


@rule(
    "CN-V012",
    zh="申报价值不应异常偏低",
    en="The declared value is not unusually low",
    basis="declarant-house#prices",
    severity="warning",
    status="unverified",
)
def low_value(
    ie_flag: str,
    trade_mode: str,
    items: tuple[Item, ...],
    fee_mark: str | None,
    fee_rate: Decimal | None,
    fee_curr: str | None,
    insur_mark: str | None,
    insur_rate: Decimal | None,
    insur_curr: str | None,
    gross_weight: Decimal | None,
    exchange_rates: Mapping[str, Decimal],
    facts: Facts,
) -> list[Finding]:
    """A whole shipment below 50 yuan, or goods below a fen a unit, are mostly a slip of unit.

    整票不足 50 元，或每单位不足一分，多半是计量单位、币制或小数点填错。

    Wrong: 矿砂 ore, 10000 千克 kg, 总价 total 0.10 CNY.
    Right: 矿砂 ore, 10000 千克 kg, 总价 total 80000 CNY.
    Limits: a hint; per unit means per first statutory unit; needs exchange rates for other
        currencies than yuan; totals of samples, parcels and free goods are not judged, and
        prices of zero are left to V002.
    局限：仅为提示；单位指法定第一计量单位；非人民币须提供汇率；货样、跨境电商、免费货物不看
        整票金额；价格为 0 的由 V002 提示。
    """
    value = goods_value(items)
    if value is None or value.amount == 0:
        return []
    rate = in_yuan(ONE, value.currency, exchange_rates)
    found = _cheap_lines(items, rate, facts.value("cn.low_value.per_unit"))
    limit = facts.value("cn.low_value.cny")
    worth = value.amount
    if worth * rate >= limit:
        return found
    if ie_flag == "I":
        freight = amount_of(fee_mark, fee_rate, fee_curr, gross_weight, value, exchange_rates)
        insurance = amount_of(insur_mark, insur_rate, insur_curr, None, value, exchange_rates)
        worth += (freight or 0) + (insurance or 0)
    if worth * rate < limit and trade_mode not in CHEAP:
        found.append(_cheap_shipment(worth * rate, limit))
    return found


def _cheap_shipment(yuan: Decimal, limit: Decimal) -> Finding:
    return Finding(
        Place("items"),
        Text(
            f"整票价值约 {yuan:.2f} 元，不足 {limit} 元",
            f"The shipment is worth about {yuan:.2f} yuan, less than {limit}",
        ),
        Text(
            "核对总价、币制和小数点；确属低值的备好说明",
            "Check totals, currency and decimal points; keep an explanation ready if it is right",
        ),
    )


def _cheap_lines(items: tuple[Item, ...], rate: Decimal, limit: Decimal) -> list[Finding]:
    found = []
    for number, item in enumerate(items, 1):
        if not item.total_price or not item.first_qty:
            continue
        each = item.total_price * rate / item.first_qty
        if each < limit:
            found.append(_cheap_line(number, each, limit))
    return found


def _cheap_line(number: int, each: Decimal, limit: Decimal) -> Finding:
    return Finding(
        Place("items", number, "total_price"),
        Text(
            f"第{number}项每法定单位约 {each:.4g} 元，不足 {limit} 元",
            f"Item {number} is worth about {each:.4g} yuan per statutory unit, less than {limit}",
        ),
        Text(
            "核对总价、币制和法定第一数量",
            "Check total price, currency and first statutory quantity",
        ),
        also=(Place("items", number, "first_qty"),),
    )
