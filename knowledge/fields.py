"""The form: every block and field of a declaration, its labels, element, kind and tables.

Readers, generic checks, the Excel template and the docs all come from these tables, which are
held once, as data, in the `fields` drawer of a pack.
"""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from knowledge.citation import Citation
from knowledge.errors import PackError
from knowledge.records import several
from knowledge.text import Text

KINDS = {
    "code", "text", "number", "count", "date", "moment", "codes", "counts", "texts", "numbers",
}  # fmt: skip
SEVERAL = frozenset(["codes", "counts", "texts"])
"""Kinds that hold a list; empty is their blank."""


class FormField(NamedTuple):
    """One field of the form."""

    block: str
    name: str
    label: Text
    xml: str
    """Element below the block's element; `PromiseItmes[2]` is its second character."""
    kind: str
    """code, text, number, count, date, moment; or a list: codes, counts, texts; or numbers."""
    size: str
    """What the interface says of its width, `n14,5`; for people."""
    required: str
    """R always, C conditional, O optional, assigned, system, deleted, obsolete."""
    need: str
    """Code of the rule that speaks when it is blank."""
    shape: str
    """Regular expression of a well-formed value."""
    format: str
    """Code of the rule that speaks when it is ill-formed or unreadable."""
    length: int
    """Longest value in characters; 0 where no rule watches it."""
    table: str
    """Short name of its code table."""
    lookup: str
    """Code of the rule that speaks when the table refuses it."""
    basis: Citation
    synonyms: tuple[str, ...]
    """Other labels seen in workbooks."""

    @property
    def digits(self) -> tuple[int, int]:
        """Most digits of a number before and after the point: 14 and 5 of `n14,5`."""
        whole, _, decimals = self.size.lstrip("n±≤").partition(",")
        return int(whole), int(decimals or 0)

    @property
    def signed(self) -> bool:
        """Whether a number may be negative: `n±19,4`."""
        return "±" in self.size


class Block(NamedTuple):
    """One block of the form: the header, a list of parts, or a part of a part."""

    id: str
    """`header`, `items`, or a path: `items.goods_limits`."""
    label: Text
    sheet: str
    """Name of its sheet in a workbook."""
    xml: str
    """Path of its element below `DecMessage`, or below the part it belongs to."""
    fields: Mapping[str, FormField]


FieldTable = Mapping[str, Block]


def read_fields(files: Iterable[Path]) -> FieldTable:
    """Read blocks, one file each.

    Raises:
        PackError: a head lacks a line, or a field is of no known kind.
    """
    blocks = map(_block, files)
    return {block.id: block for block in blocks}


def _block(file: Path) -> Block:
    lines = file.read_text("utf-8").splitlines()
    head = dict(line[2:].split(":", 1) for line in lines if line.startswith("# "))
    body = csv.DictReader(line for line in lines if not line.startswith("# "))
    try:
        name = head["id"].strip()
        fields = {record["name"]: _field(name, record) for record in body}
        label = Text(head["zh"].strip(), head["en"].strip())
        block = Block(name, label, head["sheet"].strip(), head["xml"].strip(), fields)
    except KeyError as missing:
        raise PackError(file, f"the head or a row lacks {missing}", "Add it") from None
    if strange := {field.kind for field in fields.values()} - KINDS:
        raise PackError(
            file, f"unknown kind {', '.join(sorted(strange))}", f"Use one of {sorted(KINDS)}"
        )
    return block


def _field(block: str, record: Mapping[str, str]) -> FormField:
    return FormField(
        block=block,
        name=record["name"],
        label=Text(record["zh"], record["en"]),
        xml=record["xml"],
        kind=record["kind"],
        size=record["size"],
        required=record["required"],
        need=_code(record["need"]),
        shape=record["shape"],
        format=_code(record["format"]),
        length=int(record["length"] or 0),
        table=record["table"],
        lookup=_code(record["lookup"]),
        basis=Citation.parse(record["basis"]),
        synonyms=several(record["synonyms"]),
    )


def _code(short: str) -> str:
    return f"CN-{short}" if short else ""
