"""Excel workbooks, read: whatever sheets and labels people have, into a draft.

Nothing is guessed in silence. What was resolved, padded or left aside is noted at its place, and
`stood.cells` tells in which cell each field was found.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from auditors.formats.building import Builder, is_list
from auditors.formats.reading import Reading, Unreadable
from auditors.formats.workbook_cells import Book
from auditors.formats.workbook_grid import MAX_ROWS, Cell, Sheet
from auditors.formats.workbook_labels import (
    FINDINGS,
    ITEM,
    MAIN,
    POINTERS,
    Labels,
    block_of,
    near_sheet,
    plain,
    sheet_blocks,
)
from auditors.formats.workbook_layout import Laid, Line, across, single
from auditors.formats.workbook_parts import home
from auditors.notation import Stood, written
from auditors.place import Place
from knowledge.fields import Block, FormField
from knowledge.library import Library
from knowledge.text import Text

FIRST_ROUNDED = 10**15
"""From here on Excel has rounded the last digits of a number away."""
TEXTS = {"code", "text", "codes", "texts"}
"""Kinds of fields whose every digit counts."""


def read_workbook(content: bytes, library: Library, name: str = "") -> Reading:
    """Read a draft from an Excel workbook.

    Raises:
        Unreadable: it is no workbook, is broken or too large, has no sheet of a declaration, or
            has several declarations.
    """
    gathering = _Gathering(library)
    gathering.gather(Book(content))
    draft = gathering.builder.declaration(gathering.raw)
    return Reading(draft, "xlsx", name, Stood(cells=gathering.cells), content)


class _Gathering:
    """Raw blocks on their way to a draft, and the cells they came from."""

    def __init__(self, library: Library) -> None:
        self.builder = Builder(library, "xlsx", names_allowed=True)
        self.blocks = sheet_blocks(library)
        self.raw: dict[str, Any] = {}
        self.cells: dict[Place, str] = {}

    def gather(self, book: Book) -> None:
        """Read the sheets in the order of the blocks: parts of items come after the items.

        Raises:
            Unreadable: no sheet is a declaration's, the header holds several, or a sheet is broken.
        """
        titles = self._titles(book)
        if not titles:
            raise _no_declaration(book, self.blocks)
        for block in self.blocks.values():
            if block.id in titles:
                self._sheet(book.sheet(titles[block.id]), block)

    def _titles(self, book: Book) -> dict[str, str]:
        """Return the sheet of each block, and note the sheets that are not read."""
        titles: dict[str, str] = {}
        for title, shown in book.titles.items():
            block = block_of(title, self.blocks)
            if block and block not in titles:
                titles[block] = title
            elif shown and plain(title) != plain(FINDINGS) and book.filled(title):
                self.builder.note("unknown", Place(""), title, near_sheet(title, self.blocks))
        return titles

    def _sheet(self, sheet: Sheet, block: Block) -> None:
        labels = Labels(block)
        laid = across(sheet, labels) if is_list(block.id) else single(sheet, labels)
        for label in laid.unknown:
            self.builder.note("unknown", Place(block.id), label, labels.near(label))
        if sheet.last_stored > MAX_ROWS:
            found = f"{sheet.title}!{MAX_ROWS + 1}:{sheet.last_stored}"
            self.builder.note("unreadable", Place(block.id), found, said="rows")
        if is_list(block.id):
            self._parts(laid, block)
        else:
            self._once(laid, block, sheet.title)

    def _once(self, laid: Laid, block: Block, title: str) -> None:
        if block.id == "header" and len(laid.lines) > 1:
            raise _many(len(laid.lines), title)
        for line in laid.lines[:1]:
            self._within(block.id, self._fields(Place(block.id), line, block))
        for _ in laid.lines[1:]:
            self.builder.note("repeated", Place(block.id), title)
        for _, field, cell in laid.twice:
            self.builder.note("repeated", Place(block.id, 0, field), cell.value)

    def _within(self, path: str, held: dict[str, Any]) -> None:
        """Put a block where it belongs: `documents.invoice` into the documents."""
        if not held:
            return
        holder = self.raw
        for step in path.split("."):
            holder = holder.setdefault(step, {})
        holder |= held

    def _parts(self, laid: Laid, block: Block) -> None:
        places: dict[int, Place] = {}
        for number, line in enumerate(laid.lines, 1):
            if found := home(self.raw, block.id, line):
                parts, path = found
                places[number] = place = Place(path, len(parts) + 1)
                parts.append(self._fields(place, line, block))
            else:
                pointer = line.get(ITEM) or Cell("")
                self.builder.note("unreadable", Place(block.id, number), pointer.value, said="item")
        for number, field, cell in laid.twice:
            if number in places:
                self.builder.note("repeated", places[number]._replace(field=field), cell.value)

    def _fields(self, place: Place, line: Line, block: Block) -> dict[str, Any]:
        raw: dict[str, Any] = {}
        for name, cell in line.items():
            if name in POINTERS.get(block.id, ()):
                continue
            at = place._replace(field=name)
            self.cells[at] = cell.address
            if not cell.blank and self._is_sound(at, cell, block.fields[name]):
                raw[name] = cell.value
        return raw

    def _is_sound(self, at: Place, cell: Cell, field: FormField) -> bool:
        fault = cell.fault or ("digits" if _is_rounded(cell.value, field) else "")
        if fault:
            self.builder.note("unreadable", at, written(cell.value) or cell.value, said=fault)
        elif cell.formula:
            self.builder.note("formulas", at, cell.formula, written(cell.value))
        return not fault


def _is_rounded(value: Any, field: FormField) -> bool:
    """Whether a code came as a number so long that Excel has rounded it."""
    if field.kind not in TEXTS or isinstance(value, bool) or not isinstance(value, int | Decimal):
        return False
    return abs(Decimal(value)) >= FIRST_ROUNDED


def _no_declaration(book: Book, blocks: Mapping[str, Block]) -> Unreadable:
    there = "、".join(list(book.titles)[:5])
    wanted = "、".join(blocks[name].sheet for name in MAIN)
    return Unreadable(
        Text(
            f"没有报关单的工作表（有：{there}）",
            f"No sheet is a declaration's (there are: {there})",
        ),
        Text(
            f"工作表命名为 {wanted}；可用 declarant template 生成模板",
            f"Name the sheets {wanted}; `declarant template` makes a workbook to fill in",
        ),
    )


def _many(count: int, title: str) -> Unreadable:
    return Unreadable(
        Text(
            f"表头有 {count} 份报关单；一个工作簿只读一份",
            f"The header holds {count} declarations; a workbook is read for one only",
        ),
        Text("每份报关单单独存为一个工作簿", "Save each declaration as a workbook of its own"),
        title,
    )
