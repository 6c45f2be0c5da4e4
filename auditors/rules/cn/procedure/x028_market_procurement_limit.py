from decimal import ROUND_CEILING, Decimal

from auditors.declaration import Item
from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.goods_value import Rates, converted
from knowledge.facts import Facts
from knowledge.text import Text

DOLLAR = "USD"
CENT = Decimal("0.01")


@rule(
    "CN-X028",
    zh="市场采购（1039）每票报关单货值不超过限额",
    en="A market procurement (1039) declaration stays within the value limit",
    status="law",
    basis="cn-gacc-2019-221#1 cn-gacc-2014-54#1",
    only={"trade_mode": "1039"},
)
def market_procurement_limit(
    items: tuple[Item, ...], exchange_rates: Rates, facts: Facts
) -> Finding | None:
    """Market procurement is open to declarations of up to USD 150,000.

    市场采购每票报关单的货值最高为15万美元，超过的按其他监管方式申报。

    Wrong: 1039, 总价合计 USD 160000.
    Right: 1039, 总价合计 USD 150000.
    Limits: adds up the totals of the items as given, without freight or insurance. Items in other
    currencies are converted at the rates the draft brings; without them the rule cannot judge.
    局限：只合计表体总价，不考虑运保费；非美元的按草稿所附汇率折算，没有汇率时不作判断。
    """
    limit = facts.value("cn.market_procurement.limit_usd")
    dollars = _in_dollars(items, exchange_rates, limit)
    if dollars <= limit:
        return None
    total = dollars.quantize(CENT, ROUND_CEILING)
    return Finding(
        "trade_mode",
        Text(
            f"市场采购报关单货值合计 {total} 美元，超过限额 {limit} 美元",
            f"The items of this market procurement declaration come to USD {total}, "
            f"above the limit of USD {limit}",
        ),
        Text(
            "核对总价和币制，超过限额的改用其他监管方式",
            "Check totals and currency; above the limit use another customs procedure",
        ),
        also=("items",),
    )


def _in_dollars(items: tuple[Item, ...], rates: Rates, limit: Decimal) -> Decimal:
    """Add up in dollars; what is above the limit already needs no rates."""
    priced = [(each.total_price, each.currency) for each in items if each.total_price]
    dollars = sum((amount for amount, currency in priced if currency == DOLLAR), Decimal(0))
    if dollars > limit:
        return dollars
    each = (converted(amount, currency, DOLLAR, rates) for amount, currency in priced if currency)
    return sum(each, Decimal(0))
