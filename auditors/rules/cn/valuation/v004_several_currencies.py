from auditors.declaration import Item
from auditors.finding import Finding
from auditors.place import Place
from auditors.rule import rule
from knowledge.text import Text


@rule(
    "CN-V004",
    zh="同一报关单一般只有一种币制",
    en="The items of one declaration usually have one currency",
    basis="cn-broker-practice#price-lines cn-gacc-2019-18#39",
    severity="warning",
)
def several_currencies(items: tuple[Item, ...]) -> Finding | None:
    """One sale is invoiced in one currency; a second one is mostly a slip on one line.

    一笔买卖通常只用一种货币结算，出现第二种多半是某项填错。

    Wrong: 第1项 item 1 USD，第2项 item 2 EUR.
    Right: 各项 all items USD.
    Limits: goods of several invoices may rightly have several currencies.
    局限：多张发票合并申报的，币制可以不同。
    """
    currencies = {item.currency for item in items if item.currency is not None}
    if len(currencies) <= 1:
        return None
    first = next(item.currency for item in items if item.currency is not None)
    number, other = next(
        (number, item.currency)
        for number, item in enumerate(items, 1)
        if item.currency not in {None, first}
    )
    listed = sorted(currencies)
    return Finding(
        Place("items", number, "currency"),
        Text(
            f"第{number}项币制为 {other}，此前各项为 {first}；全单币制有 {'、'.join(listed)}",
            f"Item {number} is in {other}, the items before it in {first}; the declaration has "
            f"{', '.join(listed)}",
        ),
        Text("按发票核对各项币制", "Check the currency of each item against the invoice"),
    )
