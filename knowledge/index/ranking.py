"""The re-ranker: a weighted sum of a few features of a question beside a passage.

The weights stand in `weights.json` with a note on how they were fitted. Whether characters stand in
the order of the question was tried as a feature too; beside the others it fitted to nothing.
"""

import json
import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.index.counting import TITLE_EN, TITLE_ZH
from knowledge.index.lexical import Words
from knowledge.index.question import Question
from knowledge.passage import KINDS, Kind

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
    *("exact", "pointed", "just that", "named", "meaning", "nearest meaning"),
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


class Found(NamedTuple):
    """Candidates for a question, a figure each: what the re-ranker goes by."""

    numbers: NDArray[np.intp]
    scores: NDArray[np.float64]
    """By words: beside the best there could be, and beside the best there is; a row each."""
    asked: NDArray[np.float64]
    """How alike the question is to a way they are asked for."""
    exact: NDArray[np.float64]
    """How surely they are named."""
    called: NDArray[np.bool_]
    """Whether the question is nothing but one of their names."""
    meant: NDArray[np.float64]
    """How near they are in meaning."""
    kinds: NDArray[np.uint8]
    pieces: NDArray[np.bool_]


def features(question: Question, found: Found, words: Words) -> NDArray[np.float64]:
    """Return the features of candidates beside a question, a row each, in the order of `FEATURES`."""
    told = np.array(list(question.weights.values()))
    whole = float(told.sum()) or 1.0
    wanted = dict.fromkeys(question.weights)
    wanted |= dict.fromkeys(word for meant in question.repaired.values() for word in meant)
    others = (term for each in question.concepts for other in each.others for term in other)
    wanted |= dict.fromkeys(others)
    rows = {term: row for row, term in enumerate(wanted)}
    grid = words.held(list(rows), found.numbers)
    own = grid[: len(told)]
    titles = [(own & flag) > 0 for flag in (TITLE_ZH, TITLE_EN)]
    sizes = np.maximum(words.titles[found.numbers].T, 1)
    backs = [title.sum(axis=0) / size for title, size in zip(titles, sizes, strict=True)]
    text = question.text
    columns = [
        *found.scores,
        told @ _credit(question, grid > 0, rows) / whole,
        np.maximum(*(told @ title for title in titles)) / whole,
        np.maximum(*backs),
        found.asked,
        found.exact,
        found.exact >= POINTED,
        (found.exact >= POINTED) & _brief(text),
        found.called,
        found.meant,
        found.meant / max(float(found.meant.max(initial=0.0)), 0.1),
        *(
            (found.kinds == KINDS.index(kind)) & bool(asking.search(text))
            for kind, asking in INTENTS.values()
        ),
        *(found.kinds == number for number in range(len(KINDS))),
        (found.kinds == KINDS.index("term")) & found.pieces,
    ]
    return np.stack([np.asarray(column, np.float64) for column in columns], axis=1)


def _credit(
    question: Question, held: NDArray[np.bool_], rows: Mapping[str, int]
) -> NDArray[np.float64]:
    """How far each candidate covers each term, counting repaired words and other names."""
    credit = held[: len(question.weights)].astype(np.float64)
    for term, meant in question.repaired.items():
        credit[rows[term]] = OTHER_NAME * held[[rows[word] for word in meant]].any(axis=0)
    for concept in question.concepts:
        named = np.zeros(held.shape[1], bool)
        for other in concept.others:
            named |= held[[rows[term] for term in other]].all(axis=0)
        for term in concept.own:
            if term in question.weights:
                credit[rows[term]] = np.maximum(credit[rows[term]], OTHER_NAME * named)
    return credit


ASIDE = ("是什么意思", "什么意思", "是什么", "是啥", "啥意思", "怎么填", "怎么办", "what is a", "what is the", "what is", "?", "？")  # fmt: skip


def _brief(text: str) -> bool:
    """Whether a question is hardly more than a reference."""
    return len(re.findall(r"[a-z0-9._-]+|[^\x00-\x7f]{2}", text)) <= BRIEF


def bare(text: str) -> str:
    """Return a question without the words that ask."""
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


def weights(*, dense: bool = False) -> Weights:
    """Return the weights fitted with the dense lane or without; a feature not fitted weighs nothing."""
    held: dict[str, Any] = json.loads(WEIGHTS.read_text("utf-8"))["dense" if dense else "words"]
    each = np.array([held["weights"].get(name, 0.0) for name in FEATURES])
    return Weights(each, held["chance"]["slope"], held["chance"]["shift"])
