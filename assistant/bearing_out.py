"""Whether a sentence is borne out by what it cites: its figures, its codes, most of its terms."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from assistant.citing import said_by
from assistant.shelf import Shelf
from assistant.turn import Sentence, Turn
from knowledge.figures import figures
from knowledge.index.terms import plain, terms

FLOOR = 0.5
"""Smallest share of a sentence's terms that what it cites must hold."""
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
CODE = re.compile(r"\b(?=\w*\d)(?=\w*[a-z])[a-z0-9]+(?:[-_.][a-z0-9]+)*\b")
LISTED = re.compile(r"^\s*\d{1,2}[.、)]\s*")
"""The number of a step is no figure."""


class Borne(NamedTuple):
    """What a text holds that a sentence can lean on."""

    text: str
    """In plain spelling."""
    figures: frozenset[str]
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
    new = _figures(bare).difference(*(each.figures for each in held))
    if new and not _same_value(bare, "\n".join(each.text for each in held), new):
        return f"figures no source has: {', '.join(sorted(new))}"
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
    return Borne(written, frozenset(_figures(written)), codes, frozenset(terms(written)))


def _figures(text: str) -> set[str]:
    return {number.replace(",", "").rstrip(".") for number in NUMBER.findall(text)}


def _same_value(text: str, source: str, new: set[str]) -> bool:
    """Whether the figures are those of the source in another spelling: 0.05 % for 万分之五."""
    own, held = figures(text), figures(source)
    unlike = {each for each in own if each not in held}
    with_unit = {str(each.value.normalize()) for each in own}
    return bool(own) and not unlike and len(new) <= len(with_unit)
