"""Marks: which characters of a text bear out a question."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from knowledge.index.terms import COUNTED, TRADITIONAL, WORD, terms
from knowledge.numerals import number_of
from knowledge.text import Text

SENTENCE = re.compile(r"[^。！？；;\n]+?(?:[。！？；;\n]|(?<![A-Z])[.!?](?=\s|$)|$)")
LONGEST = 20_000
"""Characters of a text that are gone through."""
TYPICAL = 60
"""A sentence of so many characters is not held back for its length."""


class Stretch(NamedTuple):
    """First character, and the one after the last."""

    start: int
    end: int


class Marks(NamedTuple):
    """What to mark in a text: the sentence that bears out most, and the words in it."""

    sentence: Stretch
    words: tuple[Stretch, ...] = ()


class BothMarks(NamedTuple):
    """Marks in each language; none where nothing bears out anything."""

    zh: Marks | None
    en: Marks | None


def marks(told: Mapping[str, float], text: Text) -> BothMarks:
    """Return what to mark in a text for a question's terms, weighed."""
    return BothMarks(_marks(told, text.zh), _marks(told, text.en))


def _marks(told: Mapping[str, float], text: str) -> Marks | None:
    best, sentence = 0.0, Stretch(0, 0)
    for found in SENTENCE.finditer(text[:LONGEST]):
        weight = sum(told.get(term, 0.0) for term in set(terms(found[0])))
        weight /= 1 + max(len(found[0]) - TYPICAL, 0) / (4 * TYPICAL)
        if weight > best:
            best, sentence = weight, _trimmed(found)
    if not best:
        return None
    return Marks(sentence, tuple(_joined(_words(told, text, sentence))))


def _trimmed(found: re.Match[str]) -> Stretch:
    """A sentence without the blanks around it."""
    start = found.start() + len(found[0]) - len(found[0].lstrip())
    return Stretch(start, found.start() + len(found[0].rstrip()))


def _words(told: Mapping[str, float], text: str, sentence: Stretch) -> Iterator[Stretch]:
    """The words of a sentence that are among the terms, in order; characters only in pairs."""
    spelt, places = _plain(text[sentence.start : sentence.end])
    for found in (*COUNTED.finditer(spelt), *WORD.finditer(spelt)):
        if found[0][0] >= "\u3400" and found.re is WORD:
            pairs = range(found.start(), found.end() - 1)
            stretches = [(at, at + 2) for at in pairs if spelt[at : at + 2] in told]
        else:
            known = (str(number_of(found[0])), *terms(found[0]))
            stretches = [found.span()] if any(map(_is_word, filter(told.get, known))) else []
        for start, end in stretches:
            yield Stretch(sentence.start + places[start], sentence.start + places[end - 1] + 1)


def _is_word(term: str) -> bool:
    return len(term) > 1 or not term >= "\u3400"


def _plain(text: str) -> tuple[str, list[int]]:
    """A text in plain spelling, numbers left as they are, and where each character came from."""
    spelt: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for each in unicodedata.normalize("NFKC", sign).lower().translate(TRADITIONAL):
            spelt.append(each)
            places.append(place)
    return "".join(spelt), places


def _joined(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    """Stretches in order, those that touch or overlap as one."""
    last: Stretch | None = None
    for each in sorted(stretches):
        if last and each.start <= last.end:
            last = Stretch(last.start, max(last.end, each.end))
        else:
            if last:
                yield last
            last = each
    if last:
        yield last
