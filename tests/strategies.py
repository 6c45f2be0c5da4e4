"""Drafts made from the field tables: any fields filled, each with a value of its kind and size."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from string import ascii_uppercase, digits
from typing import Any

import msgspec
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from auditors.declaration import Declaration, Message
from auditors.formats.building import MANY, Builder
from auditors.names import PARTS
from knowledge.fields import Block, FormField
from knowledge.library import Library

LONGEST = 12
"""Longer values find nothing that shorter ones do not."""
TEXTS = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc"],
        include_characters="\t\n\r",
        exclude_characters="\ufffe\uffff",
    ),
    min_size=1,
    max_size=LONGEST,
).filter(lambda text: bool(text.strip()))


EARLIEST = datetime(1900, 1, 1)  # noqa: DTZ001 (the strategy adds the zone)
RATES = st.decimals(0, 999, places=4)


def drafts(library: Library) -> SearchStrategy[Declaration]:
    """Give drafts that have only fields and blocks the Single Window message has elements for."""
    blocks = {name: block for name, block in library.fields.items() if _in_message(block)}
    outer = {name: _block(name, blocks) for name in blocks if "." not in name}
    return st.fixed_dictionaries({}, optional=outer).map(lambda raw: _draft(raw, library))


def _draft(raw: dict[str, Any], library: Library) -> Declaration:
    draft = Builder(library, "json").declaration(_without_blanks(raw))
    return msgspec.structs.replace(draft, message=Message())


def whole_drafts(library: Library) -> SearchStrategy[Declaration]:
    """Give drafts with any field and block of the form filled."""
    blocks = dict(library.fields)
    outer = {name: _block(name, blocks, whole=True) for name in blocks if "." not in name}
    documents = {name for name in blocks if name.startswith("documents.")}
    held = {name.partition(".")[2]: _block(name, blocks, whole=True) for name in documents}
    outer["documents"] = st.fixed_dictionaries({}, optional=held)
    return st.fixed_dictionaries({}, optional=outer).map(lambda raw: _draft(raw, library))


def _in_message(block: Block) -> bool:
    return any(field.xml for field in block.fields.values())


def _block(id: str, blocks: dict[str, Block], whole: bool = False) -> SearchStrategy[Any]:
    fields = blocks[id].fields.items()
    held = {name: value(field) for name, field in fields if field.xml or whole}
    inner = {each for each in blocks if each.rpartition(".")[0] == id}
    held |= {each.rpartition(".")[2]: _block(each, blocks, whole) for each in inner}
    part = st.fixed_dictionaries({}, optional=held)
    return st.lists(part, max_size=2) if id in PARTS or id in MANY else part


def _without_blanks(raw: dict[str, Any]) -> dict[str, Any]:
    """An empty single block is no block; the parts of a list stay, they count."""
    made = {}
    for name, held in raw.items():
        if isinstance(held, dict):
            held = _without_blanks(held)
        elif isinstance(held, list) and held and isinstance(held[0], dict):
            held = [_without_blanks(part) for part in held]
        if held not in ({}, []):
            made[name] = held
    return made


def value(field: FormField) -> SearchStrategy[Any]:
    """Give values of a field's kind and size."""
    if field.xml.endswith("]"):
        return st.sampled_from("01")
    if field.kind == "number":
        return _numbers(field.size)
    return OF_KIND[field.kind] if field.kind in OF_KIND else _codes(field.size)


def _numbers(size: str) -> SearchStrategy[Decimal]:
    found = re.search(r"n(\d+),(\d+)", size)
    whole, places = map(int, found.groups()) if found else (9, 0)
    most = Decimal(10) ** min(whole, LONGEST) - 1
    return st.decimals(-most if "±" in size else 0, most, places=places)


def _codes(size: str) -> SearchStrategy[str]:
    signs = {"n": digits, "a": ascii_uppercase}.get(size.rstrip("≤0123456789-, "), "")
    widths = [int(width) for width in re.findall(r"\d+", size)] or [LONGEST]
    longest = min(widths[-1], LONGEST)
    shortest = 1 if "≤" in size else min(widths[0], LONGEST)
    return st.text(signs or digits + ascii_uppercase, min_size=shortest, max_size=longest)


OF_KIND: Mapping[str, SearchStrategy[Any]] = {
    "text": TEXTS,
    "count": st.integers(0, 99),
    "date": st.dates(),
    "moment": st.datetimes(EARLIEST, timezones=st.just(UTC)),
    "codes": st.lists(_codes("n2"), max_size=5),
    "counts": st.lists(st.integers(1, 50), max_size=5),
    "texts": st.lists(TEXTS, max_size=3),
    "numbers": st.dictionaries(st.text(ascii_uppercase, min_size=3, max_size=3), RATES),
}
