from decimal import Decimal

from auditors.declaration import Item
from auditors.finding import Finding
from auditors.place import Place
from auditors.rule import rule
from knowledge.text import Text

REASON = ("单价", "价格")
"""A note with one of these words is taken to state why prices differ."""


@rule(
    "CN-V005",
    zh="同一报关单内同规格商品的单价应一致",
    en="The same goods on one declaration have the same unit price",
    basis="cn-broker-practice#price-lines cn-gacc-2019-18#37",
)
def same_goods_price(items: tuple[Item, ...], note: str | None) -> list[Finding]:
    """Two lines alike in all but the price are either a slip or need a reason.

    除单价外完全相同的两项，不是填错就是需要说明理由。

    Wrong: 同品名同规格 same goods, 单价 prices 10 and 12.
    Right: 同品名同规格 same goods, 单价 prices 10 and 10.
    Limits: lines of another unit, origin or item number of the record are not compared; silent
        where the notes speak of the price.
    局限：计量单位、原产国或备案序号不同的不比较；备注说明价格的不提示。
    """
    if _all_differ(items) or any(word in (note or "") for word in REASON):
        return []
    first: dict[tuple[str | None, ...], tuple[int, Decimal]] = {}
    found = []
    for number, item in enumerate(items, 1):
        if item.unit_price is None or item.goods_name is None:
            continue
        earlier, price = first.setdefault(_goods(item), (number, item.unit_price))
        if item.unit_price != price:
            found.append(_other_price(number, item.unit_price, earlier, price))
    return found


def _all_differ(items: tuple[Item, ...]) -> bool:
    """Whether no two lines have the same specification, as in most drafts."""
    return len({item.goods_model for item in items}) == len(items)


def _goods(item: Item) -> tuple[str | None, ...]:
    return (
        item.hs_code,
        item.goods_name,
        item.goods_model,
        item.currency,
        item.unit,
        item.origin_country,
        item.manual_item_no,
    )


def _other_price(number: int, price: Decimal, earlier: int, first: Decimal) -> Finding:
    return Finding(
        Place("items", number, "unit_price"),
        Text(
            f"第{number}项与第{earlier}项品名、规格、计量单位相同，单价分别为 {price} 和 {first}",
            f"Items {number} and {earlier} are the same goods in the same unit, at {price} and "
            f"{first} each",
        ),
        Text(
            "按发票核对单价；确有差价的，在规格型号中区分或在备注说明价格差异",
            "Check the prices against the invoice; if they differ, tell the goods apart in the "
            "specification or give the reason in the notes",
        ),
        also=(Place("items", earlier, "unit_price"),),
    )
