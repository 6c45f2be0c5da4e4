"""What a text says that can be compared by value: days, figures with a unit, numbers, codes."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from knowledge.figures import Figure, figures
from knowledge.numerals import SIGNS, number_of

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"({'|'.join(MONTHS)})[a-z]*"
ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
CHINESE = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]")
DAY_FIRST = re.compile(rf"\b(\d{{1,2}}) {_MONTH}\b(?: (\d{{4}}))?", re.I)
MONTH_FIRST = re.compile(rf"\b{_MONTH} (\d{{1,2}})\b(?:, (\d{{4}}))?", re.I)
NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
STEP = re.compile(r"^\s*\(?\d{1,2}(?:[.)](?!\d)|、)\s*", re.M)
"""The number of a step at the head of a line."""
CODE = re.compile(r"(?<![A-Za-z0-9])(?:[A-Z]{2,4}-)?[A-Z]{1,4}\d{2,}(?![A-Za-z0-9])")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?=第|\d|[^内以后])")
"""A year of the calendar, no length of time."""
SPOKEN = re.compile(rf"[{SIGNS}]+")
TIMES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
LARGE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)([万亿])")


class Content(NamedTuple):
    """What a text says by value."""

    days: frozenset[date]
    figures: frozenset[Figure]
    numbers: frozenset[Decimal]
    codes: frozenset[str]

    def bears(self, other: "Content") -> bool:
        """Return whether all of another content stands here."""
        return not any(self.lacks(other))

    def lacks(self, other: "Content") -> Iterator[str]:
        """Return what another content says that does not stand here."""
        yield from (str(day) for day in sorted(other.days - self.days))
        yield from sorted(other.codes - self.codes)
        units = {(figure.value, figure.unit) for figure in self.figures}
        values = {figure.value for figure in self.figures} | self.numbers
        for number in sorted(other.numbers):
            same = {each.value for each in other.figures if _written(each, number)}
            if number not in values and not same & values:
                yield f"{number:f}"
        for figure in sorted(other.figures):
            if (figure.value, figure.unit) not in units and figure.value not in values:
                yield f"{figure.value.normalize():f} {figure.unit}"

    def without(self, other: "Content") -> "Content":
        """Return what stands here and not in another content."""
        values = {figure.value for figure in other.figures} | other.numbers
        return Content(
            self.days - other.days,
            frozenset(figure for figure in self.figures if figure.value not in values),
            self.numbers - values,
            self.codes - other.codes,
        )

    def shares(self, other: "Content") -> bool:
        """Return whether any day, number or code of another content stands here."""
        values = {figure.value for figure in self.figures} | self.numbers
        theirs = {figure.value for figure in other.figures} | other.numbers
        return bool(self.days & other.days or self.codes & other.codes or values & theirs)

    def __bool__(self) -> bool:
        return any(self)


def content_of(text: str, year: int) -> Content:
    """Return what a text says by value; days named without a year are of the year given.

    >>> found = content_of("最迟2026年11月16日，每日万分之五，满1,000元", 2026)
    >>> found.bears(content_of("by 2026-11-16, 0.05%, CNY 1000", 2026))
    True
    >>> list(found.lacks(content_of("0.5%", 2026)))
    ['0.5', '0.005 share']
    """
    plain = unicodedata.normalize("NFKC", STEP.sub("", text)).replace("−", "-")
    days, rest = _days(THOUSANDS.sub("", plain), year)
    rest = YEAR.sub(r"\1 ", rest)
    rest = LARGE.sub(lambda found: f"{Decimal(found[1]) * TIMES[found[2]]:f}", rest)
    codes = frozenset(CODE.findall(rest))
    return Content(days, frozenset(_figures(rest)), frozenset(_numbers(CODE.sub(" ", rest))), codes)


def _figures(text: str) -> Iterator[Figure]:
    return (each._replace(value=each.value.normalize()) for each in figures(text))


def _numbers(text: str) -> Iterator[Decimal]:
    yield from (Decimal(each).normalize() for each in NUMBER.findall(text))


def spoken(text: str) -> Iterator[Decimal]:
    """Return the numbers a text writes with Chinese numerals."""
    for each in SPOKEN.findall(text):
        if (number := number_of(each)) is not None:
            yield Decimal(number).normalize()


def _days(text: str, year: int) -> tuple[frozenset[date], str]:
    found: set[date] = set()
    for shape, order in ((ISO, "ymd"), (CHINESE, "ymd"), (DAY_FIRST, "dmy"), (MONTH_FIRST, "mdy")):
        for each in shape.finditer(text):
            part = dict(zip(order, each.groups(), strict=True))
            found |= set(_day(part["y"] or str(year), part["m"], part["d"]))
        text = shape.sub(" ", text)
    return frozenset(found), text


def _day(year: str, month: str, day: str) -> Iterable[date]:
    number = int(month) if month.isdigit() else MONTHS.index(month.lower()) + 1
    try:
        return (date(int(year), number, int(day)),)
    except ValueError:
        return ()


def _written(figure: Figure, number: Decimal) -> bool:
    """Whether a figure is that number with its unit: 0.05 % and 0.0005, 1 year and 12 months."""
    return number != 0 and figure.value / number in {
        *(Decimal(1), Decimal(12), Decimal("0.01"), Decimal("0.001"), Decimal(10000)),
    }
