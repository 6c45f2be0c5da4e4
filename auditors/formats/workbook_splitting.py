"""A workbook of many declarations, told apart by the client number that stands on every sheet.

The header sheet has a line for each declaration; every other sheet has a column for the client
number (客户端编号). What belongs to one declaration goes into a workbook of its own, each value in
the cell where it stood, so that a finding names the cell people know.
"""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from openpyxl.workbook import Workbook

from auditors.formats.reading import Unreadable
from auditors.formats.workbook_cells import Book
from auditors.formats.workbook_grid import Position, Sheet
from auditors.formats.workbook_labels import Labels, block_of, sheet_blocks
from auditors.formats.workbook_layout import headings_of, single
from auditors.formats.workbook_saving import put, saved
from auditors.notation import written
from knowledge.fields import Block
from knowledge.library import Library
from knowledge.text import Text

KEY = "client_seq_no"


class Part(NamedTuple):
    """One declaration of a workbook."""

    key: str
    """Its client number."""
    content: bytes
    """A workbook with nothing else in it."""


class _Laid(NamedTuple):
    """A sheet whose lines belong to declarations."""

    sheet: Sheet
    heads: frozenset[int]
    """The rows of labels."""
    column: int
    """Where the client number stands; 0 where there is none."""


def parts_of(content: bytes, library: Library) -> list[Part]:
    """Return the declarations of a workbook; none where it holds a single one.

    Raises:
        Unreadable: it is no workbook, or its declarations cannot be told apart.
    """
    book = Book(content)
    blocks = sheet_blocks(library)
    sheets = {
        block: book.sheet(title) for title in book.titles if (block := block_of(title, blocks))
    }
    if "header" not in sheets or _count(sheets["header"], blocks["header"]) < 2:
        return []
    laid = {name: _laid(sheet, blocks[name], blocks["header"]) for name, sheet in sheets.items()}
    keys = _keys(laid["header"])
    for name, each in laid.items():
        _refuse_strange(each, keys, blocks[name])
    return [Part(key, _workbook(laid, key)) for key in keys]


def _count(sheet: Sheet, header: Block) -> int:
    return len(single(sheet, Labels(header)).lines)


def _laid(sheet: Sheet, block: Block, header: Block) -> _Laid:
    fields = {KEY: header.fields[KEY], **block.fields}
    heads, columns = headings_of(sheet, Labels(block._replace(fields=fields)))
    column = next((at for at, name in columns.items() if name == KEY), 0)
    return _Laid(sheet, frozenset(heads), column)


def _keys(header: _Laid) -> list[str]:
    lines = [row for row in header.sheet.rows if row > max(header.heads, default=0)]
    keys = [_key(header, row) for row in lines]
    twice = [key for key, times in Counter(keys).items() if times > 1 or not key]
    if not header.column or twice:
        where = header.sheet.title
        says = Text(
            "多份报关单须各有不同的客户端编号",
            "Declarations of one workbook each need a client number of their own",
        )
        raise Unreadable(says, Text("在表头填写客户端编号", "Fill in the client numbers"), where)
    return keys


def _key(laid: _Laid, row: int) -> str:
    return str(written(laid.sheet.value(row, laid.column).value) or "").strip()


def _refuse_strange(laid: _Laid, keys: list[str], block: Block) -> None:
    """Refuse lines that belong to none of the declarations: they would be audited with none."""
    for row in (row for row in laid.sheet.rows if row > max(laid.heads, default=0)):
        if laid.column and _key(laid, row) in keys:
            continue
        says = Text(
            f"“{laid.sheet.title}”第 {row} 行不知属于哪份报关单",
            f'Row {row} of "{laid.sheet.title}" belongs to no declaration of the header sheet',
        )
        do = Text(
            "加一列客户端编号并逐行填写", "Add a column 客户端编号 and fill it in on every row"
        )
        raise Unreadable(says, do, laid.sheet.title)


def _workbook(laid: Mapping[str, _Laid], key: str) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, each in laid.items():
        sheet = book.create_sheet(each.sheet.title)
        for (row, column), value in _own(each, key, drops_key=name != "header").items():
            put(sheet, row, column, value)
    return saved(book)


def _own(laid: _Laid, key: str, *, drops_key: bool) -> dict[Position, object]:
    """Return the labels, and the values of one declaration."""
    rows = {row for row in laid.sheet.rows if row in laid.heads or _key(laid, row) == key}
    return {
        at: cell.value
        for at, cell in laid.sheet.cells.items()
        if at[0] in rows and not (drops_key and at[1] == laid.column)
    }
