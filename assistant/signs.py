"""Signs that what an answer is made from answers the question: what its chance is worked out from."""

import math
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from assistant.odds import logit
from assistant.particular import particulars
from assistant.tools.asking import asked_in
from assistant.turn import Turn
from knowledge.index.index import Hit
from knowledge.index.terms import plain, terms
from knowledge.passage import Passage

FIGURE = re.compile(
    r"多少|几(?![乎个家票])|how (?:much|many|long|often)|what (?:rate|percentage)|\brate\b"
)
DIGIT = re.compile(r"\d")
NUMBER = re.compile(r"\d{4}")
NEIGHBOURS = 5


class Signs(NamedTuple):
    """Figures that tell how well a turn's passage fits its question."""

    chance: float = 0.0
    """Log-odds by the index that the passage answers."""
    covered: float = 0.0
    """Share of what the question's terms tell that the passage holds."""
    asked: float = 0.0
    """The same of the nearest of its wordings alone."""
    nearest: float = 0.0
    """How alike the question is to the nearest wording, both ways."""
    orphaned: float = 0.0
    """Share of what is told that none of the passages found next holds."""
    strange: float = 0.0
    """Share of what is told by numbers of four digits and more that the passage lacks."""
    linked: float = 0.0
    """Share of the next passages found that belong to it."""
    entry: float = 0.0
    """Whether it was written as an answer."""
    length: float = 0.0
    """Of the question, in terms; a logarithm."""
    english: float = 0.0
    particular: float = 0.0
    """Whether it asks for something particular: one case, one moment, one seller's price."""
    particulars: float = 0.0
    """Whether it asks for several such things."""
    figure: float = 0.0
    """Whether it asks how much and the answer has no figure."""


def signs_of(turn: Turn) -> Signs:
    """Return the signs of a turn with an answer made from passages."""
    hit = chosen(turn)
    if hit is None:
        return Signs()
    passage, told = hit.passage, hit.told
    whole = sum(told.values()) or 1.0
    held = _held_by(passage)
    lacks = [term for term in told if term not in held.every]
    written = plain(asked_in(turn))
    asks = particulars(written, turn.question.day)
    near = turn.hits[:NEIGHBOURS]
    covered = 1 - sum(map(told.__getitem__, lacks)) / whole
    said = " ".join(each.text for each in turn.sentences)
    return Signs(
        chance=logit(hit.score),
        covered=covered,
        asked=max((_share(told, each) for each in held.asked), default=0.0) / whole,
        nearest=max((_alike(told, each, whole) for each in held.asked), default=0.0),
        orphaned=sum(told[term] for term in lacks if not _known(term, near)) / whole,
        strange=sum(told[term] for term in lacks if NUMBER.search(term)) / whole,
        linked=sum(_belongs(each.passage, passage) for each in near) / max(len(near), 1),
        entry=float(passage.kind in ("problem", "measure")),
        length=math.log1p(len(told)),
        english=float(turn.understood.lang == "en"),
        particular=float(bool(asks)),
        particulars=float(len(asks) > 1),
        figure=float(FIGURE.search(written) is not None and not DIGIT.search(said)),
    )


def chosen(turn: Turn) -> Hit | None:
    """Return the passage an answer is made from, as it was found."""
    if not turn.sentences or not turn.sentences[0].cites:
        return None
    name = turn.origin.removeprefix("entry:") if ":" in turn.origin else turn.sentences[0].cites[-1]
    return next((hit for hit in turn.hits if hit.passage.id == name), None)


class _Held(NamedTuple):
    every: frozenset[str]
    asked: tuple[frozenset[str], ...]


@lru_cache(maxsize=4096)
def _held_by(passage: Passage) -> _Held:
    named = _terms((*passage.title, *passage.names))
    asked = tuple(_terms((each,)) for each in passage.asked)
    text = _terms((*passage.text, passage.place))
    return _Held(text.union(named, *asked), asked)


def _known(term: str, hits: Iterable[Hit]) -> bool:
    return any(term in _held_by(hit.passage).every for hit in hits)


def _terms(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(terms("\n".join(texts)))


def _share(told: Mapping[str, float], held: frozenset[str]) -> float:
    return sum(weight for term, weight in told.items() if term in held)


def _alike(told: Mapping[str, float], held: frozenset[str], whole: float) -> float:
    """Shared weight beside both, a term only the wording has weighing what is typical."""
    shared = _share(told, held)
    more = len(held) - sum(term in held for term in told)
    return 2 * shared / (whole + shared + whole / max(len(told), 1) * more)


def _belongs(other: Passage, passage: Passage) -> bool:
    """Whether another passage is of the same matter: cited by it, or speaking of it."""
    return other.entry == passage.entry or other.id in passage.about or passage.id in other.about
