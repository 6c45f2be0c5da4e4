"""What stands where on a sheet: labels down the side, or labels along the top."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from auditors.formats.workbook_grid import MAX_ROWS, Cell, Position, Sheet
from auditors.formats.workbook_labels import Labels, plain

Line = Mapping[str, Cell]
"""The cells of one part by field; blank cells too, so that a finding can point at them."""

HEADING_ROWS = 10
"""Rows from the top among which the labels along the top are looked for."""
TOTALS = frozenset(map(plain, ("合计", "总计", "小计", "合 计", "total", "totals", "sum")))
"""What the first cell of a line says that only adds up the lines above."""
SERIALS = frozenset(map(plain, ("序号", "行号", "No.", "#")))
"""What stands above a column that only counts the lines."""
HEADINGS = frozenset(
    map(
        plain,
        (
            "栏目", "栏目名称", "字段", "字段名", "项目", "名称", "标签", "序号", "内容", "填报内容",
            "填报值", "值", "数据", "说明", "备注说明", "label", "field", "name", "value", "content",
            "title", "item", "栏目 Label", "填报内容 Value",
        ),
    )
)  # fmt: skip
"""Words that stand above labels and values and are neither."""


class Laid(NamedTuple):
    """What was found on a sheet."""

    lines: list[Line]
    twice: list[tuple[int, str, Cell]]
    """Line, field and cell of a second value for a field that has one."""
    unknown: list[str]
    """Labels that no field has, where a value stands with them."""


def single(sheet: Sheet, labels: Labels) -> Laid:
    """Read the sheet of a block that there is once: labels down the side or along the top."""
    hits = _hits(sheet, labels)
    by_row = Counter(row for row, _ in {(row, name) for (row, _), name in hits.items()})
    by_column = Counter(at for at, _ in {(column, name) for (_, column), name in hits.items()})
    if max(by_row.values(), default=0) > max(by_column.values(), default=0):
        return across(sheet, labels)
    return _down(sheet, labels, hits)


def across(sheet: Sheet, labels: Labels) -> Laid:
    """Read labels along the top, one part to a line."""
    headings, columns = headings_of(sheet, labels)
    last = max(headings, default=MAX_ROWS)
    below = [row for row in sheet.rows if row > last and not _is_total(sheet, row)]
    used = sorted({column for row in below for column in sheet.row(row)})
    laid = Laid([], [], [])
    for row in below:
        if _is_part(sheet, row, columns):
            _add(laid, [(name, sheet.value(row, column)) for column, name in columns.items()])
    strange = [_above(sheet, headings, each) for each in used if each not in columns]
    laid.unknown.extend(label for label in strange if plain(label) not in SERIALS)
    return laid


def headings_of(sheet: Sheet, labels: Labels) -> tuple[list[int], dict[int, str]]:
    """Return the rows of labels, and the field of each column.

    The row with most labels leads; others count where at least half of their cells are labels
    for the same columns: names in one row, Chinese labels in the next.
    """
    rows = {row: _row_hits(sheet, labels, row) for row in sheet.rows[:HEADING_ROWS]}
    best = max(rows, key=lambda row: len(set(rows[row].values())), default=None)
    if best is None or not rows[best]:
        return [], {}
    headings = [
        row for row, found in rows.items() if row == best or _agree(found, rows[best], sheet, row)
    ]
    columns: dict[int, str] = {}
    for row in headings:
        columns = rows[row] | columns
    return headings, dict(sorted(columns.items()))


def _hits(sheet: Sheet, labels: Labels) -> dict[Position, str]:
    """Return the cells that hold a label, and the field each means."""
    found = {
        at: labels.find(cell.value)
        for at, cell in sheet.cells.items()
        if isinstance(cell.value, str)
    }
    return {at: name for at, name in found.items() if name}


def _add(laid: Laid, cells: Iterable[tuple[str, Cell]]) -> None:
    """Add a line; where two cells are for one field, the first that is filled counts."""
    line: dict[str, Cell] = {}
    laid.lines.append(line)
    for name, cell in cells:
        first = line.setdefault(name, cell)
        if first.blank and not cell.blank:
            line[name] = cell
        elif not cell.blank and cell.value != first.value:
            laid.twice.append((len(laid.lines), name, cell))


def _row_hits(sheet: Sheet, labels: Labels, row: int) -> dict[int, str]:
    texts = {column: sheet.value(row, column).value for column in sheet.row(row)}
    found = {at: labels.find(text) for at, text in texts.items() if isinstance(text, str)}
    return {column: name for column, name in found.items() if name}


def _agree(found: dict[int, str], best: dict[int, str], sheet: Sheet, row: int) -> bool:
    same = sum(best.get(column, name) == name for column, name in found.items())
    return bool(found) and same == len(found) and 2 * same >= len(sheet.row(row))


def _is_part(sheet: Sheet, row: int, columns: Mapping[int, str]) -> bool:
    """Whether a line holds a part: formulas filled down in advance, with result 0, are none."""
    own = [sheet.cells[row, column] for column in sheet.row(row) if column in columns]
    return any(not (cell.formula and cell.value == 0) for cell in own)


def _is_total(sheet: Sheet, row: int) -> bool:
    first = sheet.cells[row, sheet.row(row)[0]].value
    return isinstance(first, str) and plain(first) in TOTALS


def _above(sheet: Sheet, headings: Iterable[int], column: int) -> str:
    """Return what stands above a column that is no field's, or its letter."""
    held = (sheet.value(row, column).value for row in headings)
    address = sheet.value(1, column).address
    return str(next(filter(None, held), address.rpartition("!")[2].rstrip("1")))


def _down(sheet: Sheet, labels: Labels, hits: Mapping[Position, str]) -> Laid:
    columns = _label_columns(sheet, hits)
    sides: dict[Position, list[Position]] = {}
    for at, cell in sorted(sheet.cells.items()):
        if at[1] in columns and not cell.fault:
            for row in _height(sheet, at):
                sides.setdefault((row, _beside(sheet, at, columns)), []).append(at)
    laid = Laid([], [], [])
    named = {side: _named(sheet, labels, hits, ats) for side, ats in sides.items()}
    first = {(side[0], name): side for side, name in reversed(named.items()) if name}
    _add(laid, [(name, sheet.value(*side)) for (_, name), side in sorted(first.items())])
    for side in (side for side, name in named.items() if not name):
        laid.unknown.extend(_strange(sheet, side, sides[side][0]))
    return laid


def _label_columns(sheet: Sheet, hits: Iterable[Position]) -> set[int]:
    """Return the columns that hold labels; a value may be spelt like a label by chance."""
    filled = Counter(column for _, column in sheet.cells)
    found = Counter(column for _, column in hits)
    sure = {column for column in found if found[column] > 1 or 2 * found[column] >= filled[column]}
    return sure or {column for column, _ in found.most_common(1)}


def _height(sheet: Sheet, at: Position) -> list[int]:
    """Return the rows a label stands for: more than one where its cell is merged."""
    below = at[0] + 1
    while sheet.covered.get((below, at[1])) == at:
        below += 1
    return list(range(at[0], below))


def _beside(sheet: Sheet, at: Position, columns: set[int]) -> int:
    """Return the column of the value that a label stands for."""
    column = at[1] + 1
    while column in columns or sheet.covered.get((at[0], column)) == at:
        column += 1
    return column


def _named(
    sheet: Sheet, labels: Labels, hits: Mapping[Position, str], ats: list[Position]
) -> str | None:
    """Return the field that the labels before one value mean; a canonical name comes first."""
    found = [at for at in ats if at in hits]
    found.sort(key=lambda at: not labels.is_name(str(sheet.cells[at].value)))
    return hits[found[0]] if found else None


def _strange(sheet: Sheet, side: Position, at: Position) -> Iterator[str]:
    label, value = str(sheet.cells[at].value), sheet.value(*side)
    words = {plain(label), plain(str(value.value))}
    if not value.blank and not words & HEADINGS:
        yield label
