"""Days written into a text: 20260302, 2026-03-02 or 2026年3月2日."""

import re
from datetime import date

DAY = re.compile(
    r"(?<!\d)(\d{4})(?:年(\d{1,2})月(\d{1,2})日|[-.](\d{1,2})[-.](\d{1,2})|(\d{2})(\d{2}))(?!\d)"
)


def days_in(text: str) -> list[date]:
    """Return the days a text names, in the order of the text.

    >>> days_in("暂进九/2026年3月2日前/20260230")
    [datetime.date(2026, 3, 2)]
    """
    found = ([int(part) for part in match.groups() if part] for match in DAY.finditer(text))
    return [day for year, month, number in found if (day := _day(year, month, number))]


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
