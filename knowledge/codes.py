"""Code tables (代码表): dated lists of codes as published by their owner."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from knowledge.citation import Citation
from knowledge.errors import PackError
from knowledge.records import several
from knowledge.span import Span
from knowledge.text import Text

OWN = ("code", "zh", "en", "aliases", "legacy", "successor", "status", "since", "until")


class Row(NamedTuple):
    """One code: its name, the days it may be used, and what else the table tells of it."""

    code: str
    name: Text
    span: Span
    status: str
    aliases: tuple[str, ...]
    """Other words that mean this code and no other of the table."""
    legacy: tuple[str, ...]
    """Codes it had before the table was renewed."""
    successor: str
    """The code that replaces it; empty when there is none or it is not known."""
    more: Mapping[str, str]
    """The table's own columns."""


@dataclass(frozen=True)
class CodeTable:
    """A code list with its source, its completeness and its days in force."""

    id: str
    name: Text
    source: Citation
    confirmed: date
    complete: bool
    """Whether every code of the official table is here. A partial table rejects nothing."""
    size: str
    """Rows held and rows there are, for people: `53 of 55`."""
    shape: re.Pattern[str] | None
    """What every code of the full official table looks like, where that is known."""
    span: Span
    rows: tuple[Row, ...]

    def on(self, day: date) -> Mapping[str, Row]:
        """Return the rows in force on a day, by code."""
        return {row.code: row for row in self.rows if row.span.covers(day)}

    @cached_property
    def _latest(self) -> Mapping[str, Row]:
        """The latest row of each code, in force or not."""
        return {row.code: row for row in self.rows}

    def known(self, code: str) -> Row | None:
        """Return the latest row of a code, in force or not."""
        return self._latest.get(code)

    def refuses(self, code: str) -> bool:
        """Return whether a code is certainly not in the official table, nor ever was.

        A partial table refuses only what lacks the shape that all codes of the full one have.
        """
        if self.known(code):
            return False
        return self.complete or bool(self.shape and not self.shape.fullmatch(code))

    def resolve(self, written: str) -> tuple[str, ...]:
        """Return the codes a person may have meant: by code, lost zeros, older code or name.

        More than one code means the writing is ambiguous, none that it says nothing here: `1` in
        a table with a code 01 and an older code 1 may be either.
        Accepts `代码-名称`, `代码|名称` and `名称(代码)` as well.
        """
        text = written.strip()
        for guess in (self._by_code, self._by_word, self._by_both):
            if found := guess(text):
                return found
        return ()

    def _by_code(self, text: str) -> tuple[str, ...]:
        """The code itself; else what it is with lost zeros or what replaced it, or both."""
        codes = [row.code for row in self.rows]
        if text in codes:
            return (text,)
        full = text.zfill(max(map(len, codes), default=0)) if text.isdigit() else text
        return _distinct(row.code for row in self.rows if row.code == full or text in row.legacy)

    def _by_word(self, text: str) -> tuple[str, ...]:
        word = text.casefold()
        return _distinct(row.code for row in self.rows if word in _words(row))

    def _by_both(self, text: str) -> tuple[str, ...]:
        code, name = code_and_name(text)
        if not name:
            return ()
        held, named = self._by_code(code), self._by_word(name)
        return tuple(each for each in held if each in named) or held or named


def code_and_name(text: str) -> tuple[str, str]:
    """Part `代码-名称`, `代码|名称` or `名称(代码)`; the name is empty when it is not so written.

    >>> code_and_name("0110-一般贸易")
    ('0110', '一般贸易')
    >>> code_and_name("一般贸易（0110）")
    ('0110', '一般贸易')
    """
    if front := re.fullmatch(r"([0-9A-Za-z]+)\s*[-|｜—:：\s]\s*(.*\D.*)", text):
        return front[1], front[2].strip()
    if back := re.fullmatch(r"(.+?)\s*[(（]([0-9A-Za-z]+)[)）]", text):
        return back[2], back[1].strip()
    return text, ""


def read_table(file: Path) -> CodeTable:
    """Read one table.

    Raises:
        PackError: the head lacks a line, or a row cannot be read.
    """
    lines = file.read_text("utf-8").splitlines()
    head = dict(line[1:].strip().split(": ", 1) for line in lines if line.startswith("# "))
    body = csv.DictReader(line for line in lines if not line.startswith("# "))
    try:
        return CodeTable(
            id=head["id"],
            name=Text(head["zh"], head["en"]),
            source=Citation.parse(head["source"]),
            confirmed=date.fromisoformat(head["confirmed"]),
            complete=head["complete"] == "complete",
            size=head["size"],
            shape=re.compile(head["shape"]) if "shape" in head else None,
            span=Span.parse(head.get("since"), head.get("until")),
            rows=tuple(map(_row, body)),
        )
    except KeyError as missing:
        raise PackError(file, f"the head or a row lacks {missing}", "Add it") from None
    except ValueError as fault:
        raise PackError(file, str(fault), "Write days as YYYY-MM-DD") from None


def _row(record: Mapping[str, str]) -> Row:
    return Row(
        code=record["code"],
        name=Text(record["zh"], record["en"]),
        span=Span.parse(record.get("since"), record.get("until")),
        status=record.get("status", ""),
        aliases=several(record.get("aliases")),
        legacy=several(record.get("legacy")),
        successor=record.get("successor") or "",
        more={name: value for name, value in record.items() if name not in OWN},
    )


def _words(row: Row) -> set[str]:
    own = (row.name.zh, row.name.en, row.more.get("full_zh", ""), *row.aliases)
    return {word.casefold() for word in own if word}


def _distinct(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))
