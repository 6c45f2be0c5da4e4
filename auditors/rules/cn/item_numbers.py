"""The numbers (商品序号) by which other blocks name the goods items."""

from collections.abc import Sequence

from auditors.declaration import Item


def item_numbers(items: Sequence[Item]) -> list[int]:
    """Return the number of each item: as written, else its place in the list."""
    return [at if item.g_no is None else item.g_no for at, item in enumerate(items, 1)]
