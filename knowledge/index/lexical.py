"""The lexical lane: which passages share a question's terms, and how rare those are (BM25).

The index is inverted and held in flat arrays: the postings of term *n* are
`docs[starts[n]:starts[n + 1]]`, in order; `impacts` holds what each adds to the score of its passage
and `flags` where in the passage the term stands.
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.index.counting import EIGHTHS, Counted

SATURATION = 1.2
LENGTH = 0.6
"""How soon repeating a term stops counting, and how much long passages are held back."""


class Words(NamedTuple):
    """Terms and the passages that hold them."""

    vocabulary: dict[str, int]
    """The number of each term; terms are numbered in their order."""
    starts: NDArray[np.int64]
    docs: NDArray[np.int32]
    impacts: NDArray[np.float32]
    flags: NDArray[np.uint8]
    """`HELD`, and `TITLE_ZH` or `TITLE_EN` where the term stands in the title."""
    titles: NDArray[np.uint16]
    """How many terms the title of each passage has, in Chinese and in English."""

    @property
    def size(self) -> int:
        """How many passages there are."""
        return len(self.titles)

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
        return math.log1p((self.size - held + 0.5) / (held + 0.5))

    def held(self, terms: Sequence[str], numbers: NDArray[np.intp]) -> NDArray[np.uint8]:
        """Return the flags of terms, a row each, in passages, a column each; 0 is not held.

        Args:
            terms: what is looked for.
            numbers: the passages.
        """
        grid = np.zeros((len(terms), len(numbers)), np.uint8)
        wanted = numbers.astype(np.int32)
        for row, term in zip(grid, terms, strict=True):
            if (number := self.vocabulary.get(term)) is not None:
                start, end = self.starts[number], self.starts[number + 1]
                docs = self.docs[start:end]
                at = np.minimum(docs.searchsorted(wanted), end - start - 1)
                row[:] = self.flags[start:end][at] * (docs[at] == wanted)
        return grid


def inverted(counted: Counted) -> Words:
    """Return the inverted index of counted passages."""
    size = len(counted.starts) - 1
    order = by_term(counted)
    docs = np.repeat(np.arange(size, dtype=np.int32), np.diff(counted.starts))[order]
    held = np.bincount(counted.terms, minlength=len(counted.vocabulary))
    times = counted.times[order].astype(np.float32) / np.float32(EIGHTHS)
    rarity = np.log1p((size - held + 0.5) / (held + 0.5)).astype(np.float32)
    held_back = _held_back(counted)[docs]
    impacts = np.repeat(rarity, held) * times * np.float32(SATURATION + 1) / (times + held_back)
    return Words(
        vocabulary={term: number for number, term in enumerate(counted.vocabulary)},
        starts=np.concatenate(([0], np.cumsum(held))).astype(np.int64),
        docs=docs,
        impacts=impacts.astype(np.float32),
        flags=counted.flags[order],
        titles=counted.titles,
    )


def by_term(counted: Counted) -> NDArray[np.intp]:
    """Return the order of counted terms by term, then passage."""
    return np.argsort(counted.terms, kind="stable")


def _held_back(counted: Counted) -> NDArray[np.float32]:
    """How much each passage is held back for its length."""
    ends = np.concatenate(([0], np.cumsum(counted.times, dtype=np.int64)))
    lengths = np.diff(ends[counted.starts]) / EIGHTHS
    longer = lengths / max(float(lengths.mean()), 1.0) if len(lengths) else lengths
    return (SATURATION * (1 - LENGTH + LENGTH * longer)).astype(np.float32)
