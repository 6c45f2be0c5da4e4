"""The things a message names, each with where it stands, so that one may be exchanged for another."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from assistant.turn import Amount
from assistant.understanding.codes import Found, codes_in
from assistant.understanding.days import days_in
from assistant.understanding.message import Message
from assistant.understanding.phrases import Place
from assistant.understanding.vocabulary import Vocabulary
from knowledge.index.references import ORDER, RULE
from knowledge.numerals import SIGNS, number_of

LAW_NUMBER = re.compile(
    r"(?<!\d)(?:19|20)\d\d\s*(?:年度?|[-/])?\s*(?:公告)?\s*第?\s*\d{1,3}\s*号(?:公告)?"
    r"|(?:19|20)\d\d\s*年\s*公告\s*第?\s*\d{1,3}\s*号?"
    r"|(?:announcement|notice|gacc|mofcom)\s*(?:no\.?\s*)?(?:\d{1,3}\s*(?:of|/)\s*(?:19|20)\d\d|(?:19|20)\d\d\s*[-/]\s*\d{1,3})"
    r"|(?<!\d)\d{1,3}\s*号公告"
)
ARTICLE = re.compile(
    rf"第\s*([{SIGNS}]+)\s*[条项点款](?!形)|(?<!\d)(\d{{1,3}})\s*条(?!形)"
    r"|\bart(?:icle)?s?\.?\s*(\d{1,3})(?!\d)|§\s*(\d{1,3})"
)
YEAR = re.compile(
    r"(?<![\d.-])((?:19|20)\d\d)\s*年?(?!\d|\s*[-/.]\d|\s*[张件个台公吨]|\s*第?\d+\s*号)"
)
DIRECTION = re.compile(r"进口|出口|进境|出境|\b(?:im|ex)ports?(?:ing|ed)?\b")
MOST = 60
"""Things of one message that are looked at."""
FAMILIES = "fcmxtwdpkrv"
"""First letters of the rules' codes."""


class Slot(NamedTuple):
    """A thing named: its kind, which one it is, and where it stands."""

    kind: str
    """`day`, `year`, `amount`, `law`, `article`, `rule`, `tariff`, `field`, `term`, `direction`, or
    a code table, `trade_mode`."""
    value: str
    place: Place
    said: str = ""
    """The words it was named with."""
    amount: Amount | None = None


def slots_of(message: Message, words: Vocabulary, day: date | None) -> tuple[Slot, ...]:
    """Return the things a message names, in the order they stand.

    Args:
        message: the message.
        words: the names of the pack.
        day: the day asked, for days without a year.
    """
    low = message.low
    laws = [Slot("law", low[s:e], Place(s, e)) for s, e in _spans(LAW_NUMBER, low)]
    laws += [Slot("law", low[s:e], Place(s, e)) for s, e in _spans(ORDER, low)]
    laws += [Slot("law", ids[0], place) for place, ids in words.laws.longest(low)]
    days = [Slot("day", each.day.isoformat(), each.place) for each in days_in(low, day)]
    found = _apart([*days, *laws, *_rules(low), *_articles(low)])
    blank = _without(low, found)
    amounts = words.amounts.read(message.said, blank)
    given = [Slot("amount", f"{a.value} {a.unit}", p, "", a) for a, p in amounts]
    firm = [slot for slot in given if slot.amount and not slot.amount.said.isdigit()]
    codes = codes_in(message, [slot.place for slot in (*found, *firm)], words)
    found += [slot for slot in given if slot in firm or not _covered(slot.place, codes)]
    named = [
        *(Slot(kind, code, place) for kind, code, place in codes),
        *(
            Slot("year", each[1], Place(*each.span()))
            for each in YEAR.finditer(_without(low, found))
        ),
        *(Slot("direction", each[0], Place(*each.span())) for each in DIRECTION.finditer(low)),
    ]
    found = sorted([*found, *named], key=lambda slot: (slot.place, slot.kind))
    del found[MOST:]
    return tuple(slot._replace(said=message.said[slice(*slot.place)]) for slot in found)


def _covered(place: Place, codes: list[Found]) -> bool:
    return any(kind == "tariff" and other == place for kind, _, other in codes)


def _spans(shape: re.Pattern[str], low: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in shape.finditer(low))


def _rules(low: str) -> Iterator[Slot]:
    """Codes of rules; a letter alone must be a family's and stand beside its number."""
    for found in RULE.finditer(low):
        country, number = found[1], found[2]
        if country is None:
            country, number = found[3], found[4]
            if country not in FAMILIES or " " in found[0] or "_" in found[0]:
                continue
        elif country not in FAMILIES:
            continue
        yield Slot("rule", f"CN-{country.upper()}{int(number):03}", Place(*found.span()))


def _articles(low: str) -> Iterator[Slot]:
    for found in ARTICLE.finditer(low):
        number = number_of(next(filter(None, found.groups())))
        if number:
            yield Slot("article", str(number), Place(*found.span()))


def _apart(slots: list[Slot]) -> list[Slot]:
    """Slots that do not stand on one another: the first wins, of two in one place the longer."""
    slots.sort(key=lambda slot: (slot.place.start, -slot.place.end))
    kept: list[Slot] = []
    for slot in slots:
        if not kept or slot.place.start >= kept[-1].place.end:
            kept.append(slot)
    return kept


def _without(low: str, slots: list[Slot]) -> str:
    """A text with blanks where slots stand."""
    for slot in slots:
        start, end = slot.place
        low = low[:start] + "\x00" * (end - start) + low[end:]
    return low
