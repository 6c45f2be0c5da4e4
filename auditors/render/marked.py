"""A report in the user's own workbook: coloured cells, a comment on each, and a list of findings.

The sheets stay as they are, formulas too. What `openpyxl` does not know of a workbook (macros,
shapes, results of formulas) is not in the marked copy; the file that was audited is not touched.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook

from auditors.formats.reading import Reading, Unreadable
from auditors.formats.workbook_guard import faults_told, let_in
from auditors.formats.workbook_saving import comment, fill, saved
from auditors.formats.workbook_writing import sheets_of
from auditors.place import Place
from auditors.render.findings_sheet import COLOURS, add_findings, described
from auditors.render.plain import both
from auditors.render.text import NAMES
from auditors.report import WEIGHTS, Found, Report

MAX_UNPACKED = 10_000_000
"""Largest workbook, unpacked, that is marked itself; a larger one is written anew and marked."""
OURS = "—— declarant ——"
"""The line in a comment below which our words stand; above it are the user's own."""

Address = Callable[[Place], str]


def marked(report: Report, reading: Reading | None = None) -> bytes:
    """Return the workbook a draft was read from with its findings marked.

    A draft that was not read from a workbook is written as one first; so is one whose workbook
    is too large to be opened whole, or has parts that cannot be written again.
    """
    if report.readable and reading and reading.form == "xlsx" and _bearable(reading.source):
        with suppress(Unreadable), faults_told():
            return _finished(_own(reading.source), report, _finder(reading.stood.cells))
    if report.readable:
        sheets = sheets_of(report.draft, report.library)
        return _finished(sheets.book, report, _finder(sheets.cells))
    book = Workbook()
    book.remove(book.worksheets[0])
    return _finished(book, report, _finder({}))


def _finished(book: Workbook, report: Report, address: Address) -> bytes:
    cells: dict[str, list[Found]] = {}
    for found in report.findings:
        if at := next(filter(None, map(address, found.places)), ""):
            cells.setdefault(at, []).append(found)
    for at, findings in cells.items():
        _mark(book, at, findings, report)
    add_findings(book, report, address)
    return saved(book, report.day)


def _bearable(content: bytes) -> bool:
    if not content:
        return False
    return sum(part.file_size for part in let_in(content).infolist()) <= MAX_UNPACKED


def _own(content: bytes) -> Workbook:
    """Open the user's workbook for writing, without the marks of an earlier audit."""
    book = load_workbook(BytesIO(content), keep_links=False)
    for sheet in book.worksheets:
        cells: Any = sheet
        for cell in [cell for cell in cells._cells.values() if cell.comment]:
            _unmark(cell)
    return book


def _unmark(cell: Any) -> None:
    theirs, ours, _ = cell.comment.text.partition(OURS)
    if not ours:
        return
    cell.comment = comment(theirs.rstrip()) if theirs.strip() else None
    if str(cell.fill.start_color.rgb)[-6:] in COLOURS.values():
        cell.fill = PatternFill()


def _finder(cells: Mapping[Place, str]) -> Address:
    """Return how to find the cell of a place; of a part it is the first cell of its line."""
    first: dict[tuple[str, int], str] = {}
    for place, cell in cells.items():
        first.setdefault((place.block, place.number), cell)

    def address(place: Place) -> str:
        line = first.get((place.block, place.number), "") if place.number else ""
        return cells.get(place, line)

    return address


def _mark(book: Workbook, address: str, findings: list[Found], report: Report) -> None:
    title, _, coordinate = address.rpartition("!")
    cell: Any = book[title][coordinate]
    held = {found.severity for found in findings}
    worst = next(weight for weight in WEIGHTS if weight in held)
    cell.fill = fill(COLOURS[worst])
    lines = [line for found in findings for line in _said(found, report)]
    theirs = [cell.comment.text] if cell.comment else []
    cell.comment = comment("\n".join([*theirs, OURS, *lines]), 2 * len(lines) + len(theirs))


def _said(found: Found, report: Report) -> list[str]:
    return [
        f"[{both(NAMES[found.severity])}] {found.rule.code}",
        found.message.zh,
        found.message.en,
        *(f"→ {described(fix, report)}" for fix in found.fixes),
    ]
