"""A version as it is held: its line in the index, and its file."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from knowledge.importing.official_text import OfficialText
from knowledge.importing.pieces import Part, Piece
from knowledge.span import Span

FORMAT = 1
"""Raised when files written before can no longer be read."""


class Held(NamedTuple):
    """One version of an instrument, as the index tells of it."""

    id: str
    title: str
    number: str
    issuer: str
    version: date
    since: date
    span: Span
    """Days on which this version is law; it ends the day before the next one begins."""
    hash: str
    file: str
    """Where the text lies in the folder of the store."""
    source: str
    """The file it was imported from."""


def held_as(text: OfficialText, file: str) -> Held:
    """Return the line of the index for a text; its span is open until the index closes it."""
    return Held(
        text.id, text.title, text.number, text.issuer, text.version, text.since,
        Span(text.since), text.hash(), file, text.source,
    )  # fmt: skip


def line_of(held: Held) -> dict[str, str]:
    """Return a line of the index; the span is left out, since it follows from the others."""
    return {name: str(value) for name, value in held._asdict().items() if name != "span"}


def held_of(line: Mapping[str, str]) -> Held:
    """Return what a line of the index tells."""
    since, version = date.fromisoformat(line["since"]), date.fromisoformat(line["version"])
    told = {name: str(line[name]) for name in ("id", "title", "number", "issuer", "hash", "file", "source")}  # fmt: skip
    return Held(version=version, since=since, span=Span(since), **told)


def record_of(text: OfficialText) -> dict[str, Any]:
    """Return the content of the file of a text."""
    days = {
        "promulgated": text.promulgated and text.promulgated.isoformat(),
        "amended": [day.isoformat() for day in text.amended],
        "effective": text.effective and text.effective.isoformat(),
        "version": text.version.isoformat(),
        "since": text.since.isoformat(),
    }
    head = {"format": FORMAT, "id": text.id, "title": text.title, "number": text.number}
    told = {"issuer": text.issuer, "source": text.source, "hash": text.hash()}
    return {**head, **told, **days, "pieces": [piece._asdict() for piece in text.pieces]}


def pieces_of(record: Mapping[str, Any]) -> tuple[Piece, ...]:
    """Return the pieces in the file of a text."""
    return tuple(
        Piece(
            kind=piece["kind"],
            place=piece["place"],
            text=piece["text"],
            under=tuple(piece["under"]),
            parts=tuple(Part(place, start, end) for place, start, end in piece["parts"]),
        )
        for piece in record["pieces"]
    )
