"""A place of the form in the notations of the files people have: JSON pointer, XPath, cell."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from auditors.declaration import Declaration
from auditors.interface import ROOT
from auditors.place import Place
from knowledge.fields import FieldTable, FormField
from knowledge.text import Text


class Stood(NamedTuple):
    """Where fields stood in the file that was read, where that is not what the form says."""

    cells: Mapping[Place, str] = {}
    """`sheet!cell` of each field read from a workbook."""
    pointers: Mapping[Place, str] = {}
    """JSON pointers of fields that stood under an alias."""


WHOLE = {
    "": Text("文件", "The file"),
    "extras": Text("报文的其他元素", "Other elements of the message"),
    "documents": Text("随附单据内容", "Contents of the documents"),
    "message": Text("报文", "The message"),
}
"""What to call things that are no block of the form."""


def form_field(place: Place, fields: FieldTable) -> FormField | None:
    """Return the field of the form at a place, or nothing where it names a whole part."""
    block = fields.get(place.path)
    return block.fields.get(place.field) if block else None


def label(place: Place, fields: FieldTable) -> Text:
    """Return what the form calls a place: `第2项 净重` / `item 2: Net weight`."""
    block = fields.get(place.path)
    field = form_field(place, fields)
    own = field.label if field else Text(place.field, place.field)
    if block is None or (place.block == "header" and place.field):
        return own if place.field else WHOLE.get(place.block, WHOLE[""])
    number = str(place.number or "")
    part = Text(
        f"{block.label.zh}第{number}项" if number else block.label.zh,
        f"{block.label.en} {number}".strip(),
    )
    return Text(f"{part.zh} {own.zh}", f"{part.en}: {own.en}") if place.field else part


def xpath(place: Place, fields: FieldTable) -> str | None:
    """Return where a place stands in a DecMessage, or nothing where the message has no such element.

    Elements are named without a prefix; parts of a list count from 1.
    """
    steps = ROOT
    path, within = "", False
    for name, number in place.steps:
        path = f"{path}.{name}".lstrip(".")
        # a part of a numbered part stands within it; the blocks of the transit stand side by side
        steps, within = (steps if within else ROOT), bool(number)
        block = fields.get(path)
        if block is None:
            return None
        steps += f"/{block.xml}" if block.xml else ""
        steps += f"[{number}]" if number else ""
    field = form_field(place, fields)
    if field is None:
        return None if place.field else f"/{steps}"
    return f"/{steps}/{field.xml.partition('[')[0]}" if field.xml else None


def value_at(draft: Declaration, place: Place) -> str:
    """Return what stands at a place, as a person would read it; empty where nothing does."""
    value: Any = draft
    for name, number in place.steps:
        value = getattr(value, name, None)
        if number and value is not None:
            value = value[number - 1] if number <= len(value) else None
    if place.field:
        value = getattr(value, place.field, None)
    return written(value)


def written(value: Any) -> str:
    """Return a value as text: numbers plain, days in ISO form, lists by commas."""
    match value:
        case str():
            return value
        case Decimal():
            return f"{value:f}"
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case tuple() if all(isinstance(each, str | int) for each in value):
            return ",".join(map(str, value))
        case _:
            return ""
