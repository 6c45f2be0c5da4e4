"""Into cells and into bytes: text that stays text, and the same bytes for the same workbook."""

import re
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

TEXT = "@"
"""The number format under which Excel leaves digits alone."""
LONGEST_TEXT = 32_767
AUTHOR = "declarant"
NEW_YEAR = date(2026, 1, 1)
"""The day a workbook is dated that has no day of its own."""

UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|_x[0-9A-Fa-f]{4}_")
"""What XML forbids, and what Excel would take for the escape of a character."""
COMMANDS = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet may take for a formula."""
PART_DATE = (1980, 1, 1, 0, 0, 0)
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def fits(text: str) -> bool:
    """Return whether a cell can hold a text and give it back unchanged."""
    return bool(text.strip()) and len(text) <= LONGEST_TEXT and not UNFIT.search(text)


def put(sheet: Worksheet, row: int, column: int, value: Any) -> Cell:
    """Write a value and return its cell; text stays text, whatever it begins with."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = TEXT
        if value.startswith(COMMANDS):
            cell.quotePrefix = True
    return cell


def printable(text: str) -> str:
    """Return a text without what no cell can hold, for people to read."""
    return UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)[:LONGEST_TEXT]


def comment(text: str, lines: int = 6) -> Comment:
    """Return a note for a cell, large enough to be read."""
    return Comment(printable(text), AUTHOR, height=20 * lines, width=360)


def fill(colour: str) -> PatternFill:
    """Return a plain background."""
    return PatternFill("solid", start_color=colour, end_color=colour)


def saved(book: Workbook, day: date = NEW_YEAR) -> bytes:
    """Return a workbook as bytes, dated by the day and not by the clock."""
    stamp = datetime(day.year, day.month, day.day)  # noqa: DTZ001 (Excel knows no zones)
    if book.properties.creator == "openpyxl":
        book.properties.creator = AUTHOR
        book.properties.created = stamp
    raw = BytesIO()
    book.save(raw)
    return _repacked(raw.getvalue(), f"{stamp.isoformat()}Z".encode())


def _repacked(content: bytes, stamp: bytes) -> bytes:
    """Pack the parts anew: no clock in them, and the list of contents first."""
    packed = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: not name.startswith("[")):
            part = ZipInfo(name, PART_DATE)
            part.compress_type = ZIP_DEFLATED
            part.create_system = 0
            markup = old.read(name)
            if name == "docProps/core.xml":
                markup = MODIFIED.sub(rb"\g<1>" + stamp, markup)
            new.writestr(part, markup)
    return packed.getvalue()
