"""Phrases looked for in a message, all at once and in bounded time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

Meaning = TypeVar("Meaning")
LONGEST = 48
"""Characters of the longest phrase that is kept."""


class Place(NamedTuple):
    """Where something stands in a message."""

    start: int
    end: int


class Phrases(Generic[Meaning]):
    """What phrases mean, for looking up; English ones stand between other signs than letters.

    A phrase that ends in `*` may go on: `declar*`.
    """

    def __init__(self, meanings: Iterable[tuple[str, Meaning]]) -> None:
        held: dict[str, list[Meaning]] = defaultdict(list)
        self._open: set[str] = set()
        for phrase, meaning in meanings:
            bare = phrase.removesuffix("*")
            if phrase != bare:
                self._open.add(bare)
            if bare and len(bare) <= LONGEST and meaning not in held[bare]:
                held[bare].append(meaning)
        self._held = {phrase: tuple(said) for phrase, said in held.items()}
        self._lengths = _lengths(self._held)

    def all(self, low: str) -> Iterator[tuple[Place, tuple[Meaning, ...]]]:
        """Return every phrase of a text, those within others too."""
        for start in range(len(low)):
            yield from self._at(low, start)

    def longest(self, low: str) -> Iterator[tuple[Place, tuple[Meaning, ...]]]:
        """Return the phrases of a text from left to right, in each place the longest."""
        start = 0
        while start < len(low):
            found = next(self._at(low, start), None)
            if found is None:
                start += 1
                continue
            yield found
            start = found[0].end

    def _at(self, low: str, start: int) -> Iterator[tuple[Place, tuple[Meaning, ...]]]:
        for size in self._lengths.get(low[start : start + 2]) or self._lengths.get(low[start], ()):
            phrase = low[start : start + size]
            meanings = self._held.get(phrase)
            if meanings and self._whole(low, start, phrase):
                yield Place(start, start + len(phrase)), meanings

    def _whole(self, low: str, start: int, phrase: str) -> bool:
        if _letter(phrase[0]) and start and _letter(low[start - 1]):
            return False
        rest = low[start + len(phrase) : start + len(phrase) + 2]
        if not rest or not _letter(phrase[-1]) or phrase in self._open:
            return True
        return not _letter(rest[0]) or (rest[0] == "s" and not _letter(rest[1:]))


def _letter(sign: str) -> bool:
    return bool(sign) and sign.isascii() and sign.isalnum()


def _lengths(phrases: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Lengths of the phrases, longest first, by their first two signs; of single signs by one."""
    found: dict[str, set[int]] = defaultdict(set)
    singles = {phrase for phrase in phrases if len(phrase) == 1}
    for phrase in phrases:
        found[phrase[:2]].add(len(phrase))
    for beginning, sizes in found.items():
        if beginning[0] in singles:
            sizes.add(1)
    return {beginning: tuple(sorted(sizes, reverse=True)) for beginning, sizes in found.items()}
