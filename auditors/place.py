"""Where something stands on the form, and how to name that place to people and programs."""

import re
from typing import NamedTuple


class Place(NamedTuple):
    """A field of a part: `header.net_weight`, `items[2].first_qty`; parts count from 1."""

    block: str
    """`header`, `items`, …; a part of a part names both: `items[2].goods_limits`."""
    number: int = 0
    """Which part of the list, from 1; 0 where the block is no list, or the list itself is meant."""
    field: str = ""

    @classmethod
    def parse(cls, written: str) -> "Place":
        """Read a written place.

        >>> Place.parse("items[2].first_qty")
        Place(block='items', number=2, field='first_qty')
        """
        found = re.fullmatch(r"(.*?)(?:\[(\d+)\])?(?:\.([a-z0-9_]+))?", written)
        block, number, field = found.groups() if found else (written, None, None)
        return cls(block, int(number or 0), field or "")

    def __str__(self) -> str:
        number = f"[{self.number}]" if self.number else ""
        field = f".{self.field}" if self.field else ""
        return f"{self.block}{number}{field}"

    @property
    def steps(self) -> tuple[tuple[str, int], ...]:
        """The way from the draft to the part: the name of each block, and which part of it.

        >>> Place("items[2].goods_limits", 1).steps
        (('items', 2), ('goods_limits', 1))
        """
        *outer, last = (step.rstrip("]").partition("[") for step in self.block.split("."))
        way = [(name, int(number or 0)) for name, _, number in outer]
        return (*way, (last[0], self.number or int(last[2] or 0)))

    @property
    def path(self) -> str:
        """The block of the form it belongs to.

        >>> Place("items[2].goods_limits", 1).path
        'items.goods_limits'
        """
        return ".".join(name for name, _ in self.steps) if "[" in self.block else self.block

    def inner(self, name: str, number: int = 0) -> "Place":
        """Return the place of a block, or of a part of a list, within this part.

        >>> str(Place("items", 2).inner("goods_limits", 1))
        'items[2].goods_limits[1]'
        """
        return Place(f"{self}.{name}".lstrip("."), number)

    @property
    def pointer(self) -> str:
        """JSON pointer (RFC 6901) into our own JSON; lists count from 0.

        >>> Place("items[2].goods_limits", 1, "permit_no").pointer
        '/items/1/goods_limits/0/permit_no'
        """
        if not self.block:
            return ""
        way = "".join(f"/{name}/{at - 1}" if at else f"/{name}" for name, at in self.steps)
        return f"{way}/{self.field}" if self.field else way


class Oddity(NamedTuple):
    """Something a reader met on its way: where, what stood there, and what it made of it."""

    place: Place
    found: str
    """What stood there, as written; shortened where it is long."""
    read_as: str = ""
    """What it was taken for, or what it should probably be; empty where nothing is known."""
    said: str = ""
    """Which kind of trouble, where a reader knows several: `number`, `date`, `list`, `formula`."""
