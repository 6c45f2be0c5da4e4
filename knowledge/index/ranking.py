"""The re-ranker: a weighted sum of a few features of a question beside a passage.

The weights stand in `weights.json` with a note on how they were fitted. Whether characters stand in
the order of the question was tried as a feature too; beside the others it fitted to nothing.
"""

import json
import math
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.index.question import Question
from knowledge.index.terms import plain, terms
from knowledge.passage import KINDS, Kind, Passage

WEIGHTS = Path(__file__).with_name("weights.json")
INTENTS: Mapping[str, tuple[Kind, re.Pattern[str]]] = {
    "where": (
        "service",
        re.compile(
            r"在哪|哪里|哪儿|去哪|入口|找谁|哪个部门|电话|\b(?:where|who|hotline|phone|apply)\b"
        ),
    ),
    "what": (
        "term",
        re.compile(
            r"是什么|什么意思|啥意思|啥是|什么是|什么叫|叫什么|\bwhat (?:is|are|does)\b|\bmean"
        ),
    ),
    "entering": (
        "field",
        re.compile(r"(?:怎么|怎样|如何|咋)填|填(?:什么|啥)|栏|\bfill|\b(?:field|enter)\b"),
    ),
    "law": (
        "source",
        re.compile(r"规定|依据|哪条|法律|第几条|公告|\b(?:law|article|legal|announcement|order)\b"),
    ),
    "rule": ("rule", re.compile(r"规则|\b(?:rules?|checks?|findings?)\b")),
}
"""What a question asks for, the kind of passage that answers it, and the words that tell."""
FEATURES = (
    *("lexical", "nearest", "coverage", "title", "title_back", "asked"),
    *("exact", "pointed", "just that", "named"),
    *(f"asks {intent}" for intent in INTENTS),
    *(f"is {kind}" for kind in KINDS),
    "is code",
)
POINTED = 0.9
"""A passage named as surely as this is the very one."""
BRIEF = 6
"""Words, or pairs of characters, that a reference alone may take."""
OTHER_NAME = 0.8
"""How well a thing is covered by another of its names."""


class Looked:
    """A passage as the re-ranker looks at it; each view is made when first needed."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage

    @cached_property
    def text(self) -> str:
        """Everything it says, in plain spelling."""
        it = self.passage
        said = (*it.title, *it.names, *it.asked, *it.text, it.place)
        return plain("\n".join(said))

    @cached_property
    def terms(self) -> frozenset[str]:
        """The terms of everything it says."""
        return frozenset(terms(self.text))

    @cached_property
    def titles(self) -> tuple[frozenset[str], ...]:
        """The terms of its title in each language."""
        return tuple(frozenset(terms(each)) for each in self.passage.title)

    @cached_property
    def asked(self) -> tuple[frozenset[str], ...]:
        """The terms of each way it is asked for."""
        return tuple(frozenset(terms(each)) for each in self.passage.asked)

    @cached_property
    def names(self) -> frozenset[str]:
        """What it is called, in plain spelling."""
        return frozenset(map(plain, (*self.passage.title, *self.passage.names)))


def features(
    question: Question, looked: Looked, lexical: tuple[float, float], exact: float
) -> list[float]:
    """Return the features of a passage beside a question, in the order of `FEATURES`.

    Args:
        question: what is looked for.
        looked: the passage.
        lexical: its score beside the best there could be, and beside the best there is.
        exact: how surely it is named by number.
    """
    told = question.weights
    whole = sum(told.values()) or 1.0
    titles = [_shared(told, title) for title in looked.titles]
    backs = [_back(told, title) for title in looked.titles]
    wants = [
        looked.passage.kind == kind and bool(words.search(question.text))
        for kind, words in INTENTS.values()
    ]
    return [
        *lexical,
        _covered(question, looked.terms) / whole,
        max(titles) / whole,
        max(backs),
        max((_alike(told, whole, asked) for asked in looked.asked), default=0.0),
        exact,
        float(exact >= POINTED),
        float(exact >= POINTED and _brief(question.text)),
        float(_bare(question.text) in looked.names),
        *map(float, wants),
        *(float(looked.passage.kind == kind) for kind in KINDS),
        float(looked.passage.kind == "term" and bool(looked.passage.place)),
    ]


def _covered(question: Question, held: frozenset[str]) -> float:
    """What a passage covers of a question, counting repaired words and other names."""
    credit = {term: 1.0 for term in question.weights if term in held}
    for term, meant in question.repaired.items():
        if any(word in held for word in meant):
            credit[term] = OTHER_NAME
    for concept in question.concepts:
        if any(held.issuperset(other) for other in concept.others):
            for term in concept.own:
                credit[term] = max(credit.get(term, 0.0), OTHER_NAME)
    return sum(weight * credit.get(term, 0.0) for term, weight in question.weights.items())


def _shared(told: Mapping[str, float], held: Iterable[str]) -> float:
    return sum(told.get(term, 0.0) for term in held)


def _back(told: Mapping[str, float], title: frozenset[str]) -> float:
    """The share of a title that stands in the question."""
    return sum(term in told for term in title) / (len(title) or 1)


def _alike(told: Mapping[str, float], whole: float, asked: frozenset[str]) -> float:
    """How alike two wordings are: shared weight beside both their weights."""
    typical = whole / (len(told) or 1)
    shared = _shared(told, asked)
    other = shared + typical * sum(term not in told for term in asked)
    return 2 * shared / (whole + other)


ASIDE = ("是什么意思", "什么意思", "是什么", "是啥", "啥意思", "怎么填", "怎么办", "what is a", "what is the", "what is", "?", "？")  # fmt: skip


def _brief(text: str) -> bool:
    """Whether a question is hardly more than a reference."""
    return len(re.findall(r"[a-z0-9._-]+|[^\x00-\x7f]{2}", text)) <= BRIEF


def _bare(text: str) -> str:
    for word in ASIDE:
        text = text.replace(word, "")
    return text.strip(" 。.!")


class Weights(NamedTuple):
    """What each feature weighs, and how a weighted sum becomes a chance."""

    each: NDArray[np.float64]
    slope: float
    shift: float

    def chance(self, rank: float) -> float:
        """Return the chance that a passage with this weighted sum answers the question."""
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, self.slope * rank + self.shift))))


def weights() -> Weights:
    """Return the fitted weights; a feature not fitted yet weighs nothing."""
    held: dict[str, Any] = json.loads(WEIGHTS.read_text("utf-8"))
    each = np.array([held["weights"].get(name, 0.0) for name in FEATURES])
    return Weights(each, held["chance"]["slope"], held["chance"]["shift"])
