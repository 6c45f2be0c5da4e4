"""The exact lane: passages a question names by number, code or name."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from knowledge.index.references import (
    CODE,
    LICENCE,
    issuer_in,
    numbers_in,
    rules_in,
    tariff_codes_in,
)
from knowledge.index.terms import plain
from knowledge.passage import Passage

PLACE, WHOLE, GENERAL, SUCCESSOR, CITING, ALONE = 1.0, 0.6, 0.7, 0.65, 0.5, 0.15
"""How surely a passage is meant: the very place; its law alone, and the law's general remarks; the
law that replaced it; a passage about it; an article number without a law."""
MOST_CODES = 40
ALONE_CODE = re.compile(r"\d{4,}|[A-Z]{3}")
"""Codes that say by their shape that they are codes."""
ELEMENT = re.compile(r"[a-z]+(?:_[a-z0-9]+)+|[A-Za-z]*[a-z][A-Z]\w*")
"""Names of fields and elements, unlike any English word: `net_weight`, `NetWt`."""
NOT_COUNTED = r"(?![0-9a-z.]|\s*[张份个件票天日月年项种])"
BRACKETED = re.compile(r"\s*[(（].*$")


class Named(NamedTuple):
    """How surely a passage was named, and by what."""

    strength: float
    by: str


class Exact:
    """Names and numbers of passages, for looking up."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._ids = {passage.id: number for number, passage in enumerate(passages)}
        self._entries: dict[str, list[int]] = defaultdict(list)
        self._about: dict[str, list[int]] = defaultdict(list)
        self._places: dict[str, list[int]] = defaultdict(list)
        self._laws: dict[str, set[str]] = defaultdict(set)
        self._codes: dict[str, list[str]] = defaultdict(list)
        self._tables: dict[str, set[str]] = defaultdict(set)
        self._fields: dict[str, list[int]] = defaultdict(list)
        self._tariff: dict[str, list[int]] = defaultdict(list)
        for number, passage in enumerate(passages):
            self._add(number, passage)
        for passage in passages:
            if passage.kind == "term" and not passage.place:
                self._name_table_again(passage)

    def _add(self, number: int, passage: Passage) -> None:
        first = passage.entry not in self._entries
        self._entries[passage.entry].append(number)
        for other in passage.about:
            self._about[other].append(number)
        if passage.kind == "source":
            self._places[passage.place].append(number)
            if first:
                self._name_law(passage)
        elif passage.kind == "field":
            self._name_field(number, passage)
        elif passage.place:
            self._name_code(passage)
        if passage.kind != "term":
            for code in tariff_codes_in(f"{passage.text.zh} {passage.text.en}"):
                self._tariff[code].append(number)

    def _name_law(self, passage: Passage) -> None:
        for name in passage.names:
            bare = BRACKETED.sub("", plain(name)).removeprefix("中华人民共和国").strip()
            if len(bare) > (2 if bare > "\u3400" else 6):
                self._laws[bare].add(passage.entry)
        for key in _keys(" ".join((passage.entry, *map(plain, passage.names[2:])))):
            self._laws[key].add(passage.entry)

    def _name_field(self, number: int, passage: Passage) -> None:
        self._fields[passage.id].append(number)
        for name in passage.names:
            word = name.rpartition("/")[2]
            if ELEMENT.fullmatch(word):
                self._fields[word.lower()].append(number)
        for table in passage.about:
            if table and "#" not in table and "-" not in table:
                self._tables[table].update(_called(passage))

    def _name_code(self, passage: Passage) -> None:
        self._codes[passage.place].append(passage.id)
        for name in passage.names:
            if name.endswith(f" {passage.place}"):
                table = plain(name.removesuffix(f" {passage.place}")).removesuffix("s")
                self._tables[passage.entry].add(table)

    def _name_table_again(self, passage: Passage) -> None:
        """A term that goes by the name of a table lends the table its other names."""
        called = _called(passage)
        for names in self._tables.values():
            if plain(passage.title.zh) in names:
                names.update(called)

    def find(self, asked: str, text: str, allowed: Collection[int]) -> dict[int, Named]:
        """Return the allowed passages a question names.

        Args:
            asked: the question as written.
            text: the question in plain spelling.
            allowed: the passages that may be found.
        """
        found: dict[int, Named] = {}
        for lane in (self._by_law, self._by_rule, self._by_field, self._by_tariff):
            _keep(found, lane(text, allowed), allowed)
        _keep(found, self._by_code(unicodedata.normalize("NFKC", asked), text), allowed)
        return found

    def _by_law(self, text: str, allowed: Collection[int]) -> Iterable[tuple[int, Named]]:
        articles = numbers_in(text).articles
        laws = self._named_laws(text)
        for law in laws:
            held = [number for number in self._entries[law] if number in allowed]
            if not held:
                yield from ((each, Named(SUCCESSOR, law)) for each in self._about[law])
            for number in held:
                general = number == self._ids.get(f"{law}#general")
                yield number, Named(GENERAL if general else WHOLE, law)
            for article in articles:
                yield from self._named(f"{law}#{article}")
        if not laws:
            for article in articles:
                yield from ((each, Named(ALONE, f"#{article}")) for each in self._places[article])

    def _named_laws(self, text: str) -> list[str]:
        """The laws a text names: by number, else by title, the longest titles first."""
        numbered = [law for key in _keys(text) for law in sorted(self._laws.get(key, ()))]
        if issuer := issuer_in(text):
            numbered = [law for law in numbered if f"-{issuer}-" in law] or numbered
        titled: list[str] = []
        for title in sorted((each for each in self._laws if each in text), key=len, reverse=True):
            if title in text and ":" not in title:
                titled += self._laws[title]
                text = text.replace(title, " ")
        return list(dict.fromkeys(numbered + titled))

    def _named(self, id: str) -> Iterable[tuple[int, Named]]:
        if id in self._ids:
            yield self._ids[id], Named(PLACE, id)
        yield from ((number, Named(CITING, id)) for number in self._about.get(id, ()))

    def _by_rule(self, text: str, allowed: Collection[int]) -> Iterable[tuple[int, Named]]:
        for code in rules_in(text):
            if code in self._ids:
                yield from self._named(code)

    def _by_field(self, text: str, allowed: Collection[int]) -> Iterable[tuple[int, Named]]:
        for word in re.findall(r"[a-z]\w*(?:\.\w+)*", text):
            for number in self._fields.get(word, ()):
                yield number, Named(PLACE, word)

    def _by_tariff(self, text: str, allowed: Collection[int]) -> Iterable[tuple[int, Named]]:
        for code in tariff_codes_in(text):
            for held, numbers in self._tariff.items():
                same = PLACE if held == code else WHOLE if code.startswith(held) else 0
                same = same or (WHOLE if held.startswith(code) else 0)
                if same:
                    yield from ((number, Named(same, code)) for number in numbers)

    def _by_code(self, asked: str, text: str) -> Iterable[tuple[int, Named]]:
        """Codes of the tables: beside the name of their table, or unlike any other word."""
        near = {table: [n for n in names if n in text] for table, names in self._tables.items()}
        for code in dict.fromkeys(LICENCE.findall(asked)):
            yield from self._named(f"licence#{code}")
        for code in list(dict.fromkeys(CODE.findall(asked)))[:MOST_CODES]:
            held = self._codes.get(code) or self._codes.get(code.upper(), [])
            meant = [row for row in held if _beside(near[row.partition("#")[0]], code, text)]
            if not meant and len(held) == 1 and ALONE_CODE.fullmatch(code):
                meant = held
            for row in meant:
                yield from self._named(row)


def _beside(names: Iterable[str], code: str, text: str) -> bool:
    """Whether a code stands with the name of its table; a short one must stand next to it."""
    if len(code) > 2:
        return any(names)
    after = rf"[^0-9a-z]{{0,6}}(?:code|no|is)?[^0-9a-z]{{0,3}}{code.lower()}{NOT_COUNTED}"
    return any(re.search(re.escape(name) + after, text) for name in names)


def _called(passage: Passage) -> set[str]:
    """What a passage is called in words, without brackets and plurals."""
    bare = (BRACKETED.sub("", plain(name)).removesuffix("s") for name in passage.names)
    return {name for name in bare if (name > "\u3400" and len(name) > 1) or " " in name}


def _keys(text: str) -> list[str]:
    """Numbers of instruments as they are looked up: `order:272`, `no:2024-30`."""
    numbers = numbers_in(text.replace("-order-", " order "))
    orders = [f"order:{number}" for number in numbers.orders]
    return orders + [f"no:{number}" for number in numbers.announcements]


def _keep(
    found: dict[int, Named], named: Iterable[tuple[int, Named]], allowed: Collection[int]
) -> None:
    """Keep the strongest naming of each passage that may be found."""
    for number, each in named:
        if number in allowed and (number not in found or found[number].strength < each.strength):
            found[number] = each
