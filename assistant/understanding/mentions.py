"""What a question names outright: laws, articles, rules, codes, fields, days, amounts."""

from collections.abc import Iterable
from datetime import date

from assistant.turn import Mentions
from assistant.understanding.message import message
from assistant.understanding.slots import Slot, slots_of
from assistant.understanding.vocabulary import TABLES, vocabulary
from knowledge.index.references import numbers_in
from knowledge.index.terms import plain
from knowledge.law import asked_of
from knowledge.library import Library


def mentions(text: str, library: Library, day: date | None = None) -> Mentions:
    """Return what a text names outright.

    Args:
        text: what was asked.
        library: the pack whose names count.
        day: the day asked, for days without a year and days counted from it.

    >>> from knowledge.library import shipped
    >>> mentions("0110的毛重，CN-W001", shipped()).codes
    ('trade_mode#0110',)
    """
    said = message(text)
    return mentions_of(said.said, slots_of(said, vocabulary(library), day), library)


def mentions_of(said: str, slots: Iterable[Slot], library: Library) -> Mentions:
    """Return what a clean text names, whose slots were found already."""
    slots = tuple(slots)
    lawful = said
    for slot in sorted(slots, key=lambda slot: slot.place, reverse=True):
        if slot.kind in ("day", "amount"):
            start, end = slot.place
            lawful = f"{lawful[:start]} , {lawful[end:]}"
    numbers = numbers_in(plain(lawful))
    lawful_at_all = any(slot.kind == "law" for slot in slots) or "cn-" in lawful.lower()
    if numbers.orders or numbers.announcements or lawful_at_all:
        laws = asked_of(lawful, library).ids
    else:
        laws = ()
    return Mentions(
        laws=laws,
        articles=numbers.articles,
        rules=_values(slots, "rule"),
        tariff=_values(slots, "tariff"),
        codes=tuple(
            dict.fromkeys(f"{slot.kind}#{slot.value}" for slot in slots if slot.kind in TABLES)
        ),
        fields=_values(slots, "field"),
        days=tuple(map(date.fromisoformat, _values(slots, "day"))),
        amounts=tuple(dict.fromkeys(slot.amount for slot in slots if slot.amount)),
    )


def _values(slots: Iterable[Slot], kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(slot.value for slot in slots if slot.kind == kind))
