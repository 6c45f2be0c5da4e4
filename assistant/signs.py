"""Signs that what an answer is made from answers the question: what its chance is worked out from."""

import math
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from assistant.demanded import lacking
from assistant.holding import held_by
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
GIVEN = re.compile(r"\d{1,3}(?!\d)[^\d-]{0,2}$")
"""A small figure the asker gives, right or wrong; longer numbers name things."""
WHETHER = re.compile(
    r"[是没]?[对错][吧吗不没][对错]?|没?记错|是不是|\b(?:right|correct|isn't it|is that so|true)(?=\W*$)"
)
"""Words that ask whether what was said is so."""
NEIGHBOURS = 5
FARTHEST = 3.0


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
    margin: float = 0.0
    """How far it lies before the next of another matter, in log-odds, within 3 either way."""
    lacking: float = 0.0
    """What it costs, in log-odds, that it lacks what is demanded: a length of time, a penalty."""


def signs_of(turn: Turn) -> Signs:
    """Return the signs of a turn with an answer made from passages."""
    hit = chosen(turn)
    if hit is None:
        return Signs()
    written = plain(asked_in(turn))
    passage, told = hit.passage, _matter(hit.told, written)
    whole = sum(told.values()) or 1.0
    held = held_by(passage)
    lacks = [term for term in told if term not in held.every]
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
        margin=_margin(hit, near),
        lacking=lacking(written, passage, turn.lang),
    )


def _margin(hit: Hit, near: Iterable[Hit]) -> float:
    rivals = [each.score for each in near if not _belongs(each.passage, hit.passage)]
    ahead = logit(hit.score) - logit(max(rivals)) if rivals else FARTHEST
    return max(-FARTHEST, min(FARTHEST, ahead))


def chosen(turn: Turn) -> Hit | None:
    """Return the passage an answer is made from, as it was found."""
    if not turn.sentences or not turn.sentences[0].cites:
        return None
    name = turn.origin.removeprefix("entry:") if ":" in turn.origin else turn.sentences[0].cites[-1]
    return next((hit for hit in turn.hits if hit.passage.id == name), None)


def _matter(told: Mapping[str, float], written: str) -> Mapping[str, float]:
    """What a question's terms tell of its matter: no figure it gives, no asking whether it is so."""
    aside = frozenset(terms(" ".join(WHETHER.findall(written))))
    return {
        term: worth for term, worth in told.items() if term not in aside and not GIVEN.match(term)
    }


def _known(term: str, hits: Iterable[Hit]) -> bool:
    return any(term in held_by(hit.passage).every for hit in hits)


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
