"""A sheet as a plain grid of cells."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from openpyxl.utils import get_column_letter

MAX_ROWS = 2_000
"""Rows of a sheet that are looked at; a declaration has at most 50 items."""

Fault = Literal["", "error", "formula", "digits"]
Position = tuple[int, int]
"""Row and column, from 1."""


class Cell(NamedTuple):
    """What stands in one cell."""

    address: str
    """`sheet!A1`."""
    value: Any = None
    """Text, whole number, `Decimal`, day, moment or truth; None where it is blank."""
    formula: str = ""
    fault: Fault = ""
    """error: `#N/A` and its like; formula: no stored result; digits: too long for a number."""

    @property
    def blank(self) -> bool:
        """Whether nothing stands here."""
        return self.value is None and not self.fault


class Sheet:
    """One sheet; rows and columns count from 1."""

    def __init__(
        self,
        title: str,
        cells: Mapping[Position, Cell],
        covered: Mapping[Position, Position],
        last_stored: int = 0,
    ) -> None:
        self.title = title
        self.cells = cells
        """The cells that are not blank."""
        self.covered = covered
        """Cells of merged areas, and the top left cell of each area."""
        self.last_stored = last_stored
        """Row of the last value in the sheet, looked at or not."""
        self._columns: dict[int, list[int]] = {}
        for row, column in sorted(cells):
            self._columns.setdefault(row, []).append(column)

    @property
    def rows(self) -> list[int]:
        """Numbers of the rows in which something stands."""
        return list(self._columns)

    def row(self, row: int) -> list[int]:
        """Return the columns in which something stands in a row."""
        return self._columns.get(row, [])

    def value(self, row: int, column: int) -> Cell:
        """Return the cell that fills a position: a merged one fills rows, not further columns."""
        top, left = self.covered.get((row, column), (row, column))
        if left != column:
            return self._blank(row, column)
        return self.cells.get((top, left)) or self._blank(top, left)

    def _blank(self, row: int, column: int) -> Cell:
        return Cell(f"{self.title}!{get_column_letter(column)}{row}")
