"""What a passage holds in words: all of it, and each way it is asked for."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from knowledge.index.index import Hit
from knowledge.index.terms import terms
from knowledge.passage import Passage


class Held(NamedTuple):
    """The terms of a passage."""

    every: frozenset[str]
    asked: tuple[frozenset[str], ...]
    """Those of each of its wordings."""


@lru_cache(maxsize=4096)
def held_by(passage: Passage) -> Held:
    """Return the terms of a passage."""
    named = _terms((*passage.title, *passage.names))
    asked = tuple(_terms((each,)) for each in passage.asked)
    text = _terms((*passage.text, passage.place))
    return Held(text.union(named, *asked), asked)


def covered(hit: Hit) -> float:
    """Return the share (0 to 1) of what a question's terms tell that a passage found holds."""
    held = held_by(hit.passage).every
    whole = sum(hit.told.values()) or 1.0
    return sum(worth for term, worth in hit.told.items() if term in held) / whole


def _terms(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(terms("\n".join(texts)))
