"""A text into pieces: headings, articles, items, annexes. Nothing is lost, nothing is guessed."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from knowledge.importing.choosing import chosen
from knowledge.importing.marks import Mark, marks_in
from knowledge.importing.normal import BLANKS
from knowledge.importing.parts import parts_of
from knowledge.importing.pieces import Cut, Kind, Piece
from knowledge.importing.regions import Region, regions_of
from knowledge.importing.sequence import Places
from knowledge.text import Text

HEADING = 60
"""Longest heading that is kept with the articles below it."""
CHINESE_GAP = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")


def cut(paragraphs: Iterable[str]) -> Cut:
    """Return the pieces of a text; put together they are the text, word for word."""
    text = "\n".join(paragraphs)
    pieces: list[Piece] = []
    troubles: list[Text] = []
    seen: Counter[str] = Counter()
    for region in regions_of(text):
        places = Places(region.prefix, seen)
        pieces += _pieces(text, region, places)
        troubles += places.troubles()
    return Cut(tuple(pieces), tuple(troubles))


def _pieces(text: str, region: Region, places: Places) -> Iterator[Piece]:
    marks: Sequence[Mark] = ()
    if region.kind in {"text", "annex"}:
        marks = chosen(list(marks_in(text, region.start, region.end)), text)
    ends = [mark.start for mark in marks] + [region.end]
    if text[region.start : ends[0]].strip():
        head = _head(text[region.start : ends[0]], region, numbered=bool(marks))
        yield head._replace(place=places.apart(head.place))
    under = _Headings()
    for mark, end in zip(marks, ends[1:], strict=True):
        said = text[mark.start : end]
        if mark.kind == "heading":
            under.take(mark, said)
            yield Piece("heading", places.heading(mark), said, under.now(outer=mark.rank))
        else:
            place = places.article(mark, text)
            parts = parts_of(said, place, len(mark.label), counted=mark.kind == "article")
            yield Piece("article", place, said, under.now(), parts)


def _head(said: str, region: Region, *, numbered: bool) -> Piece:
    """Make the piece before the first number: all of it, where there is none."""
    kind: Kind = region.kind
    if region.kind == "text" and numbered:
        kind = "preamble"
    place = {"text": "general"}.get(kind, kind)
    if region.prefix:
        own = region.prefix.rstrip("/")
        place = own if region.kind == "annex" or not numbered else f"{own}/{place}"
    return Piece(kind, place, said)


class _Headings:
    """The headings in force, the outermost first."""

    def __init__(self) -> None:
        self._held: list[tuple[int, str]] = []

    def take(self, mark: Mark, said: str) -> None:
        self._held = [held for held in self._held if held[0] < mark.rank]
        self._held.append((mark.rank, _short(said)))

    def now(self, outer: int = 99) -> tuple[str, ...]:
        return tuple(title for rank, title in self._held if rank < outer)


def _short(said: str) -> str:
    """Return a heading as one line: `第一章 总则`, whatever blanks are set between the characters."""
    line = BLANKS.sub(" ", said.strip().partition("\n")[0]).strip()[:HEADING]
    number, blank, words = line.partition(" ")
    return f"{number}{blank}{CHINESE_GAP.sub('', words)}"
