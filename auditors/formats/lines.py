"""On which line of a JSON or XML file a place stands, so that a report can point at it."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from auditors.formats.reading import Reading
from auditors.notation import xpath
from auditors.place import Place
from knowledge.fields import FieldTable

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


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
        self._text = _text(reading.source) if reading.form != "xlsx" else ""
        self._rows = self._text.splitlines()
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
            self._at = dict(_positions(self._text))
        pointer = self._reading.stood.pointers.get(place, place.pointer)
        while pointer and pointer not in self._at:
            pointer = pointer.rpartition("/")[0]
        return self._line(self._at[pointer]) if pointer else None

    def _line(self, offset: int) -> Line:
        number = self._text.count("\n", 0, offset)
        start = self._text.rfind("\n", 0, offset) + 1
        return Line(number + 1, offset - start + 1, self._rows[number].rstrip())

    def _in_xml(self, place: Place) -> Line | None:
        from auditors.formats.single_window import line_of

        path = xpath(place, self._fields)
        number = line_of(self._reading.source, path) if path else None
        if not number or number > len(self._rows):
            return None
        return Line(number, 0, self._rows[number - 1].rstrip())


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


def _positions(text: str) -> Iterator[tuple[str, int]]:
    """Give the JSON pointer and the offset of every value of a well-formed text."""
    path: list[str | int] = []
    expects_value = True
    for token in TOKEN.finditer(text):
        sign = token[0]
        if sign in "}]":
            path.pop()
            expects_value = False
        elif sign == ",":
            if isinstance(path[-1], int):
                path[-1] += 1
                expects_value = True
            else:
                expects_value = False
        elif sign == ":":
            expects_value = True
        elif not expects_value and path and isinstance(path[-1], str):
            path[-1] = sign[1:-1]
        else:
            yield "".join(f"/{step}" for step in path), token.start()
            expects_value = False
            if sign == "{":
                path.append("")
            elif sign == "[":
                path.append(0)
                expects_value = True
