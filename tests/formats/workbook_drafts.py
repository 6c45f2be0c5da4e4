"""Drafts with any field of any block filled, for the way into a workbook and back."""

from typing import Any

import msgspec
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from auditors.declaration import Declaration, Message
from auditors.formats.building import MANY, Builder
from auditors.names import PARTS
from knowledge.fields import FormField
from knowledge.library import Library
from tests.strategies import TEXTS, value


def drafts(library: Library) -> SearchStrategy[Declaration]:
    """Give drafts whose every part has something in it; a blank line of a workbook is no part."""
    outer = {name for name in library.fields if "." not in name}
    held = {name: _block(name, library) for name in outer}
    documents = {
        name: _block(f"documents.{name}", library) for name in _inner("documents", library)
    }
    held["documents"] = st.fixed_dictionaries({}, optional=documents)
    return st.fixed_dictionaries({}, optional=held).map(lambda raw: _draft(raw, library))


def _draft(raw: dict[str, Any], library: Library) -> Declaration:
    draft = Builder(library, "json").declaration(raw)
    return msgspec.structs.replace(draft, message=Message())


def _block(path: str, library: Library) -> SearchStrategy[Any]:
    fields = {field.name: _value(field, library) for field in library.fields[path].fields.values()}
    filled = st.dictionaries(st.sampled_from(sorted(fields)), st.none(), min_size=1, max_size=8)
    part = filled.flatmap(
        lambda names: st.fixed_dictionaries({name: fields[name] for name in names})
    )
    if inner := {name: _block(f"{path}.{name}", library) for name in _inner(path, library)}:
        also = st.fixed_dictionaries({}, optional=inner)
        part = st.builds(lambda own, more: own | more, part, also)
    return st.lists(part, max_size=3) if path in PARTS or path in MANY else part


def _inner(path: str, library: Library) -> set[str]:
    return {name.rpartition(".")[2] for name in library.fields if name.rpartition(".")[0] == path}


def _value(field: FormField, library: Library) -> SearchStrategy[Any]:
    codes = [row.code for row in library.table(field.table).rows] if field.table else []
    match field.kind:
        case "codes":
            return st.lists(st.sampled_from(codes), min_size=1, max_size=3)
        case "counts":
            return st.lists(st.integers(1, 50), min_size=1, max_size=3)
        case "code" if codes:
            return st.sampled_from(codes)
        case "texts":
            return st.lists(
                st.text("ABC0123456789-/", min_size=1, max_size=9), min_size=1, max_size=3
            )
        case "numbers":
            rates = st.decimals(0, 1000, places=4).filter(bool)
            return st.dictionaries(st.sampled_from(["EUR", "USD"]), rates, min_size=1)
        case "moment":
            return st.datetimes().map(lambda moment: f"{moment.isoformat()}+08:00")
        case "text":
            return TEXTS | st.sampled_from(["=1+1", "+A1", "-1", "@x", "\tx", "#N/A", "2026-03-02"])
        case _:
            return value(field)
