"""The sheets of a workbook, parsed: values, formulas and merged cells, within bounds."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Context, Decimal
from functools import cached_property
from io import BytesIO
from itertools import islice
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.workbook import Workbook

from auditors.formats.reading import Unreadable
from auditors.formats.workbook_grid import MAX_ROWS, Cell, Position, Sheet
from auditors.formats.workbook_guard import faults_told, let_in
from knowledge.text import Text

MAX_SHEETS = 60
MAX_COLUMNS = 300
MAX_MERGED = 200_000
"""Most cells that merged areas of one sheet may cover."""

MAX_CELLS = 250_000
"""Most cells that are parsed in one workbook; a full declaration has some 5 000."""

EXCEL_DIGITS = Context(prec=15)
"""Excel keeps 15 digits of a number; what stands behind them is noise of binary figures."""

FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\""
)
ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
STORED = re.compile(rb"<(?:\w+:)?(?:v|is)>")
ADDRESS = re.compile(rb"\sr=\"[A-Z]{1,3}(\d{1,7})\"")

QUOTED = re.compile(r'"[^"]*"|\\.')
"""Parts of a number format that are shown as they are."""


class Book:
    """A workbook let in; each sheet is parsed when it is asked for."""

    def __init__(self, content: bytes) -> None:
        self._archive = let_in(content)
        self._content = content
        self._cells_left = MAX_CELLS
        self._results = self._load(results=True)
        sheets = self._results.worksheets
        if len(sheets) > MAX_SHEETS:
            says = Text(
                f"工作簿有 {len(sheets)} 个工作表，超过上限 {MAX_SHEETS}",
                f"The workbook has {len(sheets)} sheets, more than {MAX_SHEETS}",
            )
            raise Unreadable(says, Text("删去无关工作表", "Remove the sheets that are not needed"))
        self.titles = {sheet.title: sheet.sheet_state == "visible" for sheet in sheets}
        """Titles of the sheets, and whether each is shown."""

    def _load(self, results: bool) -> Workbook:
        with faults_told():
            return load_workbook(
                BytesIO(self._content), read_only=True, data_only=results, keep_links=False
            )

    @cached_property
    def _formulas(self) -> Workbook:
        """The workbook loaded a second time, for the formulas themselves."""
        return self._load(results=False)

    def filled(self, title: str) -> bool:
        """Return whether any value is stored in a sheet, without parsing it."""
        return bool(STORED.search(self._markup(title)))

    def sheet(self, title: str) -> Sheet:
        """Return a sheet as a grid.

        Raises:
            Unreadable: it cannot be parsed, or its merged areas are too many.
        """
        markup = self._markup(title)
        self._refuse_cells(markup, title)
        with faults_told(title):
            cells = dict(_cells(title, self._results))
            if FORMULA.search(markup):
                cells |= _with_formulas(title, self._formulas, cells)
            filled = {at: cell for at, cell in cells.items() if not cell.blank}
            return Sheet(title, filled, _covered(markup, title), _last_stored(markup))

    def _refuse_cells(self, markup: bytes, title: str) -> None:
        """Count the cells of the rows that will be parsed, before they are."""
        after = next(islice(ROW.finditer(markup), MAX_ROWS, None), None)
        found = CELL.finditer(markup, 0, after.start() if after else len(markup))
        self._cells_left -= sum(1 for _ in islice(found, self._cells_left + 1))
        if self._cells_left < 0:
            says = Text(
                f"工作表的单元格超过 {MAX_CELLS} 个", f"The sheets have more than {MAX_CELLS} cells"
            )
            do = Text("清除无关的数据和格式", "Clear the data and formats that do not belong")
            raise Unreadable(says, do, title)

    def _markup(self, title: str) -> bytes:
        sheet: Any = self._results[title]
        with faults_told(title):
            return self._archive.read(sheet._worksheet_path)


def _raw(title: str, book: Workbook) -> Iterator[Any]:
    sheet: Any = book[title]
    for row in sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS):
        yield from (cell for cell in row if cell.data_type != "n" or cell.value is not None)


def _cells(title: str, book: Workbook) -> Iterator[tuple[Position, Cell]]:
    for raw in _raw(title, book):
        address = f"{title}!{raw.coordinate}"
        if raw.data_type == "e":
            yield (raw.row, raw.column), Cell(address, str(raw.value), fault="error")
        else:
            yield (raw.row, raw.column), Cell(address, _plain(raw))


def _with_formulas(
    title: str, book: Workbook, cells: Mapping[Position, Cell]
) -> dict[Position, Cell]:
    """Return the cells that hold a formula, with it; an empty text is a result like any other."""
    formulas = {}
    for raw in _raw(title, book):
        if raw.data_type != "f":
            continue
        at = raw.row, raw.column
        formula = str(getattr(raw.value, "text", None) or raw.value)
        lacking = Cell(f"{title}!{raw.coordinate}", formula, fault="formula")
        formulas[at] = cells.get(at, lacking)._replace(formula=formula)
    return formulas


def _plain(raw: Any) -> Any:
    """Return what a cell holds; None where that is nothing but blanks."""
    match raw.value:
        case str() as text:
            return text.replace("_x000D_", "\r") if text.strip() else None
        case bool() as truth:
            return truth
        case int() | float() as number:
            return _shown(number, raw.number_format)
        case datetime(hour=0, minute=0, second=0, microsecond=0) as midnight:
            return midnight.date()
        case other:
            return other


def _shown(number: int | float, style: str) -> int | Decimal | str:
    """Return a number exactly; a percentage as the text that is seen, for 0.3% is not 0.003."""
    exact = EXCEL_DIGITS.plus(Decimal(repr(number))).normalize()
    if "%" in QUOTED.sub("", style):
        return f"{(exact * 100).normalize():f}%"
    return number if isinstance(number, int) else Decimal(f"{exact:f}")


def _covered(markup: bytes, title: str) -> dict[Position, Position]:
    covered: dict[Position, Position] = {}
    left_over = MAX_MERGED
    for area in MERGED.finditer(markup):
        left, top, right, bottom = (corner.decode() for corner in area.groups())
        rows = range(int(top), min(int(bottom), MAX_ROWS) + 1)
        columns = range(column_index_from_string(left), column_index_from_string(right) + 1)
        left_over -= len(rows) * len(columns)
        if left_over < 0:
            says = Text("合并单元格过多", "Too many cells are merged")
            raise Unreadable(says, Text("取消合并后再试", "Unmerge them"), title)
        covered |= {(row, column): (rows[0], columns[0]) for row in rows for column in columns}
    return covered


def _last_stored(markup: bytes) -> int:
    last = max(markup.rfind(b"<v>"), markup.rfind(b"<is>"))
    found = ADDRESS.findall(markup, max(last - 300, 0), max(last, 0))
    return int(found[-1]) if found else 0
