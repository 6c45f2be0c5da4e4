"""What an embedder is taught by: texts that belong together, taken from the passages themselves.

A question and what answers it, a title and its text, a sentence and the rest of it, and all of them
across languages: where both languages of a passage run in step, line by line or sentence by
sentence, each is paired with the other.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from knowledge.index.synonyms import EVERYDAY
from knowledge.index.terms import terms
from knowledge.passage import Passage
from knowledge.text import Language

MOST_TERMS = 60_000
MOST_PAIRS = 60_000
"""Pairs of one round; of more a part is drawn."""
SENTENCES = 2
"""Sentences of a passage that are paired with the rest of it in each round."""
MANY_PIECES, SELDOM = 12, 0.3
"""A thing of many names is not taught by each of them in each round."""
SENTENCE = re.compile(r"[。；\n]|(?<=[.;]) ")
HAN = re.compile(r"[\u3400-\u9fff]")
Numbers = tuple[int, ...]


class Pair(NamedTuple):
    """Two texts that belong together, as numbers of terms."""

    said: Numbers
    meant: Numbers
    owner: int
    """The passage both are of; below zero for a group of everyday words."""


class Piece(NamedTuple):
    """A title, a name, a wording or a sentence."""

    lang: Language
    part: str
    said: Numbers


def vocabulary_of(passages: Iterable[Passage]) -> list[str]:
    """Return the terms of passages in order; of too many, the commonest."""
    held: Counter[str] = Counter()
    for passage in passages:
        held.update(set(terms("\n".join(_texts(passage)))))
    often = sorted(held, key=lambda term: (-held[term], term))
    return sorted(often[:MOST_TERMS])


class Lessons:
    """The pairs of passages; each round draws them anew."""

    def __init__(self, passages: Sequence[Passage], vocabulary: Sequence[str]) -> None:
        self._numbers = {term: number for number, term in enumerate(vocabulary)}
        self._pieces = [list(self._cut(passage)) for passage in passages]
        self._in_step = [
            Pair(zh, en, owner)
            for owner, passage in enumerate(passages)
            for zh, en in self._both(aligned(passage))
        ]
        self._everyday = list(self._everyday_pairs())

    def whole(self, owner: int) -> Numbers:
        """Return everything a passage says."""
        return _joined(self._pieces[owner])

    def round(self, chance: random.Random) -> list[Pair]:
        """Return the pairs of one round, shuffled."""
        pairs = [pair for owner in range(len(self._pieces)) for pair in self._of(owner, chance)]
        for _ in range(2):
            pairs += [_turned(pair) if chance.random() < 0.5 else pair for pair in self._in_step]
            pairs += self._everyday
        pairs = [pair for pair in pairs if pair.said and pair.meant]
        chance.shuffle(pairs)
        return pairs[:MOST_PAIRS]

    def _of(self, owner: int, chance: random.Random) -> Iterator[Pair]:
        pieces = self._pieces[owner]
        for piece in pieces:
            rest, across = _rest(pieces, piece)
            if piece.part == "asked":
                yield from (Pair(piece.said, each, owner) for each in (rest, rest, across))
            elif piece.part == "title":
                yield from (Pair(piece.said, each, owner) for each in (across, rest))
            elif piece.part == "name" and (len(pieces) < MANY_PIECES or chance.random() < SELDOM):
                yield Pair(piece.said, rest, owner)
        sentences = [piece for piece in pieces if piece.part == "text"]
        for piece in chance.sample(sentences, min(SENTENCES, len(sentences))):
            rest, across = _rest(pieces, piece)
            yield from (Pair(piece.said, each, owner) for each in (across, rest))
        zh, en = (_joined(each for each in pieces if each.lang == lang) for lang in ("zh", "en"))
        yield Pair(zh, en, owner)

    def _cut(self, passage: Passage) -> Iterator[Piece]:
        it = passage
        for part, texts in (("title", it.title), ("name", it.names), ("asked", it.asked)):
            for text in texts:
                yield from self._piece(part, text)
        for text in it.text:
            for sentence in _sentences(text):
                yield from self._piece("text", sentence)

    def _piece(self, part: str, text: str) -> Iterator[Piece]:
        if said := self._of_text(text):
            yield Piece("zh" if HAN.search(text) else "en", part, said)

    def _of_text(self, text: str) -> Numbers:
        known = map(self._numbers.get, terms(text))
        return tuple(number for number in known if number is not None)

    def _both(self, pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[Numbers, Numbers]]:
        return ((self._of_text(zh), self._of_text(en)) for zh, en in pairs)

    def _everyday_pairs(self) -> Iterator[Pair]:
        lines = EVERYDAY.read_text("utf-8").splitlines()
        for number, line in enumerate(line for line in lines if line[:1] not in ("", "#")):
            words = list(map(self._of_text, line.split()))
            for word in words:
                others = (each for other in words if other is not word for each in other)
                yield Pair(word, tuple(others), -1 - number)


def aligned(passage: Passage) -> Iterator[tuple[str, str]]:
    """Yield what a passage says in Chinese beside the same in English, as finely as it is told.

    Lines go together where both languages have as many, and so do the sentences of a line.
    """
    yield passage.title.zh, passage.title.en
    lines = [[line for line in text.split("\n") if line.strip()] for text in passage.text]
    if len(lines[0]) != len(lines[1]):
        lines = [[text] for text in passage.text]
    for zh, en in zip(*lines, strict=True):
        parts = _sentences(zh), _sentences(en)
        if len(parts[0]) == len(parts[1]):
            yield from zip(*parts, strict=True)
        else:
            yield zh, en


def _sentences(text: str) -> list[str]:
    return [each for each in SENTENCE.split(text) if len(each.strip()) > 1]


def _texts(passage: Passage) -> tuple[str, ...]:
    return (*passage.title, *passage.names, *passage.asked, *passage.text)


def _joined(pieces: Iterable[Piece]) -> Numbers:
    return tuple(number for piece in pieces for number in piece.said)


def _rest(pieces: Sequence[Piece], left_out: Piece) -> tuple[Numbers, Numbers]:
    """What else is said, and what of it in the other language."""
    others = [each for each in pieces if each.said != left_out.said]
    return _joined(others), _joined(each for each in others if each.lang != left_out.lang)


def _turned(pair: Pair) -> Pair:
    return Pair(pair.meant, pair.said, pair.owner)
