"""Workbooks as the tests make and read them."""

import re
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from auditors.declaration import Declaration
from auditors.formats.reading import Reading
from auditors.formats.workbook import read_workbook
from auditors.place import Oddity
from knowledge.library import shipped

Rows = Sequence[Sequence[Any]]


def book(sheets: Mapping[str, Rows], then: Callable[[Workbook], None] | None = None) -> bytes:
    """Return a workbook with these rows on these sheets, changed by `then` before it is saved."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet: Worksheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    if then:
        then(made)
    raw = BytesIO()
    made.save(raw)
    return raw.getvalue()


def read(sheets: Mapping[str, Rows], then: Callable[[Workbook], None] | None = None) -> Reading:
    """Read a workbook with these rows."""
    return read_workbook(book(sheets, then), shipped())


def header(*rows: Sequence[Any]) -> Declaration:
    """Read a workbook whose header has these rows."""
    return read({"表头": rows}).draft


def opened(content: bytes) -> Workbook:
    """Open a workbook that was written."""
    return load_workbook(BytesIO(content))


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook with one part changed, or added where there was none."""
    packed = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, change(old.read(each)) if each == name else old.read(each))
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return packed.getvalue()


def with_result(content: bytes, part: str, cell: str, stored: str) -> bytes:
    """Return a workbook with a result stored beside a formula, as Excel does it.

    `stored` is the rest of the cell: `><v>12</v>`, ` t="str"><v></v>`, ` t="e"><v>#REF!</v>`.
    """
    attributes, _, result = stored.partition(">")
    pattern = rf'<c r="{cell}"([^>]*)>(<f>.*?</f>)<v ?/?>(?:</v>)?</c>'
    anew = rf'<c r="{cell}"\1{attributes}>\2{result}</c>'

    def change(markup: bytes) -> bytes:
        changed, count = re.subn(pattern, anew, markup.decode())
        assert count == 1
        return changed.encode()

    return with_part(content, f"xl/worksheets/{part}.xml", change)


def noted(oddities: Sequence[Oddity]) -> list[tuple[str, str, str]]:
    """Return what was noted as plain texts: place, found, read as."""
    return [(str(odd.place), odd.found, odd.read_as) for odd in oddities]
