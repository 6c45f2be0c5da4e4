"""Excel workbooks, written: one sheet for each block that has data, and always the main five."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from auditors.declaration import Declaration
from auditors.formats.building import is_list
from auditors.formats.reading import Written
from auditors.formats.values import NotRead, read_value
from auditors.formats.workbook_forms import FIRST_ACROSS, FIRST_DOWN, VALUE_COLUMN, new_sheet
from auditors.formats.workbook_labels import MAIN, sheet_blocks
from auditors.formats.workbook_parts import Standing, standing
from auditors.formats.workbook_saving import fits, put, saved
from auditors.part import CHINA
from auditors.place import Place
from knowledge.fields import Block, FormField
from knowledge.library import Library

EXACT_DIGITS = 15
"""Most digits of a number that Excel keeps."""


class Sheets(NamedTuple):
    """A draft as an open workbook."""

    book: Workbook
    cells: Mapping[Place, str]
    """Where each field stands, blank ones too."""
    left_out: tuple[Place, ...]
    """Filled fields that no cell can hold, and parts that no line can."""


def write_workbook(draft: Declaration, library: Library) -> Written:
    """Write a draft as a workbook; reading it gives the same draft."""
    sheets = sheets_of(draft, library)
    return Written(saved(sheets.book), sheets.left_out)


def sheets_of(draft: Declaration, library: Library) -> Sheets:
    """Return a draft as an open workbook."""
    writing = _Writing(draft)
    for block in sheet_blocks(library).values():
        writing.block(block)
    return Sheets(writing.book, writing.cells, tuple(writing.left_out))


class _Line(NamedTuple):
    """What the cells of one part are to hold, by field."""

    place: Place
    values: Mapping[str, Any]


class _Writing:
    """A workbook in the making."""

    def __init__(self, draft: Declaration) -> None:
        self.draft = draft
        self.book = Workbook()
        self.book.remove(self.book.worksheets[0])
        self.cells: dict[Place, str] = {}
        self.left_out = [Place("extras")] if draft.extras else []
        self.items: list[int] = []
        """Numbers of the items that were written."""

    def block(self, block: Block) -> None:
        """Write a block that has data; a main one in any case."""
        parts = list(standing(self.draft, block.id, self.items))
        lines = [line for part in parts if (line := self._line(part, block))]
        if block.id == "items":
            self.items = [line.place.number for line in lines]
        if lines or block.id in MAIN:
            self._write(block, lines)

    def _line(self, standing: Standing, block: Block) -> _Line | None:
        """Return the line of a part; None where there is nothing to write."""
        place, pointers, part = standing
        values: dict[str, Any] = {}
        for name, value in _filled(part, block):
            shown = cell_value(block.fields[name], value)
            if shown is None:
                self.left_out.append(place._replace(field=name))
            else:
                values[name] = shown
        if None in pointers.values() or (is_list(block.id) and not (values or pointers)):
            self.left_out.append(place)
            return None
        return _Line(place, {**pointers, **values}) if values or pointers else None

    def _write(self, block: Block, lines: list[_Line]) -> None:
        sheet = new_sheet(self.book, block, _english if is_list(block.id) else _nothing)
        if not is_list(block.id):
            lines = lines or [_Line(Place(block.id), {})]
        for number, line in enumerate(lines):
            for at, field in enumerate(block.fields.values()):
                row, column = number + FIRST_ACROSS, at + 1
                if not is_list(block.id):
                    row, column = at + FIRST_DOWN, VALUE_COLUMN
                if field.name in line.values:
                    put(sheet, row, column, line.values[field.name])
                address = f"{block.sheet}!{get_column_letter(column)}{row}"
                self.cells[line.place._replace(field=field.name)] = address


def _english(field: FormField) -> str:
    return field.label.en


def _nothing(field: FormField) -> str:
    return ""


def _filled(part: Any, block: Block) -> Iterator[tuple[str, Any]]:
    held = ((name, getattr(part, name, None)) for name in block.fields)
    return ((name, value) for name, value in held if value not in (None, "", (), {}))


def cell_value(field: FormField, value: Any) -> str | int | Decimal | None:
    """Return what a cell is to hold for a value; None where no cell gives it back unchanged."""
    shown = _shown(value)
    if isinstance(shown, str) and not fits(shown):
        return None
    if isinstance(value, str):
        return shown
    try:
        again = read_value(field, shown)
    except NotRead:
        return None
    return shown if again == (list(value) if isinstance(value, tuple) else value) else None


def _shown(value: Any) -> str | int | Decimal:
    match value:
        case int() | Decimal():
            return _number(value)
        case datetime():
            return value.astimezone(CHINA).isoformat()
        case date():
            return value.isoformat()
        case tuple():
            return ",".join(map(str, value))
        case Mapping():
            return ";".join(f"{name}={rate:f}" for name, rate in value.items())
        case _:
            return str(value)


def _number(value: int | Decimal) -> str | int | Decimal:
    """Return a number as a number where Excel keeps its every digit, else as text."""
    exact = Decimal(value)
    short = exact.is_finite() and len(exact.as_tuple().digits) <= EXACT_DIGITS
    return value if short and Decimal(repr(float(exact))) == exact else f"{exact:f}"
