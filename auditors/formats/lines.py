"""On which line of a JSON or XML file a place stands, so that a report can point at it."""

from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate
from typing import NamedTuple

from auditors.formats.decoding import decode
from auditors.formats.json_text import decoded, positions
from auditors.formats.reading import Reading
from auditors.notation import xpath
from auditors.place import Place
from knowledge.fields import FieldTable


class Line(NamedTuple):
    """A line of a file; counts from 1."""

    number: int
    column: int
    """Where the value begins, from 1; 0 where only the line is known."""
    text: str


class Lines:
    """The lines of a file that was read; empty for a workbook, which has cells instead."""

    def __init__(self, reading: Reading, fields: FieldTable) -> None:
        self._fields = fields
        self._reading = reading
        self._text = _text(reading)
        self._rows = self._text.split("\n")
        self._starts = [0, *accumulate(len(row) + 1 for row in self._rows)]
        self._at: Mapping[str, int] | None = None

    def find(self, place: Place) -> Line | None:
        """Return the line of a place, or of the nearest thing around it; None in a workbook."""
        if not self._text:
            return None
        if self._reading.form == "xml":
            return self._in_xml(place)
        return self._in_json(place)

    def _in_json(self, place: Place) -> Line | None:
        if self._at is None:
            self._at = dict(positions(self._text))
        pointer = self._reading.stood.pointers.get(place, place.pointer)
        while pointer and pointer not in self._at:
            pointer = pointer.rpartition("/")[0]
        return self._line(self._at[pointer]) if pointer else None

    def _line(self, offset: int) -> Line:
        number = bisect_right(self._starts, offset)
        column = offset - self._starts[number - 1] + 1
        return Line(number, column, self._rows[number - 1].rstrip())

    def _in_xml(self, place: Place) -> Line | None:
        from auditors.formats.single_window import line_of

        path = xpath(place, self._fields)
        number = line_of(self._reading.source, path) if path else None
        if not number or number > len(self._rows):
            return None
        return Line(number, 0, self._rows[number - 1].rstrip())


def _text(reading: Reading) -> str:
    """The text as it was read, its lines ending alike."""
    match reading.form:
        case "json":
            return decoded(reading.source)[0].replace("\r\n", "\n").replace("\r", "\n")
        case "xml":
            return decode(reading.source).text
        case "xlsx":
            return ""
