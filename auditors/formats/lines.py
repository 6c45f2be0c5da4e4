"""On which line of a JSON or XML file a place stands, so that a report can point at it."""

from bisect import bisect_right
from collections.abc import Container, Mapping
from functools import cached_property
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

    def find(self, place: Place) -> Line | None:
        """Return the line of a place, or of the nearest thing around it; None in a workbook."""
        if not self._text:
            return None
        if self._reading.form == "xml":
            return self._in_xml(place)
        return self._in_json(place)

    @cached_property
    def _offsets(self) -> Mapping[str, int]:
        """Where each value of a JSON file begins, by its pointer."""
        return dict(positions(self._text))

    @cached_property
    def _elements(self) -> Mapping[str, int]:
        """The line of each element of an XML file, by its path."""
        from auditors.formats.single_window import lines_of

        return lines_of(self._reading.source)

    def _in_json(self, place: Place) -> Line | None:
        pointer = _around(self._reading.stood.pointers.get(place, place.pointer), self._offsets)
        return self._line(self._offsets[pointer]) if pointer else None

    def _line(self, offset: int) -> Line:
        number = bisect_right(self._starts, offset)
        column = offset - self._starts[number - 1] + 1
        return Line(number, column, self._rows[number - 1].rstrip())

    def _in_xml(self, place: Place) -> Line | None:
        steps = (xpath(place, self._fields) or "").split("/")
        counted = (step if step.endswith("]") else f"{step}[1]" for step in steps[1:])
        path = _around("".join(f"/{step}" for step in counted), self._elements)
        number = self._elements[path] if path else 0
        if not 0 < number <= len(self._rows):
            return None
        return Line(number, 0, self._rows[number - 1].rstrip())


def _around(path: str, known: Container[str]) -> str:
    """Return a path, or that of the nearest thing around it that is known; empty where none is."""
    while path and path not in known:
        path = path.rpartition("/")[0]
    return path


def _text(reading: Reading) -> str:
    """The text as it was read, its lines ending alike."""
    match reading.form:
        case "json":
            return decoded(reading.source)[0].replace("\r\n", "\n").replace("\r", "\n")
        case "xml":
            return decode(reading.source).text
        case "xlsx":
            return ""
