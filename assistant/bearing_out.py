"""Whether a sentence is borne out by what it cites: its figures, its codes, most of its terms."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from assistant.citing import said_by
from assistant.shelf import Shelf
from assistant.turn import Sentence, Turn
from knowledge.figures import Figure, figures
from knowledge.index.terms import plain, terms

FLOOR = 0.5
"""Smallest share of a sentence's terms that what it cites must hold."""
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
CODE = re.compile(r"(?<![a-z0-9])(?=[a-z_.-]*\d)[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)*(?![a-z0-9])")
"""A letter first: what begins with a digit is a figure with its unit."""
LISTED = re.compile(r"^\s*\d{1,2}[.、)]\s*")
"""The number of a step is no figure."""


class Borne(NamedTuple):
    """What a text holds that a sentence can lean on."""

    figures: frozenset[str]
    """Numbers as they are written, in digits."""
    values: frozenset[Figure]
    """Figures with their unit."""
    codes: frozenset[str]
    terms: frozenset[str]


def fault_of(said: Sentence, turn: Turn, shelf: Shelf, floor: float = FLOOR) -> str:
    """Return why a sentence is not borne out by what it cites; empty where it is."""
    places = {place: said_by(place, shelf, turn.day) for place in said.cites}
    if unknown := [place for place, text in places.items() if not text]:
        return f"cites {', '.join(unknown)}, which there is not"
    return fault_beside(said.text, places.values(), said.shown, floor if places else 0.0)


def fault_beside(text: str, sources: Iterable[str], shown: Iterable[str], floor: float) -> str:
    """Return why a sentence is not borne out by sources; empty where it is.

    Args:
        text: the sentence.
        sources: what the cited places say.
        shown: figures and codes that need no source.
        floor: smallest share (0 to 1) of the sentence's terms that the sources must hold.
    """
    held = [*map(_borne_by, sources), _borne_by("\n".join(shown))]
    bare = plain(LISTED.sub("", text))
    known = _values(text).intersection(frozenset().union(*(each.values for each in held)))
    new = _figures(bare).difference(*(each.figures for each in held))
    if strange := [each for each in new if not _spelt(each, known)]:
        return f"figures no source has: {', '.join(sorted(strange))}"
    if codes := set(CODE.findall(bare)).difference(*(each.codes for each in held)):
        return f"codes no source has: {', '.join(sorted(codes))}"
    own = set(terms(bare))
    left = own.difference(*(each.terms for each in held))
    share = 1 - len(left) / len(own) if own else 1.0
    return "" if share >= floor else f"only {share:.2f} of its terms stand in what it cites"


@lru_cache(maxsize=4096)
def _borne_by(text: str) -> Borne:
    written = plain(text)
    codes = frozenset(CODE.findall(written))
    numbers = frozenset(_figures(written))
    return Borne(numbers, _values(text), codes, frozenset(terms(written)))


def _figures(text: str) -> set[str]:
    return {number.replace(",", "").rstrip(".") for number in NUMBER.findall(text)}


def _values(text: str) -> frozenset[Figure]:
    """The figures with their unit, of a text as it stands and in plain spelling."""
    return frozenset((*figures(text), *figures(plain(text))))


def _spelt(number: str, known: Iterable[Figure]) -> bool:
    """Whether a number is one of the figures in another spelling: 0.05 % for 万分之五."""
    value = Decimal(number)
    return any(each.value in {value * scale for scale in SCALES} for each in known)


SCALES = tuple(map(Decimal, ("1", "0.01", "0.001", "0.0001", "12", "10000")))
"""What a percent, a per mille, a year and ten thousand yuan are in units of the same kind."""
