"""The declaration drawn as the form people know, each field with its value and its findings."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from unicodedata import east_asian_width

from assistant.web.pages.editing import stands, survives
from assistant.web.pages.layout import layout, on_form
from auditors.declaration import Declaration
from auditors.finding import Severity
from auditors.notation import value_at
from auditors.place import Place
from auditors.report import Report
from knowledge.fields import FormField
from knowledge.text import Text

MOST_PARTS = 100
"""Parts of one block that are drawn; findings on others are listed all the same."""
SIGNS = 6.5
"""Narrow signs that fit in a twentieth of the form; a longer value is shown on several lines."""
SHORTEST = 5
LOOSE = 3.6
"""Width of a field that stands in no box."""
LISTED = ("containers", "licences")
"""Blocks of which every field is drawn; of others only those that are filled or found fault with."""
EXPORT = "E"


class Pin(NamedTuple):
    """A finding at a place."""

    number: int
    severity: Severity
    first: bool
    """Whether it speaks of this place, or this place only has a part in it."""


class Cell(NamedTuple):
    """A field as it is drawn."""

    name: str
    """`items[2].first_qty`."""
    id: str
    label: Text
    value: str
    meaning: Text
    """What its code means."""
    pins: tuple[Pin, ...]
    long: bool
    editable: bool
    edited: bool
    longest: int

    @property
    def severity(self) -> str:
        """The gravest severity found here; `also` where it only has a part in a finding."""
        own = [pin.severity for pin in self.pins if pin.first]
        worst = next((each for each in ("error", "warning", "info") if each in own), "")
        return worst or ("also" if self.pins else "")


class Drawn(NamedTuple):
    """A box of the form with its fields."""

    label: Text
    width: int
    lines: tuple[tuple[Cell, ...], ...]


class Goods(NamedTuple):
    """An item, container or other part: its boxes, and fields that have none."""

    label: Text
    number: int
    id: str
    boxes: tuple[Drawn, ...]
    rest: tuple[Cell, ...]
    pins: tuple[Pin, ...]


class Block(NamedTuple):
    """A block beside header and goods."""

    id: str
    label: Text
    parts: tuple[Goods, ...]
    pins: tuple[Pin, ...]


class Form(NamedTuple):
    """The whole declaration."""

    title: Text
    header: tuple[Drawn, ...]
    rest: tuple[Cell, ...]
    items: tuple[Goods, ...]
    columns: tuple[Text, ...]
    blocks: tuple[Block, ...]
    pins: tuple[Pin, ...]
    """Findings on the file as a whole."""
    items_pins: tuple[Pin, ...]
    undrawn: int
    """Items that are too many to draw."""


def drawn_form(report: Report, edited: Iterable[Place] = ()) -> Form:
    """Return the declaration of a report as a form."""
    return _Drawing(report, frozenset(edited)).form()


def field_id(name: str) -> str:
    """Return the id of a field on the page.

    >>> field_id("items[2].first_qty")
    'at-items-2-first_qty'
    """
    return "at-" + name.replace("[", "-").replace("]", "").replace(".", "-")


def signs(value: str) -> float:
    """Return about how wide a value is, in narrow signs.

    >>> signs("泵 a.")
    4.5
    """
    return sum(map(_width, value))


class _Drawing:
    def __init__(self, report: Report, edited: frozenset[Place]) -> None:
        self.report = report
        self.draft = report.draft
        self.fields = report.library.fields
        self.edited = edited
        self.export = report.draft.header.ie_flag == EXPORT
        self.pins = _pins(report)

    def form(self) -> Form:
        boxes, items = layout(export=self.export), Place("items")
        return Form(
            title=_title(export=self.export),
            header=self._boxes(Place("header")),
            rest=self._rest(Place("header")),
            items=tuple(self._part(place) for place in self._parts("items")),
            columns=tuple(box.label for box in boxes if box.block == "items"),
            blocks=tuple(self._blocks()),
            pins=self.pins.get(Place(""), ()),
            items_pins=self.pins.get(items, ()),
            undrawn=max(len(self.draft.items) - MOST_PARTS, 0),
        )

    def _blocks(self) -> Iterator[Block]:
        for name, block in self.fields.items():
            if name in ("header", "items"):
                continue
            every = (self._part(place) for place in self._parts(name))
            parts = tuple(part for part in every if part.rest or part.pins)
            pins = self.pins.get(Place(name), ())
            if parts or pins:
                yield Block(name, block.label, parts, pins)

    def _parts(self, path: str) -> list[Place]:
        return [place for place, _ in parts_of(self.draft, path)][:MOST_PARTS]

    def _part(self, place: Place) -> Goods:
        block = self.fields[place.path]
        number = place.number
        return Goods(
            label=block.label,
            number=number,
            id=field_id(str(place)),
            boxes=self._boxes(place),
            rest=self._rest(place),
            pins=self.pins.get(place, ()) if place.number else (),
        )

    def _boxes(self, part: Place) -> tuple[Drawn, ...]:
        boxes = [box for box in layout(export=self.export) if box.block == part.path]
        return tuple(
            Drawn(
                box.label,
                box.width,
                tuple(tuple(self._cells(part, line, box.width / len(line))) for line in box.lines),
            )
            for box in boxes
        )

    def _rest(self, part: Place) -> tuple[Cell, ...]:
        """The fields without a box that are filled or found fault with."""
        names = self.fields[part.path].fields.keys() - on_form(part.path, export=self.export)
        ordered = [name for name in self.fields[part.path].fields if name in names]
        cells = self._cells(part, ordered)
        every = part.path in LISTED
        return tuple(each for each in cells if every or each.value or each.pins or each.edited)

    def _cells(self, part: Place, names: Iterable[str], width: float = LOOSE) -> Iterator[Cell]:
        known = self.fields[part.path].fields
        for name in names:
            if (field := known.get(name)) and field.kind != "numbers":
                yield self._cell(part._replace(field=name), field, width)

    def _cell(self, place: Place, field: FormField, width: float) -> Cell:
        value = stands(self.draft, place)
        return Cell(
            name=str(place),
            id=field_id(str(place)),
            label=field.label,
            value=value,
            meaning=self._meaning(field, value_at(self.draft, place)),
            pins=self.pins.get(place, ()),
            long="\n" in value or signs(value) > max(width * SIGNS - 3, SHORTEST),
            editable=survives(value),
            edited=place in self.edited,
            longest=max(field.length, 0),
        )

    def _meaning(self, field: FormField, value: str) -> Text:
        if not field.table or not value:
            return Text("", "")
        rows = [self.report.library.table(field.table).known(each) for each in value.split(",")]
        names = [row.name for row in rows if row]
        return Text("、".join(each.zh for each in names), ", ".join(each.en for each in names))


def parts_of(draft: Declaration, path: str) -> Iterator[tuple[Place, Any]]:
    """Yield the parts a draft has of a block, each with its place."""
    held: list[tuple[Place, Any]] = [(Place(""), draft)]
    for name in path.split("."):
        held = [inner for place, part in held for inner in _inner(place, part, name)]
    yield from held


def _inner(place: Place, part: Any, name: str) -> Iterator[tuple[Place, Any]]:
    value = getattr(part, name)
    if isinstance(value, tuple):
        yield from ((place.inner(name, number), each) for number, each in enumerate(value, 1))
    elif value is not None:
        yield place.inner(name), value


def _pins(report: Report) -> Mapping[Place, tuple[Pin, ...]]:
    pins: dict[Place, tuple[Pin, ...]] = {}
    for number, found in enumerate(report.findings, 1):
        for at, place in enumerate(dict.fromkeys(found.places)):
            pins[place] = (*pins.get(place, ()), Pin(number, found.severity, at == 0))
    return pins


def _title(*, export: bool) -> Text:
    if export:
        return Text("中华人民共和国海关出口货物报关单", "Customs declaration for exports (PRC)")
    return Text("中华人民共和国海关进口货物报关单", "Customs declaration for imports (PRC)")


def _width(sign: str) -> float:
    if east_asian_width(sign) in "WF":
        return 2
    return 1.35 if sign.isupper() else 0.5 if sign in ".,:;|" else 1
