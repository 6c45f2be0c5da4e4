"""The lexical lane: which passages share a question's terms, and how rare those are (BM25).

The index is inverted and held in three flat arrays: the postings of term *n* are
`docs[starts[n]:starts[n + 1]]`, and `impacts` holds what each adds to the score of its passage.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.index.terms import terms
from knowledge.passage import Passage

SATURATION = 1.2
LENGTH = 0.35
"""How soon repeating a term stops counting, and how much long passages are held back."""
TITLE, NAME, ASKED, BODY = 3.0, 1.5, 2.0, 1.0
"""What one occurrence counts in a title, another name, a question asked, and the body."""


class Words(NamedTuple):
    """Terms and the passages that hold them."""

    vocabulary: dict[str, int]
    starts: NDArray[np.int32]
    docs: NDArray[np.int32]
    impacts: NDArray[np.float32]
    size: int
    """How many passages there are."""

    def scores(self, asked: Mapping[str, float]) -> NDArray[np.float32]:
        """Return the score of every passage for weighted terms."""
        total = np.zeros(self.size, dtype=np.float32)
        for term, weight in asked.items():
            if (number := self.vocabulary.get(term)) is not None:
                some = slice(self.starts[number], self.starts[number + 1])
                total[self.docs[some]] += np.float32(weight) * self.impacts[some]
        return total

    def rarity(self, term: str) -> float:
        """Return how much a term tells, from near 0 for one found everywhere."""
        number = self.vocabulary.get(term)
        held = 0 if number is None else int(self.starts[number + 1] - self.starts[number])
        return float(np.log1p((self.size - held + 0.5) / (held + 0.5)))


def count_words(passages: Sequence[Passage]) -> Words:
    """Build the inverted index of passages."""
    counted = [_counted(passage) for passage in passages]
    lengths = np.array([sum(each.values()) for each in counted], dtype=np.float32)
    vocabulary = {term: n for n, term in enumerate(sorted({t for each in counted for t in each}))}
    flat = [(vocabulary[t], doc, n) for doc, each in enumerate(counted) for t, n in each.items()]
    table = np.array(sorted(flat), dtype=np.float32).reshape(-1, 3)
    numbers, docs = table[:, 0].astype(np.int32), table[:, 1].astype(np.int32)
    held = np.bincount(numbers, minlength=len(vocabulary)) if len(flat) else np.zeros(0, np.int64)
    rarity = np.log1p((len(passages) - held + 0.5) / (held + 0.5)).astype(np.float32)
    longer = lengths / max(float(lengths.mean()), 1.0) if len(lengths) else lengths
    held_back = SATURATION * (1 - LENGTH + LENGTH * longer[docs])
    times = table[:, 2]
    return Words(
        vocabulary=vocabulary,
        starts=np.concatenate(([0], np.cumsum(held))).astype(np.int32),
        docs=docs,
        impacts=(rarity[numbers] * times * (SATURATION + 1) / (times + held_back)).astype(
            np.float32
        ),
        size=len(passages),
    )


def _counted(passage: Passage) -> Mapping[str, float]:
    counted: dict[str, float] = defaultdict(float)
    for weight, texts in (
        (TITLE, passage.title),
        (NAME, passage.names),
        (ASKED, passage.asked),
        (BODY, (*passage.text, passage.place)),
    ):
        for term in terms("\n".join(texts)):
            counted[term] += weight
    return counted
