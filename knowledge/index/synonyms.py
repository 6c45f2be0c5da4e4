"""Other words for the things a question names.

The names of terms and fields come from the pack; the everyday words around them from `everyday.txt`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from knowledge.index.terms import plain, terms
from knowledge.passage import Passage

EVERYDAY = Path(__file__).with_name("everyday.txt")
LONGEST = 14
"""Characters of the longest Chinese name looked for."""
MOST_WORDS = 6
MOST_NAMES = 8
BRACKETED = re.compile(r"\s*[(（][^)）]*[)）]")
HAN = re.compile(r"[\u3400-\u9fff]")
PLAIN_NAME = re.compile(r"[a-z][a-z ]+|.*[\u3400-\u9fff].*")
CODE_NAME = re.compile(r"[a-z]+_\w+|[A-Za-z]*[a-z][A-Z]\w*$")


class Concept(NamedTuple):
    """A thing a question names: the terms that name it and the terms of its other names."""

    own: tuple[str, ...]
    others: tuple[tuple[str, ...], ...]
    everyday: bool = False
    """Whether it is an everyday word and no term of the field."""


class Names:
    """Groups of names that mean the same, for looking up."""

    def __init__(self, groups: Iterable[tuple[str, ...]], shortest: int) -> None:
        self._shortest = shortest
        self._groups = [group for group in groups if len(group) > 1]
        self._said: dict[str, list[int]] = defaultdict(list)
        for number, group in enumerate(self._groups):
            for key in dict.fromkeys(map(_key, group)):
                if len(key) >= shortest:
                    self._said[key].append(number)

    def concepts(self, text: str, *, everyday: bool) -> Iterator[Concept]:
        """Return the things a text in plain spelling names, in each place the longest name."""
        for name in (*self._chinese(text), *self._english(text)):
            others = {
                other: None
                for group in self._said[_key(name)][:3]
                for other in self._groups[group]
                if other != name
            }
            said = (tuple(terms(other)) for other in others)
            told = tuple(each for each in said if any(len(term) > 1 for term in each))
            yield Concept(tuple(terms(name)), told, everyday)

    def _chinese(self, text: str) -> Iterator[str]:
        start = 0
        while start < len(text):
            for end in range(min(len(text), start + LONGEST), start + self._shortest - 1, -1):
                if (name := text[start:end]) in self._said and HAN.search(name):
                    yield name
                    start = end - 1
                    break
            start += 1

    def _english(self, text: str) -> Iterator[str]:
        words = re.findall(r"[a-z]+", text)
        start = 0
        while start < len(words):
            for end in range(min(len(words), start + MOST_WORDS), start, -1):
                if _key(name := " ".join(words[start:end])) in self._said:
                    yield name
                    start = end - 1
                    break
            start += 1


class Synonyms:
    """Names that mean the same: of the field's things, and of everyday ones."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        named = (each for each in passages if each.kind in ("term", "field"))
        self._things = Names(map(_names, named), shortest=2)
        self._everyday = Names(_everyday(), shortest=1)

    def concepts(self, text: str) -> list[Concept]:
        """Return the things a text in plain spelling names."""
        things = self._things.concepts(text, everyday=False)
        return [*things, *self._everyday.concepts(text, everyday=True)]


def _names(passage: Passage) -> tuple[str, ...]:
    """The words a passage goes by: no codes, no names of elements."""
    code = f" {passage.place}" if passage.place else "\n"
    own = (each for each in passage.names if not each.endswith(code) and not CODE_NAME.match(each))
    names = (BRACKETED.sub("", plain(each)).strip() for each in own)
    return tuple(dict.fromkeys(filter(PLAIN_NAME.fullmatch, names)))[:MOST_NAMES]


def _everyday() -> Iterator[tuple[str, ...]]:
    for line in EVERYDAY.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield tuple(line.split())


def _key(name: str) -> str:
    """A Chinese name as it stands, an English one by its stems."""
    return name if HAN.search(name) else " ".join(terms(name))
