"""The calendar (工作日历): weekends, public holidays and the weekend days that are worked for them."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from knowledge.citation import Citation
from knowledge.errors import PackError
from knowledge.records import by_key
from knowledge.text import Text

SATURDAY = 5
WITHOUT_END = date(9990, 1, 1)
"""From here on a day is no day of a term, but a way to write that there is no end."""
OFF, WORK = "off", "work"


class Holiday(NamedTuple):
    """A day off, or a weekend day that is worked in its stead."""

    day: date
    off: bool
    name: Text
    source: Citation


class Term(NamedTuple):
    """A term in days, its end and the start of what follows moved off days off."""

    last: date
    """The last day within the term."""
    late_from: date
    """The first day that counts as late."""


class Calendar:
    """Which days are worked; in a year without a table only weekends are days off."""

    def __init__(self, holidays: Mapping[date, Holiday]) -> None:
        self.holidays = holidays
        self.years = frozenset(day.year for day in holidays)
        self.term = lru_cache(maxsize=4096)(self._term)

    def known(self, year: int) -> bool:
        """Return whether the holidays of a year are known."""
        return year in self.years

    def unknown(self, first: date, last: date) -> tuple[int, ...]:
        """Return the years without a table that a stretch of days touches, both ends included.

        Years without end (9990 and later) are none.
        """
        if last >= WITHOUT_END:
            return ()
        return tuple(y for y in range(first.year, last.year + 1) if not self.known(y))

    def working(self, day: date) -> bool:
        """Return whether a day is a working day."""
        held = self.holidays.get(day)
        return not held.off if held else day.weekday() < SATURDAY

    def next_working(self, day: date) -> date:
        """Return the day itself where it is worked, else the first working day after it."""
        while not self.working(day) and day < WITHOUT_END:
            day = days_after(day, 1)
        return day

    def working_days_after(self, day: date, count: int) -> date:
        """Return the last of so many working days; the day they start from does not count."""
        for _ in range(count):
            day = self.next_working(days_after(day, 1))
        return day

    def _term(self, start: date, days: int) -> Term:
        """A term of so many days; the day it starts from does not count."""
        last = self.next_working(days_after(start, days))
        return Term(last, self.next_working(days_after(last, 1)))


def days_after(day: date, days: int) -> date:
    """Return the day so many days later; a day without end, 9999-12-31, stays what it is.

    >>> days_after(date(9999, 12, 31), 14)
    datetime.date(9999, 12, 31)
    """
    return day + timedelta(days=days) if day < WITHOUT_END else day


@lru_cache(maxsize=4096)
def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or the last of a shorter month.

    >>> months_after(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    if day >= WITHOUT_END:
        return day
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def read_calendar(files: Iterable[Path]) -> Calendar:
    """Read tables of holidays; where two have the same day, the later file wins.

    Raises:
        PackError: a column is missing, a day cannot be read, or a kind is neither off nor work.
    """
    held: dict[date, Holiday] = {}
    for file in files:
        try:
            read = by_key(file, "day", _holiday)
        except ValueError as fault:
            raise PackError(
                file, str(fault), "Write days as 2026-10-01, kinds off or work"
            ) from None
        held |= {each.day: each for each in read.values()}
    return Calendar(held)


def _holiday(record: Mapping[str, str]) -> Holiday:
    if record["kind"] not in (OFF, WORK):
        fault = f"{record['day']} is of kind {record['kind']!r}"
        raise ValueError(fault)
    return Holiday(
        day=date.fromisoformat(record["day"]),
        off=record["kind"] == OFF,
        name=Text(record["zh"], record["en"]),
        source=Citation.parse(record["source"]),
    )
