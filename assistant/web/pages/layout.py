"""The printed form (报关单) as data: which fields stand in which box."""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

from knowledge.text import Text

FILE = Path(__file__).parent / "form.csv"


class Box(NamedTuple):
    """A box of the header, or a column of the goods."""

    block: str
    label: Text
    lines: tuple[tuple[str, ...], ...]
    """Its fields, line by line."""
    width: int
    """Of twenty."""

    @property
    def fields(self) -> tuple[str, ...]:
        """All its fields."""
        return tuple(name for line in self.lines for name in line)


@cache
def layout(*, export: bool) -> tuple[Box, ...]:
    """Return the boxes of an import or an export declaration, in their order."""
    lines = FILE.read_text("utf-8").splitlines()
    records = csv.DictReader(line for line in lines if not line.startswith("#"))
    return tuple(_box(record, "_export" if export else "") for record in records)


def on_form(block: str, *, export: bool) -> frozenset[str]:
    """Return the fields of a block that have a box of their own."""
    boxes = layout(export=export)
    return frozenset(name for box in boxes if box.block == block for name in box.fields)


def _box(record: dict[str, str], ending: str) -> Box:
    def said(name: str) -> str:
        return record.get(f"{name}{ending}") or record[name]

    label = Text(said("zh"), said("en"))
    lines = tuple(tuple(line.split("+")) for line in said("fields").split())
    return Box(record["block"], label, lines, int(record["width"]))
