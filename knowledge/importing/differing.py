"""Two versions compared: articles added, removed, changed, and those that only moved."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from knowledge.importing.marks import MARKS
from knowledge.importing.normal import without_blanks
from knowledge.importing.pieces import Piece

ALIKE = 0.6
"""Smallest likeness (0 to 1) of two wordings of one article."""
MOST_PAIRS = 40_000
"""Most pairs of articles that are compared word by word; beyond, their numbers match them."""
LONGEST = 2_000
"""Characters of an article that its likeness is told by."""
COMPARED = frozenset(("article", "text", "annex"))
SIGNS = str.maketrans("(),;:<>", "（），；：〈〉")
"""Punctuation that copies of one law write in both widths."""


class Change(NamedTuple):
    """One article in both wordings; its number may have changed with it."""

    before: Piece
    after: Piece


class Difference(NamedTuple):
    """What changed from one version to another."""

    added: tuple[Piece, ...]
    removed: tuple[Piece, ...]
    changed: tuple[Change, ...]
    moved: tuple[Change, ...]
    """Articles with another number and the same words."""


def difference(before: Iterable[Piece], after: Iterable[Piece]) -> Difference:
    """Return what changed; articles are matched by their words first, then by their numbers."""
    old = [piece for piece in before if piece.kind in COMPARED]
    new = [piece for piece in after if piece.kind in COMPARED]
    found = _Finding()
    matcher = SequenceMatcher(None, [_words(each) for each in old], [_words(each) for each in new], autojunk=False)  # fmt: skip
    for tag, start, end, start_new, end_new in matcher.get_opcodes():
        if tag == "equal":
            found.take_same(old[start:end], new[start_new:end_new])
        else:
            found.take_different(old[start:end], new[start_new:end_new])
    return found.difference()


class _Finding:
    def __init__(self) -> None:
        self._added: list[Piece] = []
        self._removed: list[Piece] = []
        self._changed: list[Change] = []
        self._moved: list[Change] = []

    def difference(self) -> Difference:
        return Difference(
            added=tuple(self._added),
            removed=tuple(self._removed),
            changed=tuple(self._changed),
            moved=tuple(self._moved),
        )

    def take_same(self, old: Sequence[Piece], new: Sequence[Piece]) -> None:
        for one, other in zip(old, new, strict=True):
            if one.place != other.place:
                self._moved.append(Change(one, other))

    def take_different(self, old: Sequence[Piece], new: Sequence[Piece]) -> None:
        pairs = _pairs(old, new)
        paired_new = set(pairs.values())
        for at, one in enumerate(old):
            if at in pairs:
                self._changed.append(Change(one, new[pairs[at]]))
            else:
                self._removed.append(one)
        self._added += [other for at, other in enumerate(new) if at not in paired_new]


def _pairs(old: Sequence[Piece], new: Sequence[Piece]) -> dict[int, int]:
    """Match what is most alike first; what is left is matched by its number."""
    pairs: dict[int, int] = {}
    for _, m, n in sorted(_likenesses(old, new), reverse=True):
        if m not in pairs and n not in pairs.values():
            pairs[m] = n
    places = {other.place: n for n, other in enumerate(new) if n not in pairs.values()}
    for m, one in enumerate(old):
        if m not in pairs and one.place in places:
            pairs[m] = places[one.place]
    return pairs


def _likenesses(old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[tuple[float, int, int]]:
    if len(old) * len(new) > MOST_PAIRS:
        return
    for m, one in enumerate(old):
        for n, other in enumerate(new):
            if (share := _alike(one, other)) >= ALIKE:
                yield share, m, n


def _alike(one: Piece, other: Piece) -> float:
    matcher = SequenceMatcher(None, _words(one)[:LONGEST], _words(other)[:LONGEST], autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0
    return matcher.ratio()


def _words(piece: Piece) -> str:
    """Return the words of an article without its number, whatever its blanks and the width of its signs."""
    label = MARKS.match(piece.text) if piece.kind == "article" else None
    return without_blanks(piece.text[label.end() if label else 0 :]).translate(SIGNS)
