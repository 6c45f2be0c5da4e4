"""Days a message names: written out, by the month alone, or counted from the day asked."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from assistant.understanding.phrases import Place
from knowledge.numerals import SIGNS, number_of

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = (
    r"(jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_YEAR = r"((?:19|20)\d\d)"
ISO = re.compile(rf"(?<![\d.-]){_YEAR}\s?([-/.])\s?(\d{{1,2}})\s?\2\s?(\d{{1,2}})(?![\d-])")
SOLID = re.compile(r"(?<![\da-z])((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?![\da-z])")
CHINESE = re.compile(
    rf"(?:(?<!\d)([{SIGNS}]{{4}}|\d\d)\s*年\s*)?(?<![{SIGNS}])([{SIGNS}]{{1,3}})\s*月\s*份?"
    rf"\s*(?:([{SIGNS}]{{1,3}})\s*[日号](?!公告|令)|(\d{{1,2}})(?![\d-]))"
)
MONTH_FIRST = re.compile(
    rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*(?:%|kg|usd|days?))(?:,?\s*{_YEAR}\b)?"
)
DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s*{_YEAR}\b)?")
MAY = re.compile(
    r"may\s+\d{1,2}\s+(?!was|is|as|this)[a-z]+s\b"
    r"|\d\w*\s+may(?=\s+(?:be|have|has|not|need|also|apply|only|get|take|use|still|go|come)\b)"
)
"""The verb beside a figure: `may 3 items be declared`, `15 may be late`."""
NEAR = {
    "今天": 0,
    "今日": 0,
    "昨天": -1,
    "昨日": -1,
    "前天": -2,
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "today": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "the day before yesterday": -2,
}
COUNTED = re.compile(
    r"大?前天|大?后天|[今昨明][天日]|the day before yesterday|\b(?:today|yesterday|tomorrow)\b"
)
WEEKDAY = re.compile(
    r"([上下本这])个?(?:周|星期|礼拜)([一二三四五六日天])|\blast\s+([a-z]{3,6}day)\b"
)
WEEKS = {"上": -7, "下": 7, "本": 0, "这": 0}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Day(NamedTuple):
    """A day and where it stands."""

    day: date
    place: Place


def days_in(low: str, asked: date | None = None) -> list[Day]:
    """Return the days a text in lower case names, in the order they stand.

    Days without a year, and days counted from now, need the day asked; others come without it.

    >>> [str(each.day) for each in days_in("4月10日进境，上周五申报", date(2026, 11, 21))]
    ['2026-04-10', '2026-11-13']
    """
    found = [each for lane in (_written, _chinese, _english) for each in lane(low, asked)]
    if asked:
        found += [*_near(low, asked), *_weekdays(low, asked)]
    found.sort(key=lambda each: (each.place.start, -each.place.end))
    return [
        each
        for number, each in enumerate(found)
        if all(each.place.start >= other.place.end for other in found[:number])
    ]


def _written(low: str, asked: date | None) -> Iterator[Day]:
    for found in ISO.finditer(low):
        yield from _day(found, found[1], found[3], found[4])
    for found in SOLID.finditer(low):
        yield from _day(found, found[1], found[2], found[3])


def _chinese(low: str, asked: date | None) -> Iterator[Day]:
    for found in CHINESE.finditer(low):
        year = number_of(found[1]) if found[1] else _year(asked)
        if year is not None and year < 100:
            year += 2000
        month, day = number_of(found[2]), number_of(found[3] or found[4])
        yield from _day(found, year, month, day)


def _english(low: str, asked: date | None) -> Iterator[Day]:
    for found in MONTH_FIRST.finditer(low):
        if MAY.match(low, found.start()):
            continue
        yield from _day(found, found[3] or _year(asked), _month(found[1]), found[2])
    for found in DAY_FIRST.finditer(low):
        if MAY.match(low, found.start()):
            continue
        yield from _day(found, found[3] or _year(asked), _month(found[2]), found[1])


def _near(low: str, asked: date) -> Iterator[Day]:
    for found in COUNTED.finditer(low):
        if (away := NEAR.get(found[0])) is not None:
            yield from _away(found, asked, away)


def _weekdays(low: str, asked: date) -> Iterator[Day]:
    """Days of a week; an English `last Friday` is certain before this week's Friday alone."""
    monday = asked.weekday()
    for found in WEEKDAY.finditer(low):
        if found[1]:
            wanted = "一二三四五六日".find(found[2].replace("天", "日"))
            yield from _away(found, asked, WEEKS[found[1]] + wanted - monday)
        elif found[3] in WEEKDAYS and (wanted := WEEKDAYS.index(found[3])) >= monday:
            yield from _away(found, asked, wanted - monday - 7)


def _year(asked: date | None) -> int | None:
    return asked.year if asked else None


def _month(name: str) -> int:
    return next(n for n, month in enumerate(MONTHS, 1) if month.startswith(name[:3]))


def _away(found: re.Match[str], asked: date, days: int) -> Iterator[Day]:
    try:
        yield Day(asked + timedelta(days=days), Place(*found.span()))
    except OverflowError:
        return


def _day(
    found: re.Match[str], year: str | int | None, month: str | int | None, day: str | int | None
) -> Iterator[Day]:
    """The day, where the calendar has it."""
    if not (year and month and day):
        return
    try:
        yield Day(date(int(year), int(month), int(day)), Place(*found.span()))
    except ValueError:
        return
