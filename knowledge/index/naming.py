"""What passages go by: numbers, codes and names, gathered for looking up."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from knowledge.index.references import numbers_in, tariff_codes_in
from knowledge.index.terms import plain
from knowledge.passage import Passage

ELEMENT = re.compile(r"[a-z]+(?:_[a-z0-9]+)+|[A-Za-z]*[a-z][A-Z]\w*")
"""Names of fields and elements, unlike any English word: `net_weight`, `NetWt`."""
BRACKETED = re.compile(r"\s*[(（].*$")
LONG_TITLE = 8
"""A title of so many characters is told without 海关 before it too."""


class Names(msgspec.Struct, frozen=True):
    """Names and numbers of passages, as they are kept; each leads to numbers of passages."""

    ids: dict[str, list[int]]
    """By id, and by entry and place where that is not the id."""
    entries: dict[str, list[int]]
    about: dict[str, list[int]]
    places: dict[str, list[int]]
    fields: dict[str, list[int]]
    tariff: dict[str, list[int]]
    laws: dict[str, list[str]]
    """Entries by title or number."""
    codes: dict[str, list[str]]
    """Ids by code."""
    tables: dict[str, list[str]]
    """What each table of codes is called."""
    called: dict[str, list[int]]
    """By title and other names, in plain spelling."""


def names_of(passages: Iterable[Passage]) -> Names:
    """Return what passages go by."""
    gathered = _Gathered()
    for number, passage in enumerate(passages):
        gathered.add(number, passage)
    return gathered.names()


class _Gathered:
    """What passages go by, while they are gone through."""

    def __init__(self) -> None:
        self._ids: dict[str, list[int]] = defaultdict(list)
        self._entries: dict[str, list[int]] = defaultdict(list)
        self._about: dict[str, list[int]] = defaultdict(list)
        self._places: dict[str, list[int]] = defaultdict(list)
        self._fields: dict[str, list[int]] = defaultdict(list)
        self._tariff: dict[str, list[int]] = defaultdict(list)
        self._laws: dict[str, dict[str, None]] = defaultdict(dict)
        self._codes: dict[str, list[str]] = defaultdict(list)
        self._tables: dict[str, dict[str, None]] = defaultdict(dict)
        self._called: dict[str, list[int]] = defaultdict(list)
        self._named: list[tuple[str, dict[str, None]]] = []

    def add(self, number: int, passage: Passage) -> None:
        first = passage.entry not in self._entries
        self._ids[passage.id].append(number)
        whole = f"{passage.entry}#{passage.place}"
        if passage.place and whole != passage.id:
            self._ids[whole].append(number)
        self._entries[passage.entry].append(number)
        for other in passage.about:
            self._about[other].append(number)
        for name in {_plain(name): None for name in (*passage.title, *passage.names)}:
            self._called[name].append(number)
        if passage.kind == "source":
            self._places[passage.place].append(number)
            if first:
                self._name_law(passage)
        elif passage.kind == "field":
            self._name_field(number, passage)
        elif passage.place:
            self._name_code(passage)
        self._mention(number, passage)

    def _mention(self, number: int, passage: Passage) -> None:
        """Note the commodity codes a passage speaks of, or what a term calls a table."""
        if passage.kind != "term":
            for code in tariff_codes_in(f"{passage.text.zh} {passage.text.en}"):
                self._tariff[code].append(number)
        elif not passage.place:
            self._named.append((plain(passage.title.zh), _called(passage)))

    def _name_law(self, passage: Passage) -> None:
        for name in passage.names:
            bare = BRACKETED.sub("", plain(name)).removeprefix("中华人民共和国").strip()
            if len(bare) > (2 if bare > "\u3400" else 6):
                self._laws[bare][passage.entry] = None
            if bare.startswith("海关") and len(bare) >= LONG_TITLE:
                self._laws[bare.removeprefix("海关")][passage.entry] = None
        for key in keys_in(" ".join((passage.entry, *map(plain, passage.names[2:])))):
            self._laws[key][passage.entry] = None

    def _name_field(self, number: int, passage: Passage) -> None:
        self._fields[passage.id].append(number)
        for name in passage.names:
            word = name.rpartition("/")[2]
            if ELEMENT.fullmatch(word):
                self._fields[word.lower()].append(number)
        for table in passage.about:
            if table and "#" not in table and "-" not in table:
                self._tables[table] |= _called(passage)

    def _name_code(self, passage: Passage) -> None:
        self._codes[passage.place].append(passage.id)
        for name in passage.names:
            if name.endswith(f" {passage.place}"):
                table = plain(name.removesuffix(f" {passage.place}")).removesuffix("s")
                self._tables[passage.entry][table] = None

    def names(self) -> Names:
        """Return them; a term that goes by the name of a table lends it its other names."""
        for title, called in self._named:
            for names in self._tables.values():
                if title in names:
                    names |= called
        return Names(
            ids=self._ids,
            entries=self._entries,
            about=self._about,
            places=self._places,
            fields=self._fields,
            tariff=self._tariff,
            laws={name: list(laws) for name, laws in self._laws.items()},
            codes=self._codes,
            tables={table: list(names) for table, names in self._tables.items()},
            called=self._called,
        )


def keys_in(text: str) -> list[str]:
    """Return the numbers of instruments in a text as they are looked up: `order:272`, `no:2024-30`."""
    numbers = numbers_in(text.replace("-order-", " order "))
    orders = [f"order:{number}" for number in numbers.orders]
    return orders + [f"no:{number}" for number in numbers.announcements]


def _called(passage: Passage) -> dict[str, None]:
    """What a passage is called in words, without brackets and plurals."""
    bare = (BRACKETED.sub("", plain(name)).removesuffix("s") for name in passage.names)
    return {name: None for name in bare if (name > "\u3400" and len(name) > 1) or " " in name}


_plain = lru_cache(maxsize=8_192)(plain)
"""The plain spelling of a title or name; those of a law stand over each of its articles."""
