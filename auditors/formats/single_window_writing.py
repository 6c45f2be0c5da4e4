"""The import message of the Single Window (DecMessage v4), written.

Elements stand in the order of the interface; what is blank is left out; kept elements go back to
where they stood. The same draft gives the same bytes.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from lxml import etree

from auditors.declaration import Declaration
from auditors.formats.building import is_list
from auditors.formats.message_elements import Element, character, message_elements
from auditors.formats.reading import Unreadable, Written
from auditors.formats.safe_xml import local, parse_text
from auditors.formats.values import NotRead, read_value
from auditors.interface import BLANK, NAMESPACE, ROOT, VERSION
from auditors.notation import written
from auditors.part import Part
from auditors.place import Place
from knowledge.fields import FormField
from knowledge.library import Library

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NO_BLOCKS = {"schema", "message", "extras"}
LEAST_CONFIRMATIONS = 3
"""A confirmation string has at least the three that every import declaration states."""
LONGEST_NUMBER = 1000
"""Digits before the point beyond which a number is no weight, amount or count of anything."""


def write_xml(draft: Declaration, library: Library) -> Written:
    """Write a draft as a message, and name the filled fields it could not hold."""
    writing = _Writing(draft, library)
    content = writing.message()
    return Written(content, tuple(writing.left_out()))


class _Held(NamedTuple):
    """A part of the draft, or None where the draft has none, and where it stands on the form."""

    part: Any
    place: Place


_Parts = Mapping[str, _Held]


class _Writing:
    """One draft on its way into a message."""

    def __init__(self, draft: Declaration, library: Library) -> None:
        self.draft = draft
        self.elements = message_elements(library)
        singles = [block for block in library.fields if not is_list(block)]
        self.parts = {block: _Held(_single(draft, block), Place(block)) for block in ("", *singles)}
        self.written: set[Place] = set()
        self.extras: dict[str, list[Place]] = {}
        for number, extra in enumerate(draft.extras, 1):
            self.extras.setdefault(extra.partition("\n")[0], []).append(Place("extras", number))

    def message(self) -> bytes:
        """Return the bytes of the message."""
        root = etree.Element(_tag(ROOT), nsmap={None: NAMESPACE})  # type: ignore[dict-item]  # the stubs forget None
        root.set("Version", VERSION)
        self._fill(root, self.elements, self.parts, "", 0)
        body = etree.tostring(root, encoding="UTF-8", xml_declaration=False)
        return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"

    def left_out(self) -> Iterator[Place]:
        """Give the filled places of the draft that are not in the message."""
        for place in _filled(self.draft, Place("")):
            if place not in self.written:
                yield place
        for number in range(1, len(self.draft.extras) + 1):
            if (place := Place("extras", number)) not in self.written:
                yield place

    def _fill(
        self, found: "etree._Element", element: Element, parts: _Parts, path: str, depth: int
    ) -> None:
        for name, fields in element.fields.items():
            if text := self._said(fields, parts):
                etree.SubElement(found, _tag(name)).text = text
        for inner in element.inner.values():
            self._add(found, inner, parts, f"{path}/{inner.name}", depth)
        self._put_back(found, path.lstrip("/"))
        found[:] = sorted(found, key=lambda child: element.rank(local(child)))
        _indent(found, depth)

    def _add(
        self, found: "etree._Element", element: Element, parts: _Parts, path: str, depth: int
    ) -> None:
        if not element.many:
            single = etree.SubElement(found, _tag(element.name))
            self._fill(single, element, parts, path, depth + 1)
            if len(single) == 0:
                found.remove(single)
            return
        outer, _, own = element.block.rpartition(".")
        for number, part in enumerate(getattr(parts[outer].part, own, ()), 1):
            held = _Held(part, parts[outer].place.inner(own, number))
            child = etree.SubElement(found, _tag(element.name))
            inner = {**parts, element.block: held}
            self._fill(child, element, inner, f"{path}[{number}]", depth + 1)

    def _put_back(self, found: "etree._Element", path: str) -> None:
        for place in self.extras.get(path, ()):
            try:
                kept = parse_text(self.draft.extras[place.number - 1].partition("\n")[2])
            except (Unreadable, UnicodeEncodeError):
                continue  # left out, and said so
            for each in kept.iter(etree.Element):
                if etree.QName(each).namespace is None:
                    each.tag = _tag(local(each))
            found.append(kept)
            self.written.add(place)

    def _said(self, fields: list[FormField], parts: _Parts) -> str:
        part, place = parts[fields[0].block]
        if character(fields[0]):
            return self._characters(fields, part, place)
        value = getattr(part, fields[0].name, None)
        if text := "" if value is None else _as_text(fields[0], value):
            self.written.add(place._replace(field=fields[0].name))
        return text

    def _characters(self, fields: list[FormField], part: Any, place: Place) -> str:
        """Return several fields as one string; what it held beyond them is kept."""
        was = NOT_IN_XML.sub(BLANK, self.draft.message.confirmations or "")
        now = {character(field): BLANK for field in fields}
        stated = 0
        for field in fields:
            value = getattr(part, field.name, None)
            if isinstance(value, str) and len(value.strip()) == 1 == len(_sayable(value)):
                now[character(field)] = value
                stated = character(field)
                self.written.add(place._replace(field=field.name))
        length = max(len(was), stated)
        length = max(length, LEAST_CONFIRMATIONS) if length else 0
        begin = "".join(now.get(at, BLANK) for at in range(1, len(now) + 1))
        return (begin + was[len(now) :])[:length]


def _single(draft: Declaration, block: str) -> Any:
    part: Any = draft
    for step in filter(None, block.split(".")):
        part = getattr(part, step, None)
    return part


def _as_text(field: FormField, value: Any) -> str:
    """Return a value as the interface writes it; empty where it would not come back the same."""
    if isinstance(value, int | Decimal) and not _is_figure(Decimal(value)):
        return ""
    text = value.isoformat().replace("-", "") if isinstance(value, date) else written(value)
    try:
        again = read_value(field, text)
    except NotRead:
        return ""
    same = (tuple(again) if isinstance(again, list) else again) == value
    return _sayable(text) if same else ""


def _is_figure(value: Decimal) -> bool:
    return value.is_finite() and abs(value.adjusted()) < LONGEST_NUMBER


def _sayable(text: str) -> str:
    return "" if NOT_IN_XML.search(text) else text


def _filled(part: Part, place: Place) -> Iterator[Place]:
    """Give the places of all filled fields of a part and of the parts within it."""
    for name in part.__struct_fields__:
        if not place.block and name in NO_BLOCKS:
            continue
        value = getattr(part, name)
        if value is None or value in ("", (), {}):
            continue
        if isinstance(value, Part):
            yield from _filled(value, place.inner(name))
        elif isinstance(value, tuple) and isinstance(value[0], Part):
            for number, each in enumerate(value, 1):
                yield from _filled(each, place.inner(name, number))
        else:
            yield place._replace(field=name)


def _indent(found: "etree._Element", depth: int) -> None:
    """Put each element on its own line; kept elements stay as they are within."""
    within, after = "\n" + "  " * (depth + 1), "\n" + "  " * depth
    if len(found):
        found.text = within
    for child in found:
        child.tail = within if child.getnext() is not None else after


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
