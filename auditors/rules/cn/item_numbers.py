"""The numbers (商品序号) by which other blocks name the goods items."""

from auditors.declaration import Item
from auditors.rules.cn.once import once


@once
def item_numbers(items: tuple[Item, ...]) -> tuple[int, ...]:
    """Return the number of each item: as written, else its place in the list."""
    return tuple([at if item.g_no is None else item.g_no for at, item in enumerate(items, 1)])
