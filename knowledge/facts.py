"""Facts: what the library holds to be so on one day."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from knowledge.codes import CodeTable, Row
from knowledge.errors import CannotJudge, PackError

if TYPE_CHECKING:
    from knowledge.library import Library


class Facts:
    """The library as of one day."""

    def __init__(self, library: "Library", day: date) -> None:
        self.library = library
        self.day = day
        self.value: Callable[[str], Decimal] = cache(self._value)
        self._rows = _Rows(library, day)

    def _value(self, parameter: str) -> Decimal:
        held = self.library.parameters.get(parameter)
        if held is None:
            raise PackError("parameters", f"there is no {parameter}", "Add it to the pack")
        if (value := held.on(self.day)) is None:
            raise CannotJudge(
                f"{self.day} 没有“{held.name.zh}”的数值",
                f"no {held.name.en} known on {self.day}",
            )
        return value.value

    def table(self, name: str) -> CodeTable:
        """Return a code table by its short name, `transport_mode`."""
        return self.library.table(name)

    def codes(self, table: str) -> Mapping[str, Row]:
        """Return the rows of a table in force this day, by code."""
        return self._rows[table]

    def row(self, table: str, code: str) -> Row | None:
        """Return the row of a code in force this day, or nothing."""
        return self._rows[table].get(code)

    def name(self, table: str, code: str) -> str:
        """Return `code name` for a message, or the code alone where it is not known."""
        row = self.table(table).known(code)
        return f"{code} {row.name.zh}" if row else code


class _Rows(dict[str, Mapping[str, Row]]):
    """The rows of each table in force on a day, made when a table is first asked for.

    A dict, because rules look up some twenty rows in each draft.
    """

    def __init__(self, library: "Library", day: date) -> None:
        super().__init__()
        self.library = library
        self.day = day

    def __missing__(self, table: str) -> Mapping[str, Row]:
        rows = self[table] = self.library.table(table).on(self.day)
        return rows
