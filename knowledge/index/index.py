"""The index: built from passages, kept in a folder, asked by day."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from knowledge.index.building import Changes, Making, Served, in_memory, opened, refreshed
from knowledge.index.counting import Told
from knowledge.index.embedder import Embedder
from knowledge.index.exact import Exact, Named
from knowledge.index.keeping import SHAPE
from knowledge.index.lexical import SATURATION, Words
from knowledge.index.marking import BothMarks, marks
from knowledge.index.naming import Names
from knowledge.index.question import Question, understood
from knowledge.index.ranking import Found, bare, features, weights
from knowledge.index.spelling import Spelling
from knowledge.index.synonyms import Synonyms
from knowledge.index.terms import LONGEST
from knowledge.passage import KINDS, Kind, Passage
from knowledge.text import Language

Reranker = Callable[[str, Sequence[str]], NDArray[np.float32]]
"""Scores texts beside a question; higher is better."""

CANDIDATES = 60
NEAREST = 40
"""How many passages the re-ranker looks at, by words and by name each, and by meaning."""
RERANKED = 20
"""How many hits a cross-encoder puts in order."""
WELL_BELOW = 0.35
"""A share of the best score; few of many thousand passages score more, so these are sorted first."""
NO_VECTOR, NOTHING = np.zeros(0, np.float32), np.zeros(0, np.intp)


class Hit(NamedTuple):
    """A passage found."""

    passage: Passage
    score: float
    """The chance that it answers the question, as the labelled queries have it."""
    why: tuple[str, ...]
    """What named it, `=cn-law-tariff#51`, and the weightiest terms it shares."""
    told: Mapping[str, float]
    """The question's terms, each with what it tells."""

    @property
    def marks(self) -> BothMarks:
        """Which characters of the passage's text bear out the question."""
        return marks(self.told, self.passage.text)


class Pool(NamedTuple):
    """Candidates for a question: their numbers, and the features of each in a row."""

    question: Question
    numbers: NDArray[np.intp]
    features: NDArray[np.float64]
    named: Sequence[Named]
    scores: NDArray[np.float32]
    """The score by words of every passage; 0 where it may not be found."""
    exact: NDArray[np.float64]
    """How surely every passage is named."""
    vector: NDArray[np.float32]
    """What the question means."""


class Index:
    """Passages that can be found by words, numbers and names."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._kept = served.kept
        self._weights = weights(dense=served.vectors is not None)
        self._reranker: Reranker | None = None

    @classmethod
    def build(
        cls,
        passages: Iterable[Passage],
        stamp: str = "",
        embedder: Embedder | None = None,
        store: str = "auto",
    ) -> "Index":
        """Return an index of passages that is kept in no folder.

        Args:
            passages: what shall be found.
            stamp: a hash of what they were made from; by default of themselves.
            embedder: what makes vectors, for the dense lane.
            store: where these are looked up: `auto`, `scan`, `chroma`, `http://host:port`.
        """
        held = tuple(passages)
        return cls(in_memory(Making(stamp or stamp_of(held), lambda: held, embedder, store)))

    @classmethod
    def open(cls, folder: Path, embedder: Embedder | None = None) -> "Index":
        """Open the index kept in a folder, with an embedder for the dense lane.

        Raises:
            PackError: there is none, or it cannot be used.
        """
        return cls(opened(folder, embedder))

    @classmethod
    def fresh(
        cls,
        folder: Path,
        stamp: str,
        passages: Callable[[], Iterable[Passage]],
        embedder: Embedder | None = None,
        store: str = "auto",
        told: Told | None = None,
    ) -> "Index":
        """Open the index kept in a folder; build and save it where its stamp is another.

        Args:
            folder: where generations of it are kept.
            stamp: what it is made from; where it is the same, nothing is built.
            passages: what shall be found.
            embedder: what makes vectors, for the dense lane.
            store: where these are looked up: `auto`, `scan`, `chroma`, `http://host:port`.
            told: called with how much of a build is done, of how much.

        Raises:
            OSError: the index built cannot be saved; what served still does.
        """
        return cls(refreshed(folder, Making(stamp, passages, embedder, store, told)))

    def reranked_by(self, reranker: "Reranker") -> "Index":
        """Return this index with a cross-encoder that puts the first hits in order."""
        again = Index(self._served)
        again._reranker = reranker
        return again

    @property
    def passages(self) -> Sequence[Passage]:
        """What can be found."""
        return self._kept.passages

    @property
    def stamp(self) -> str:
        """What it was built from, as whoever built it told."""
        return self._served.stamp

    @cached_property
    def content(self) -> str:
        """A hash of what can be found and how; the same wherever and whenever it was built."""
        told = hashlib.sha256(self._kept.passages.content)
        vectors = self._served.vectors
        told.update(
            f"{SHAPE} {vectors.stamp if vectors else None} {self._weights.each.tolist()}".encode()
        )
        return told.hexdigest()

    @property
    def changes(self) -> Changes | None:
        """What the build changed; nothing where none was needed."""
        return self._served.changes

    def find(
        self,
        query: str,
        day: date,
        lang: Language | None = None,
        kind: Kind | Sequence[Kind] | None = None,
        limit: int = 10,
        status: str | Sequence[str] | None = None,
        jurisdiction: str | Sequence[str] | None = None,
    ) -> list[Hit]:
        """Return the passages in force on a day that a question may be about, best first.

        Args:
            query: the question, in Chinese, English or both.
            day: passages not in force on it are left out.
            lang: leave out passages that say nothing in this language.
            kind: only passages of this kind, or of these.
            limit: at most so many.
            status: only passages of this status, or of these.
            jurisdiction: only passages of this jurisdiction, or of these.
        """
        pool = self.pool(query, day, lang, kind, status, jurisdiction)
        ranks = pool.features @ self._weights.each
        best = np.argsort(-ranks, kind="stable")[:limit]
        numbers, ranks = pool.numbers[best], ranks[best]
        chances = [self._weights.chance(rank) for rank in ranks.tolist()]
        if len(best) < limit:
            more = _best(pool.scores, limit, leave=pool.numbers)[: limit - len(best)]
            chances += _below(pool.scores[more], chances)
            numbers = np.concatenate((numbers, more))
        return self._hits(pool, self._in_order(query, numbers), chances)

    def _in_order(self, query: str, numbers: NDArray[np.intp]) -> NDArray[np.intp]:
        """The first passages in the order of the cross-encoder, where there is one."""
        if self._reranker is None or not len(numbers):
            return numbers
        first = numbers[:RERANKED]
        said = [
            "\n".join(filter(None, (*it.title, *it.text)))
            for it in map(self.passages.__getitem__, first.tolist())
        ]
        order = np.argsort(-self._reranker(query[:LONGEST], said), kind="stable")
        return np.concatenate((first[order], numbers[RERANKED:]))

    def pool(
        self,
        query: str,
        day: date,
        lang: Language | None = None,
        kind: Kind | Sequence[Kind] | None = None,
        status: str | Sequence[str] | None = None,
        jurisdiction: str | Sequence[str] | None = None,
    ) -> Pool:
        """Return the candidates for a question with their features, not yet ranked."""
        question = understood(query, self._words, self._spelling, self._synonyms)
        allowed = self._kept.facets.allowed(
            day, lang, _several(kind), _several(status), _several(jurisdiction)
        )
        scores = self._words.scores(question.wanted)
        scores[~allowed] = 0
        named = self._exact.find(query[:LONGEST], question.text, allowed)
        exact = np.zeros(len(scores))
        for each in named:
            exact[list(each.numbers)] = np.maximum(exact[list(each.numbers)], each.strength)
        vectors = self._served.vectors
        vector = vectors.of(query[:LONGEST]) if vectors else NO_VECTOR
        near = vectors.nearest(vector, NEAREST) if vectors else NOTHING
        lanes = [_best(scores, CANDIDATES), _first_named(exact, scores), near[allowed[near]]]
        numbers = np.unique(np.concatenate(lanes))
        pool = Pool(question, numbers, np.zeros((0, 0)), named, scores, exact, vector)
        return pool._replace(features=self._features(pool, numbers))

    def _features(self, pool: Pool, numbers: NDArray[np.intp]) -> NDArray[np.float64]:
        """The features of passages, a row each; the passages in order."""
        question, facets, vectors = pool.question, self._kept.facets, self._served.vectors
        scores = pool.scores[numbers].astype(np.float64)
        whole = sum(question.weights.values()) * (SATURATION + 1) or 1.0
        best = float(pool.scores.max(initial=0.0)) or 1.0
        asked = self._kept.wordings.alike(
            question.weights, self._words.vocabulary, self._words.size
        )
        meant = vectors.alike(pool.vector, numbers) if vectors else np.zeros(len(numbers))
        found = Found(
            numbers=numbers,
            scores=np.stack([np.minimum(scores / whole, 1.0), scores / best]),
            asked=asked[numbers],
            exact=pool.exact[numbers],
            called=np.isin(numbers, self._exact.called(bare(question.text))),
            meant=meant.astype(np.float64),
            kinds=facets.kinds[numbers],
            pieces=facets.pieces[numbers],
        )
        return features(question, found, self._words)

    def _hits(self, pool: Pool, numbers: NDArray[np.intp], chances: Sequence[float]) -> list[Hit]:
        told = pool.question.weights
        shared = sorted(told, key=lambda term: -told[term])
        held = self._words.held(shared, numbers).T > 0
        hits = []
        for number, chance, row in zip(numbers.tolist(), chances, held, strict=True):
            by = _named_by(pool.named, number)
            words = [shared[place] for place in row.nonzero()[0][:5].tolist()]
            hits.append(Hit(self.passages[number], round(chance, 4), (*by, *words), told))
        return hits

    @property
    def _words(self) -> Words:
        return self._kept.words

    @cached_property
    def _exact(self) -> Exact:
        return Exact(msgspec.json.decode(self._kept.names, type=Names))

    @cached_property
    def _synonyms(self) -> Synonyms:
        kinds = [KINDS.index("term"), KINDS.index("field")]
        named = np.flatnonzero(np.isin(self._kept.facets.kinds, kinds)).tolist()
        return Synonyms(self.passages[number] for number in named)

    @cached_property
    def _spelling(self) -> Spelling:
        return Spelling(self._words.vocabulary)


def stamp_of(passages: Iterable[Passage]) -> str:
    """Return a hash of passages."""
    return hashlib.sha256(msgspec.json.encode(list(passages))).hexdigest()


def _best(
    scores: NDArray[np.float32], many: int, leave: NDArray[np.intp] | None = None
) -> NDArray[np.intp]:
    """The passages of the best scores above nothing, best first, some of them left out."""
    if leave is not None:
        scores = scores.copy()
        scores[leave] = 0
    high = np.flatnonzero(scores > scores.max(initial=0.0) * WELL_BELOW)
    if len(high) < many:
        high = np.flatnonzero(scores > 0)
    if len(high) > many:
        high = np.sort(high[np.argpartition(-scores[high], many - 1)[:many]])
    return high[np.argsort(-scores[high], kind="stable")]


def _below(scores: NDArray[np.float32], above: Sequence[float]) -> list[float]:
    """The chances of passages that follow the candidates by words alone: none is above those."""
    last = above[-1] if above else 0.0
    return [last * float(score / scores[0]) for score in scores]


def _first_named(exact: NDArray[np.float64], scores: NDArray[np.float32]) -> NDArray[np.intp]:
    """The passages named most surely, among equals those best by words."""
    named = np.flatnonzero(exact)
    return named[np.lexsort((-scores[named], -exact[named]))][:CANDIDATES]


def _named_by(named: Iterable[Named], number: int) -> tuple[str, ...]:
    """What named a passage most surely, as a reason."""
    naming = [each for each in named if number in each.numbers]
    return (f"={max(naming, key=lambda each: each.strength).by}",) if naming else ()


def _several(asked: Any) -> Any:
    """One name, several or none as several."""
    if asked is None:
        return ()
    return (asked,) if isinstance(asked, str) else asked
