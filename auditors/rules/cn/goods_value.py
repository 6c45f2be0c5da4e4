"""Value of the goods (货值) of a draft, and other amounts brought into its currency."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from auditors.declaration import Item
from auditors.rules.cn.once import once
from knowledge.errors import CannotJudge

YUAN = "CNY"
Rates = Mapping[str, Decimal]
"""Exchange rates (计征汇率): yuan for one unit of a currency."""


class GoodsValue(NamedTuple):
    """All lines added up, in the one currency they have."""

    amount: Decimal
    currency: str


@once
def goods_value(items: tuple[Item, ...]) -> GoodsValue | None:
    """Return the value of all lines; None where a line has no total price or no currency.

    Raises:
        CannotJudge: the lines are priced in several currencies.
    """
    amount = Decimal(0)
    currency = None
    for item in items:
        if item.total_price is None or item.currency is None:
            return None
        if currency is not None and currency != item.currency:
            raise CannotJudge(
                "各项币制不同，无法合计货值",
                "the items are in several currencies and cannot be added up",
            )
        amount += item.total_price
        currency = item.currency
    return GoodsValue(amount, currency) if currency else None


def in_yuan(amount: Decimal, currency: str, rates: Rates) -> Decimal:
    """Return an amount in yuan.

    Raises:
        CannotJudge: no exchange rate is given for the currency.
    """
    return amount * _yuan_for(currency, rates)


def converted(amount: Decimal, currency: str, into: str, rates: Rates) -> Decimal:
    """Return an amount in another currency; no rate is needed where it has that currency.

    Raises:
        CannotJudge: an exchange rate is needed and not given.
    """
    if currency == into:
        return amount
    return amount * _yuan_for(currency, rates) / _yuan_for(into, rates)


def _yuan_for(currency: str, rates: Rates) -> Decimal:
    if currency == YUAN:
        return Decimal(1)
    rate = rates.get(currency)
    if rate is None or rate <= 0:
        raise CannotJudge(
            f"未提供 {currency} 的计征汇率", f"no exchange rate is given for {currency}"
        )
    return rate
