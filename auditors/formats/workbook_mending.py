"""Changes made in the user's own workbook: a value in a cell, and all else as it was."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from auditors.formats.reading import Reading
from auditors.formats.workbook_guard import faults_told, let_in
from auditors.formats.workbook_saving import put, saved
from auditors.notation import written
from auditors.place import Place


def mended(reading: Reading, changes: Mapping[str | Place, Any]) -> bytes | None:
    """Return the workbook a draft was read from with other values in its cells.

    Nothing where a change has no cell of its own: a field that was not there, or a line that goes.

    Raises:
        Unreadable: the workbook cannot be opened again.
    """
    cells = reading.stood.cells
    known = {place: value for place, value in changes.items() if isinstance(place, Place)}
    if not reading.source or any(place not in cells for place in known):
        return None
    with faults_told():
        let_in(reading.source)
        book = load_workbook(BytesIO(reading.source), keep_links=False)
    for place, value in known.items():
        title, _, address = cells[place].rpartition("!")
        cell: Any = book[title][address]
        put(book[title], cell.row, cell.column, None if value is None else written(value))
    return saved(book)
