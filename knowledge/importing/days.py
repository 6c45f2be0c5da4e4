"""Days as official texts write them: 2024年4月26日, 二〇二四年四月二十六日, 2024-04-26, April 26, 2024."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from knowledge.numerals import number_of

CN = "[〇○零一二三四五六七八九十]"
MONTHS = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
CHINESE_DAY = rf"(?:[0-9]{{4}}|{CN}{{4}})\s?年\s?(?:[0-9]{{1,2}}|{CN}{{1,3}})\s?月\s?(?:[0-9]{{1,2}}|{CN}{{1,3}})\s?日"
"""A day in Chinese, as part of a larger pattern."""
ENGLISH_DAY = rf"(?:{'|'.join(MONTHS)})\s+[0-9]{{1,2}},?\s+[0-9]{{4}}|[0-9]{{1,2}}\s+(?:{'|'.join(MONTHS)})\s+[0-9]{{4}}"
DAY = re.compile(
    rf"{CHINESE_DAY}|(?<!\d)[0-9]{{4}}[-./][0-9]{{1,2}}[-./][0-9]{{1,2}}(?!\d)|{ENGLISH_DAY}", re.I
)


class Found(NamedTuple):
    """A day and where it stands in the text."""

    day: date
    start: int
    end: int


def days_in(text: str) -> Iterator[Found]:
    """Yield the days a text names, in its order; what is no day of the calendar is passed over."""
    for match in DAY.finditer(text):
        if day := day_of(match[0]):
            yield Found(day, match.start(), match.end())


def day_of(written: str) -> date | None:
    """Return the day one of these wordings stands for.

    >>> day_of("二〇二四年十二月一日"), day_of("December 1, 2024"), day_of("2024-2-30")
    (datetime.date(2024, 12, 1), datetime.date(2024, 12, 1), None)
    """
    try:
        return _english(written) if re.search("[a-z]", written, re.I) else _figures(written)
    except (ValueError, TypeError):
        return None


def _figures(written: str) -> date:
    year, month, day = (number_of(part) for part in re.split(r"[年月\-./]", written.strip(" 日")))
    return date(year or 0, month or 0, day or 0)


def _english(written: str) -> date:
    words = re.findall(r"[a-z]+|\d+", written.lower())
    month = next(word for word in words if word.isalpha())
    day, year = (int(word) for word in words if word.isdigit())
    return date(year, MONTHS.index(month) + 1, day)
