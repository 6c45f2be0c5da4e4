"""Law by its name and article, as of a day."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from knowledge.index.references import issuer_in, numbers_in
from knowledge.index.terms import plain
from knowledge.library import Library
from knowledge.sources import Source
from knowledge.text import Text

STATUSES = {
    "verified": Text("已核对原文", "checked against the text"),
    "secondary": Text("二手资料", "from secondary material"),
    "unverified": Text("待核实", "to be confirmed"),
}
"""How well a place of an instrument is known."""
BRACKETED = re.compile(r"[(（《〈].*?[)）》〉]")
SHORTEST_CHINESE, SHORTEST_ENGLISH = 3, 6
"""Names shorter than this are too common a word to name a law."""


class Asked(NamedTuple):
    """What a question about law names."""

    ids: tuple[str, ...]
    """Instruments, the one named most fully first."""
    place: str
    """The article or item; empty where the whole instrument is meant."""


def asked_of(text: str, library: Library) -> Asked:
    """Return the instruments of a pack and the article a text names."""
    written = plain(text)
    held = library.sources()
    by_id = [name for name in held if name in text.lower()]
    articles = numbers_in(written).articles or tuple(re.findall(r"#([\w.-]+)", text))
    found = by_id or [*_by_number(written, held), *_by_name(written, held, library)]
    return Asked(tuple(dict.fromkeys(found)), articles[0] if articles else "")


def in_force(source: Source, day: date, library: Library) -> tuple[Source, ...]:
    """Return what is law on a day in a source's stead: itself, what replaced it, or what it replaced.

    Nothing where the pack does not know.
    """
    if source.span.covers(day):
        return (source,)
    over = source.span.until is not None and source.span.until < day
    others = filter(None, map(library.source, source.replaced_by if over else source.replaces))
    return tuple(other for other in others if other.span.covers(day))


def names_of(source: Source) -> Iterator[str]:
    """Yield what an instrument goes by, in plain spelling and without what stands in brackets."""
    for bare in map(_bare, (*source.short, *source.title)):
        shortest = SHORTEST_ENGLISH if bare.isascii() else SHORTEST_CHINESE
        if len(bare) >= shortest:
            yield bare


@lru_cache(maxsize=4096)
def _bare(name: str) -> str:
    return plain(BRACKETED.sub("", name)).removeprefix("中华人民共和国").strip()


def _by_number(written: str, held: tuple[str, ...]) -> Iterator[str]:
    numbers, issuer = numbers_in(written), issuer_in(written)
    endings = [f"-order-{number}" for number in numbers.orders]
    endings += [f"-{number}" for number in numbers.announcements]
    for ending in endings:
        named = [name for name in held if re.fullmatch(rf"cn-.*{ending}", name)]
        yield from [name for name in named if f"-{issuer}-" in name] or named


def _by_name(written: str, held: tuple[str, ...], library: Library) -> Iterable[str]:
    """The instruments named by title, the longest title first; sources come in order of id."""
    longest: dict[str, int] = {}
    for name in held:
        source = library.source(name)
        if source and (found := [each for each in names_of(source) if each in written]):
            longest[name] = max(map(len, found))
    return sorted(longest, key=lambda name: -longest[name])
