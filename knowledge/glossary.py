"""The glossary (术语表): the field's terms in both languages, and what people call them."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from knowledge.errors import PackError
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
    with file.open(encoding="utf-8", newline="") as text:
        try:
            return {record["zh"]: _term(record) for record in csv.DictReader(text)}
        except KeyError as missing:
            raise PackError(file, f"there is no column {missing}", "Add it") from None


def _term(record: Mapping[str, str]) -> Term:
    return Term(
        name=Text(record["zh"], record["en"]),
        synonyms=tuple(filter(None, map(str.strip, (record["synonyms"] or "").split(";")))),
        kind=record["kind"] or "",
        table=record["table"] or "",
        code=record["code"] or "",
    )
