"""The index: built from passages, kept in one file, asked by day."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from knowledge.errors import PackError
from knowledge.index.exact import Exact, Named
from knowledge.index.keeping import Kept, load, save
from knowledge.index.lexical import SATURATION, Words, count_words
from knowledge.index.question import Question, understood
from knowledge.index.ranking import FEATURES, Looked, features, weights
from knowledge.index.spelling import Spelling
from knowledge.index.synonyms import Synonyms
from knowledge.index.terms import LONGEST
from knowledge.passage import Kind, Passage
from knowledge.text import Language

CANDIDATES = 60
"""How many passages the re-ranker looks at."""


class Hit(NamedTuple):
    """A passage found."""

    passage: Passage
    score: float
    """The chance that it answers the question, as the labelled queries have it."""
    why: tuple[str, ...]
    """What named it, `=cn-law-tariff#51`, and the weightiest terms it shares."""


class Pool(NamedTuple):
    """Candidates for a question: their numbers, and the features of each in a row."""

    question: Question
    numbers: Sequence[int]
    features: NDArray[np.float64]
    named: dict[int, Named]


class Index:
    """Passages that can be found by words, numbers and names."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._looked: dict[int, Looked] = {}
        self._weights = weights()
        self._since = np.array([_number(p.span.since, 0) for p in self.passages], np.int32)
        self._until = np.array([_number(p.span.until, 9**7) for p in self.passages], np.int32)

    @classmethod
    def build(cls, passages: Iterable[Passage], stamp: str = "") -> "Index":
        """Return an index of passages, in memory.

        Args:
            passages: what shall be found.
            stamp: a hash of what they were made from; by default of themselves.
        """
        held = tuple(passages)
        return cls(Kept(stamp or stamp_of(held), held, count_words(held)))

    @classmethod
    def open(cls, folder: Path) -> "Index":
        """Open the index kept in a folder.

        Raises:
            PackError: there is none, or it cannot be used.
        """
        return cls(load(folder))

    @classmethod
    def fresh(cls, folder: Path, stamp: str, passages: Callable[[], Iterable[Passage]]) -> "Index":
        """Open the index kept in a folder; build and save it where its stamp is another.

        Raises:
            OSError: the index built cannot be saved.
        """
        try:
            kept = load(folder)
        except PackError:
            kept = None
        if kept is not None and kept.stamp == stamp:
            return cls(kept)
        built = cls.build(passages(), stamp)
        built.save(folder)
        return built

    def save(self, folder: Path) -> Path:
        """Keep the index in a folder, whole or not at all, and return its file.

        Raises:
            OSError: it cannot be written.
        """
        return save(folder, self._kept)

    @property
    def passages(self) -> Sequence[Passage]:
        """What can be found."""
        return self._kept.passages

    @property
    def stamp(self) -> str:
        """The hash of what it was built from."""
        return self._kept.stamp

    def find(
        self,
        query: str,
        day: date,
        lang: Language | None = None,
        kind: Kind | None = None,
        limit: int = 10,
    ) -> list[Hit]:
        """Return the passages in force on a day that a question may be about, best first.

        Args:
            query: the question, in Chinese, English or both.
            day: passages not in force on it are left out.
            lang: leave out passages that say nothing in this language.
            kind: only passages of this kind.
            limit: at most so many.
        """
        pool = self.pool(query, day, lang, kind)
        ranks = pool.features @ self._weights.each
        best = np.argsort(-ranks, kind="stable")[:limit].tolist()
        return [
            Hit(
                self.passages[pool.numbers[n]],
                round(self._weights.chance(float(ranks[n])), 4),
                self._why(pool, pool.numbers[n]),
            )
            for n in best
        ]

    def pool(
        self, query: str, day: date, lang: Language | None = None, kind: Kind | None = None
    ) -> Pool:
        """Return the candidates for a question with their features, not yet ranked."""
        question = understood(query, self._words, self._spelling, self._synonyms)
        allowed = self._allowed(day, lang, kind)
        scores = self._words.scores(question.wanted) * allowed
        may = set(np.flatnonzero(allowed).tolist())
        named = self._exact.find(query[:LONGEST], question.text, may)
        numbers = self._candidates(scores, named)
        best = float(scores.max(initial=0.0)) or 1.0
        whole = sum(question.weights.values()) * (SATURATION + 1) or 1.0
        rows = []
        for number in numbers:
            looked = self._looked.setdefault(number, Looked(self.passages[number]))
            score = float(scores[number])
            exact = named[number].strength if number in named else 0.0
            rows.append(features(question, looked, (min(score / whole, 1.0), score / best), exact))
        return Pool(question, numbers, np.array(rows).reshape(-1, len(FEATURES)), named)

    def _candidates(self, scores: NDArray[np.float32], named: dict[int, Named]) -> list[int]:
        """The best by words, and the best of those named."""
        some = min(CANDIDATES, len(scores))
        best = np.argpartition(-scores, some - 1)[:some] if some else np.zeros(0, np.int64)
        by_words = [number for number in best.tolist() if scores[number] > 0]
        called = sorted(named, key=lambda n: (-named[n].strength, -scores[n]))[:CANDIDATES]
        return sorted({*by_words, *called})

    def _allowed(self, day: date, lang: Language | None, kind: Kind | None) -> NDArray[np.bool_]:
        at = day.toordinal()
        allowed: NDArray[np.bool_] = (self._since <= at) & (at <= self._until)
        if kind:
            allowed &= np.array([passage.kind == kind for passage in self.passages], bool)
        if lang:
            said = (bool(passage.text.said_in(lang)) for passage in self.passages)
            allowed &= np.fromiter(said, bool, len(self.passages))
        return allowed

    def _why(self, pool: Pool, number: int) -> tuple[str, ...]:
        by = [f"={pool.named[number].by}"] if number in pool.named else []
        held = self._looked[number].terms
        shared = sorted(pool.question.weights.items(), key=lambda item: -item[1])
        return (*by, *[term for term, _ in shared if term in held][:5])

    @property
    def _words(self) -> Words:
        return self._kept.words

    @cached_property
    def _exact(self) -> Exact:
        return Exact(self.passages)

    @cached_property
    def _synonyms(self) -> Synonyms:
        return Synonyms(self.passages)

    @cached_property
    def _spelling(self) -> Spelling:
        return Spelling(self._words.vocabulary)


def stamp_of(passages: Iterable[Passage]) -> str:
    """Return a hash of passages."""
    return hashlib.sha256(msgspec.json.encode(list(passages))).hexdigest()


def _number(day: date | None, otherwise: int) -> int:
    return day.toordinal() if day else otherwise
