"""Air waybills (空运总单与分单) as people write them."""

import re
from typing import NamedTuple

WRITTEN = re.compile(
    r"([0-9]{3})[-. ]?([0-9]{4})[-. ]?([0-9]{4})(?: ?[-_/*] ?([0-9A-Za-z]+))?"
).fullmatch


class Waybill(NamedTuple):
    """A master air waybill and the house waybill under it."""

    airline: str
    serial: str
    """Seven digits."""
    check: str
    house: str | None

    @property
    def plain(self) -> str:
        """The number as the form takes it."""
        master = f"{self.airline}{self.serial}{self.check}"
        return f"{master}_{self.house}" if self.house else master


def read_waybill(written: str) -> Waybill | None:
    """Read a waybill with or without separators; None where it has not the digits of one.

    >>> read_waybill("784-4512 0386/H123").plain
    '78445120386_H123'
    >>> read_waybill("784-4512038")
    """
    found = WRITTEN(written.strip())
    if not found:
        return None
    airline, front, back, house = found.groups()
    return Waybill(airline, front + back[:-1], back[-1], house)
