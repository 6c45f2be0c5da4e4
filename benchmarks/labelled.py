"""Labelled queries: questions with the entries that answer them."""

from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from knowledge.index.index import Hit

DAY = date(2026, 11, 21)
FILE = Path(__file__).with_name("queries") / "pack.jsonl"


class Labelled(msgspec.Struct, frozen=True):
    """A question and what answers it."""

    id: str
    query: str
    lang: Literal["zh", "en"]
    style: Literal["plain", "chat", "typo", "number", "cross"]
    relevant: tuple[str, ...]
    """Entries, or places of them; any one of them will do. None where the pack has no answer."""
    part: Literal["fit", "test"]
    day: date = DAY
    """The day asked about."""


def labelled(part: str = "", file: Path = FILE) -> list[Labelled]:
    """Return the labelled queries of a part, or all."""
    every = msgspec.json.Decoder(Labelled).decode_lines(file.read_bytes())
    return [each for each in every if part in ("", each.part)]


def answers(relevant: tuple[str, ...], passage: str, entry: str) -> bool:
    """Return whether a passage is among the answers."""
    return passage in relevant or entry in relevant


def place(relevant: tuple[str, ...], hits: list[Hit]) -> int:
    """Return the place of the first answer among hits, 0 where there is none."""
    places = (
        number
        for number, hit in enumerate(hits, start=1)
        if answers(relevant, hit.passage.id, hit.passage.entry)
    )
    return next(places, 0)
