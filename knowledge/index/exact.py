"""The exact lane: passages a question names by number, code or name."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.index.naming import Names, keys_in
from knowledge.index.references import (
    CODE,
    LICENCE,
    issuer_in,
    numbers_in,
    rules_in,
    tariff_codes_in,
)

PLACE, WHOLE, GENERAL, SUCCESSOR, CITING, ALONE = 1.0, 0.6, 0.7, 0.65, 0.5, 0.15
"""How surely a passage is meant: the very place; its law alone, and the law's general remarks; the
law that replaced it; a passage about it; an article number without a law."""
MOST_CODES = 40
ALONE_CODE = re.compile(r"\d{4,}|[A-Z]{3}")
"""Codes that say by their shape that they are codes."""
NOT_COUNTED = r"(?![0-9a-z.]|\s*[张份个件票天日月年项种])"
TARIFF_LENGTHS = (6, 8)
"""Digits of a heading, by which longer commodity codes are found."""


class Named(NamedTuple):
    """Passages named, how surely, and by what."""

    numbers: Sequence[int]
    strength: float
    by: str


class Exact:
    """Passages looked up by what they go by."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def find(self, asked: str, text: str, allowed: NDArray[np.bool_]) -> list[Named]:
        """Return the passages a question names, those that may be found alone.

        Args:
            asked: the question as written.
            text: the question in plain spelling.
            allowed: which passages may be found.
        """
        lanes: tuple[Callable[[], Iterable[Named]], ...] = (
            lambda: self._by_law(text, allowed),
            lambda: self._by_rule(text),
            lambda: self._by_field(text),
            lambda: self._by_tariff(text),
            lambda: self._by_code(unicodedata.normalize("NFKC", asked), text),
        )
        every = (named for lane in lanes for named in lane())
        may = (each._replace(numbers=_allowed(each.numbers, allowed)) for each in every)
        return [each for each in may if each.numbers]

    def called(self, name: str) -> Sequence[int]:
        """Return the passages that go by a name in plain spelling."""
        return self._names.called.get(name, ())

    def _by_law(self, text: str, allowed: NDArray[np.bool_]) -> Iterator[Named]:
        articles = numbers_in(text).articles
        laws = self._named_laws(text)
        for law in laws:
            held = _allowed(self._names.entries.get(law, ()), allowed)
            if not held:
                yield Named(self._names.about.get(law, ()), SUCCESSOR, law)
            yield Named(self._names.ids.get(f"{law}#general", ()), GENERAL, law)
            yield Named(held, WHOLE, law)
            for article in articles:
                yield from self._place(f"{law}#{article}")
        if not laws:
            for article in articles:
                yield Named(self._names.places.get(article, ()), ALONE, f"#{article}")

    def _named_laws(self, text: str) -> list[str]:
        """The laws a text names: by number, else by title, the longest titles first."""
        numbered = [law for key in keys_in(text) for law in sorted(self._names.laws.get(key, ()))]
        if issuer := issuer_in(text):
            numbered = [law for law in numbered if f"-{issuer}-" in law] or numbered
        titled: list[str] = []
        for title in sorted(self._titles_in(text), key=lambda title: (-len(title), title)):
            if title in text:
                titled += self._names.laws[title]
                text = text.replace(title, " ")
        return list(dict.fromkeys(numbered + titled))

    def _titles_in(self, text: str) -> set[str]:
        return {
            title
            for at in range(len(text) - 1)
            for title in self._titles.get(text[at : at + 2], ())
            if text.startswith(title, at)
        }

    @cached_property
    def _titles(self) -> dict[str, list[str]]:
        """Titles of laws by their first two characters."""
        titles: dict[str, list[str]] = defaultdict(list)
        for title in self._names.laws:
            if ":" not in title:
                titles[title[:2]].append(title)
        return dict(titles)

    def _place(self, id: str) -> Iterator[Named]:
        yield Named(self._names.ids.get(id, ()), PLACE, id)
        if id in self._names.about:
            yield Named(self._names.about[id], CITING, id)

    def _by_rule(self, text: str) -> Iterator[Named]:
        for code in rules_in(text):
            if code in self._names.ids:
                yield from self._place(code)

    def _by_field(self, text: str) -> Iterator[Named]:
        for word in re.findall(r"[a-z]\w*(?:\.\w+)*", text):
            if word in self._names.fields:
                yield Named(self._names.fields[word], PLACE, word)

    def _by_tariff(self, text: str) -> Iterator[Named]:
        for code in tariff_codes_in(text):
            yield Named(self._names.tariff.get(code, ()), PLACE, code)
            shorter = [code[:digits] for digits in TARIFF_LENGTHS if digits < len(code)]
            for held in (*shorter, *self._longer_codes.get(code, ())):
                yield Named(self._names.tariff.get(held, ()), WHOLE, code)

    @cached_property
    def _longer_codes(self) -> dict[str, list[str]]:
        """Commodity codes by their headings."""
        longer: dict[str, list[str]] = defaultdict(list)
        for code in self._names.tariff:
            for digits in TARIFF_LENGTHS:
                if digits < len(code):
                    longer[code[:digits]].append(code)
        return dict(longer)

    def _by_code(self, asked: str, text: str) -> Iterator[Named]:
        """Codes of the tables: beside the name of their table, or unlike any other word."""
        for code in dict.fromkeys(LICENCE.findall(asked)):
            yield from self._place(f"licence#{code}")
        codes = list(dict.fromkeys(CODE.findall(asked)))[:MOST_CODES]
        tables = self._names.tables if codes else {}
        near = {table: [n for n in names if n in text] for table, names in tables.items()}
        for code in codes:
            held = self._names.codes.get(code) or self._names.codes.get(code.upper(), [])
            meant = [row for row in held if _beside(near[row.partition("#")[0]], code, text)]
            if not meant and len(held) == 1 and ALONE_CODE.fullmatch(code):
                meant = held
            for row in meant:
                yield from self._place(row)


def _allowed(numbers: Sequence[int], allowed: NDArray[np.bool_]) -> Sequence[int]:
    """Those numbers that may be found."""
    if len(numbers) == 1:
        return numbers if allowed[numbers[0]] else ()
    of = np.array(numbers, np.intp)
    return of[allowed[of]].tolist() if len(of) else ()


def _beside(names: Iterable[str], code: str, text: str) -> bool:
    """Whether a code stands with the name of its table; a short one must stand next to it."""
    if len(code) > 2:
        return any(names)
    after = rf"[^0-9a-z]{{0,6}}(?:code|no|is)?[^0-9a-z]{{0,3}}{code.lower()}{NOT_COUNTED}"
    return any(re.search(re.escape(name) + after, text) for name in names)
