from decimal import Decimal

from auditors.declaration import Item
from auditors.finding import Finding
from auditors.place import Place
from auditors.rule import rule
from knowledge.errors import CannotJudge
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-V003",
    zh="各项总价合计应等于应报总额",
    en="The total prices of the items add up to the expected total",
    basis="cn-law-customs#24 cn-broker-practice#errors",
)
def items_total_expected(
    expected_total: Decimal, expected_currency: str | None, items: tuple[Item, ...], facts: Facts
) -> Finding | None:
    """What the shipment costs must be declared in full, no more and no less.

    本票货物的价款应如实、足额申报。

    Wrong: 各项 items 12000 + 600，应报 expected 12650.
    Right: 各项 items 12000 + 600，应报 expected 12600.
    Limits: adds up only lines in the expected currency; a contract amount is not taken for it,
        a contract may cover several shipments.
    局限：只合计应报币制的各项；合同金额可能对应多票货物，不作为应报总额。
    """
    currency = expected_currency or _only_currency(items)
    lines = _totals_in(currency, items)
    if not items or lines is None:
        return None
    total = sum(filter(None, lines), Decimal(0))
    if abs(total - expected_total) <= facts.value("cn.total_check.per_item") * len(lines):
        return None
    return Finding(
        Place("items"),
        Text(
            f"各项总价合计 {total} {currency}，应报总额为 {expected_total} {currency}",
            f"The items add up to {total} {currency}; {expected_total} {currency} is expected",
        ),
        Text(
            "按发票逐项核对数量、单价、总价和币制，查有无漏项重项",
            "Check each line against the invoice, and look for lines left out or entered twice",
        ),
        also=(Place("context", field="expected_total"),),
        expected=str(expected_total),
    )


def _totals_in(currency: str | None, items: tuple[Item, ...]) -> list[Decimal] | None:
    """The totals of the lines in a currency; None while a total or a currency is missing."""
    totals = []
    for item in items:
        if item.currency is None:
            return None
        if item.currency == currency:
            if item.total_price is None:
                return None
            totals.append(item.total_price)
    return totals


def _only_currency(items: tuple[Item, ...]) -> str | None:
    currencies = {item.currency for item in items if item.currency is not None}
    if len(currencies) > 1:
        raise CannotJudge(
            "各项币制不同，未提供应报币制",
            "the items are in several currencies and the expected currency is not given",
        )
    return next(iter(currencies), None)
