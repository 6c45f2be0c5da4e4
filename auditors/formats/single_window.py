"""The import message of the Single Window (DecMessage v4), read.

Elements are looked for by their local name and in any order. What the form does not know is kept
as it stood, so that a message that is written again loses nothing. The way back is
`single_window_writing`.
"""

import copy
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from lxml import etree

from auditors.declaration import Declaration
from auditors.formats.building import Builder, is_list
from auditors.formats.message_elements import Element, character, message_elements
from auditors.formats.reading import Reading, Unreadable, at_line
from auditors.formats.safe_xml import Parsed, line, local, parse
from auditors.formats.single_window_writing import write_xml
from auditors.interface import BLANK, NAMESPACE, ROOT
from auditors.place import Place
from knowledge.fields import FormField
from knowledge.library import Library
from knowledge.text import Text

MOST_GUESSES = 200
"""After so many unknown elements nobody is helped by a guess at what each of them means."""


def read_xml(content: bytes, library: Library, name: str = "") -> Reading:
    """Read a Single Window message.

    Raises:
        Unreadable: it is no XML, no DecMessage, or nothing that is safe to read.
    """
    parsed = parse(content)
    _refuse_other_messages(parsed.root)
    walk = _Walk(library, parsed)
    return Reading(walk.draft(), "xml", name, source=content)


def lines_of(content: bytes) -> dict[str, int]:
    """Return the line of each element by its path, `/DecMessage[1]/DecLists[1]/DecList[2]`.

    Raises:
        Unreadable: it is no XML that is safe to read.
    """
    return dict(_lines_in(parse(content).root, f"/{ROOT}[1]"))


def _lines_in(found: "etree._Element", path: str) -> Iterator[tuple[str, int]]:
    yield path, line(found)
    seen: dict[str, int] = {}
    for child in found:
        name = local(child)
        seen[name] = seen.get(name, 0) + 1
        yield from _lines_in(child, f"{path}/{name}[{seen[name]}]")


def _refuse_other_messages(root: "etree._Element") -> None:
    if (found := local(root)) != ROOT:
        raise Unreadable(
            Text(
                f"报文的根元素是 {found[:80]}，不是 {ROOT}",
                f"The root element of the message is {found[:80]}, not {ROOT}",
            ),
            Text(
                "提交报关单导入报文，而不是回执或其他单证的报文",
                "Hand in the import message of the declaration, not a receipt or another message",
            ),
            at_line(line(root)),
        )


class _Held(NamedTuple):
    """The raw values of a part, and where it stands on the form."""

    raw: dict[str, Any]
    place: Place


_Parts = Mapping[str, _Held]
"""The part that is being read of each block, by block."""


class _Walk:
    """One walk through a message: raw values by block, and what no block has."""

    def __init__(self, library: Library, parsed: Parsed) -> None:
        self.builder = Builder(library, "xml")
        self.parsed = parsed
        self.elements = message_elements(library)
        self.extras: list[str] = []
        self.confirmations: str | None = None
        self.guesses = 0
        qualified = etree.QName(parsed.root)
        self.namespace = qualified.namespace or ""
        singles = [block for block in library.fields if not is_list(block)]
        self.parts = {block: _Held({}, Place(block)) for block in ("", *singles)}

    def draft(self) -> Declaration:
        """Return the draft the message makes."""
        self.read(self.elements, self.parsed.root, self.parts, "")
        return self.builder.declaration(
            self._blocks() | {"extras": self.extras},
            encoding=self.parsed.encoding,
            namespace=self.namespace,
            version=self.parsed.root.get("Version", ""),
            confirmations=self.confirmations,
        )

    def _blocks(self) -> dict[str, Any]:
        """Hang each single block that has a value into the one it belongs to; inner ones first."""
        for block in sorted(filter(None, self.parts), key=lambda block: -block.count(".")):
            outer, _, own = block.rpartition(".")
            if _has_value(self.parts[block].raw):
                self.parts[outer].raw[own] = self.parts[block].raw
        return self.parts[""].raw

    def read(self, element: Element, found: "etree._Element", parts: _Parts, path: str) -> None:
        """Read what stands in an element.

        It is read in the order of the interface, whatever its order in the file, so that extras
        come in the order in which they are written again.
        """
        place = _place(element, parts)
        if len(found) == 0 and found.text and found.text.strip():
            self.builder.note("unreadable", place, found.text, said="object")
        seen: dict[str, int] = {}
        for child in sorted(found, key=lambda child: element.rank(local(child))):
            name = local(child)
            seen[name] = seen.get(name, 0) + 1
            if name in element.fields:
                self._field(element.fields[name], child, parts, seen[name])
            elif name in element.inner:
                self._inner(element.inner[name], child, parts, f"{path}/{name}", seen[name])
            else:
                self._keep(element, child, place, path)

    def _field(
        self, fields: list[FormField], child: "etree._Element", parts: _Parts, time: int
    ) -> None:
        held = parts[fields[0].block]
        place, text = held.place._replace(field=fields[0].name), child.text or ""
        if time > 1:
            self.builder.note("repeated", place, text)
        elif len(child):
            self.builder.note("unreadable", place, _as_text(child), said=fields[0].kind)
        elif character(fields[0]):
            self._characters(fields, text.strip(), held.raw)
        else:
            held.raw[fields[0].name] = text

    def _characters(self, fields: list[FormField], text: str, raw: dict[str, Any]) -> None:
        self.confirmations = text or None
        for field in fields:
            found = text[character(field) - 1 : character(field)]
            raw[field.name] = None if found == BLANK else found

    def _inner(
        self, element: Element, child: "etree._Element", parts: _Parts, path: str, time: int
    ) -> None:
        if element.many:
            held = self._part(element.block, parts)
            inner = {**parts, element.block: held}
            self.read(element, child, inner, f"{path}[{time}]")
        elif time > 1:
            self.builder.note("repeated", _place(element, parts), local(child), said="element")
        else:
            self.read(element, child, parts, path)

    def _part(self, block: str, parts: _Parts) -> _Held:
        """Begin another part of a list."""
        outer, _, own = block.rpartition(".")
        siblings = parts[outer].raw.setdefault(own, [])
        siblings.append({})
        return _Held(siblings[-1], parts[outer].place.inner(own, len(siblings)))

    def _keep(self, element: Element, child: "etree._Element", place: Place, path: str) -> None:
        """Keep an element the form does not have, and note it where the interface has none either.

        A whole block nobody knows may belong to a later interface: it is noted only when it looks
        like a misspelt one, whose content would be missed.
        """
        self.extras.append(f"{path.lstrip('/')}\n{self._bare(child)}")
        if (name := local(child)) in element.order:
            return
        self.guesses += 1
        meant = element.closest(name) if self.guesses <= MOST_GUESSES else ""
        if meant or element.name != ROOT:
            self.builder.note("unknown", place, name, meant, "element")

    def _bare(self, child: "etree._Element") -> str:
        """Return an element as text; names of the message itself stand without a namespace."""
        bare = copy.deepcopy(child)
        for each in bare.iter(etree.Element):
            if etree.QName(each).namespace in {NAMESPACE, self.namespace}:
                each.tag = local(each)
        etree.cleanup_namespaces(bare)
        return _as_text(bare)


def _as_text(element: "etree._Element") -> str:
    return etree.tostring(element, encoding="unicode", with_tail=False)


def _place(element: Element, parts: _Parts) -> Place:
    """Return the part an element is, or the list it holds."""
    if element.block in parts:
        return parts[element.block].place
    outer, _, own = element.block.rpartition(".")
    return parts[outer].place.inner(own)


def _has_value(raw: Mapping[str, Any]) -> bool:
    return any(value.strip() if isinstance(value, str) else value for value in raw.values())


__all__ = ["lines_of", "read_xml", "write_xml"]
