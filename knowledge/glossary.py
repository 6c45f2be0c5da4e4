"""The glossary (术语表): the field's terms in both languages, and what people call them."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from knowledge.records import by_key, several
from knowledge.text import Text


class Term(NamedTuple):
    """A term and its other names."""

    name: Text
    synonyms: tuple[str, ...]
    kind: str
    """party, system, document, code, procedure or term."""
    table: str
    """Code table it stands in, where it is a code."""
    code: str


def read_glossary(file: Path) -> Mapping[str, Term]:
    """Read the terms of one file, by their Chinese name.

    Raises:
        PackError: a column is missing.
    """
    return by_key(file, "zh", _term)


def _term(record: Mapping[str, str]) -> Term:
    return Term(
        name=Text(record["zh"], record["en"]),
        synonyms=several(record["synonyms"]),
        kind=record["kind"] or "",
        table=record["table"] or "",
        code=record["code"] or "",
    )
