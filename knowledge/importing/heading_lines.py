"""What stands before article one: who passed, published and amended the text, and on which days."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from knowledge.importing.days import days_in
from knowledge.importing.official_numbers import OfficialNumber, number_in
from knowledge.importing.regions import SIGNED

QUOTED = re.compile(r"《[^》]*》|〈[^〉]*〉|<[^>]*>|[（(](?:以下|简称)[^）)]*[)）]")
OPENS = re.compile(r"[（(]?\s*(?:根据|自|经)?\s*(?:[0-9〇○零一二三四五六七八九]{4})\s?年")
PASSED = re.compile(r"通过|批准|\b(?:adopted|passed)\b", re.I)
PUBLISHED = re.compile(r"公布|发布|颁布|\b(?:promulgated|issued|published)\b", re.I)
AMENDED = re.compile(r"修正|修订|修改|\b(?:amended|revised)\b", re.I)
IN_FORCE = re.compile(r"施行|实施|执行|生效|\b(?:effective|force)\b", re.I)
LONGEST = 90
"""Longest wording of one event, titles left out; more is prose that begins with a day."""
PROSE = frozenset("，。；、")
ROOM = 5_000
"""Characters of a line that are looked at; more is prose."""
LINES = 40
"""Lines at the top that are looked at."""


class Head(NamedTuple):
    """What the lines above a text tell of it."""

    promulgated: date | None = None
    """The day it was published last as a whole; else the day it was first passed."""
    amended: tuple[date, ...] = ()
    in_force: date | None = None
    number: OfficialNumber | None = None

    @property
    def latest(self) -> date | None:
        """Return the day of the version: the last of all."""
        return max(filter(None, (self.promulgated, *self.amended)), default=None)


class _Event(NamedTuple):
    day: date
    words: str


def head_of(preamble: str) -> Head:
    """Return what the lines before article one tell."""
    events = [event for line in preamble.splitlines()[:LINES] for event in _events(line[:ROOM])]
    passed = [each.day for each in events if PASSED.search(each.words)]
    published = [each for each in events if PUBLISHED.search(each.words)]
    amended = [each.day for each in events if AMENDED.search(each.words)]
    begun = [each.day for each in events if _begins(each.words)]
    numbers = [number for each in published if (number := number_in(each.words))]
    whole = [each.day for each in published]
    return Head(
        promulgated=whole[-1] if whole else min(passed, default=None),
        amended=tuple(sorted(set(amended))),
        in_force=begun[-1] if begun else None,
        number=numbers[-1] if numbers else None,
    )


def signed_on(closing: str) -> date | None:
    """Return the day of the signature, or nothing."""
    days = [day.day for match in SIGNED.finditer(closing) for day in days_in(match["day"])]
    return days[-1] if days else None


def _begins(words: str) -> bool:
    other = PASSED.search(words) or PUBLISHED.search(words) or AMENDED.search(words)
    return IN_FORCE.search(words) is not None and other is None


def _events(line: str) -> Iterator[_Event]:
    """Yield each day of a line with the words that belong to it: behind it, or before in English."""
    english = line.isascii()
    if not english and not OPENS.match(line):
        return
    days = list(days_in(line))
    edges = (
        [0, *(day.end for day in days)] if english else [*(day.start for day in days), len(line)]
    )
    for at, day in enumerate(days):
        words = line[edges[at] : day.start] if english else line[day.end : edges[at + 1]]
        words = QUOTED.sub("", words).strip(" 　（）()")
        if not english and line[: day.start].endswith("自"):
            words = re.sub(r"^起", "", words)
        if len(words) <= LONGEST and not PROSE & set(words):
            yield _Event(day.day, words)
