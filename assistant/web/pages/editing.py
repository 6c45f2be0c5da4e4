"""A draft as somebody edited it on the page: what they typed, read as the form reads it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from auditors.declaration import Declaration, Message
from auditors.fixing import changed
from auditors.formats.values import NotRead, read_value
from auditors.notation import form_field, value_at
from auditors.place import Oddity, Place
from knowledge.fields import FormField
from knowledge.library import Library

NOTED = (
    "unreadable", "lost_zeros", "named", "disagreeing", "ambiguous", "untidy", "formulas",
)  # fmt: skip
"""What a reader notes of single values."""
LONGEST_NOTED = 80


class Edited(NamedTuple):
    """A draft with what was typed into it."""

    draft: Declaration
    typed: Mapping[Place, str]
    """What was typed in place of something else."""
    values: Mapping[Place, Any]
    """The same as it was read; nothing for what could not be."""
    unread: Mapping[Place, str]
    """What could not be read as its field's kind."""


def edited(draft: Declaration, posted: Iterable[tuple[str, str]], library: Library) -> Edited:
    """Return a draft with the values of a form that are not those it was drawn with."""
    typed = dict(_typed(draft, posted, library))
    values: dict[Place, Any] = {}
    unread: dict[Place, str] = {}
    kinds: list[Oddity] = []
    for place, raw in typed.items():
        field = form_field(place, library.fields)
        assert field
        try:
            values[place] = _value(field, raw)
        except NotRead as trouble:
            unread[place] = raw
            kinds.append(Oddity(place, raw[:LONGEST_NOTED], "", trouble.kind))
    for place in typed:
        draft = changed(draft, place, values.get(place))
    message = _settled(draft.message, typed, kinds)
    return Edited(msgspec.structs.replace(draft, message=message), typed, values, unread)


def stands(draft: Declaration, place: Place) -> str:
    """Return what a form shows at a place: the value, or what stood there and could not be read."""
    odd = next((each for each in draft.message.unreadable if each.place == place), None)
    return _plain(odd.found if odd else value_at(draft, place))


def survives(value: str) -> bool:
    r"""Return whether a value comes back from a form as it was sent.

    >>> survives("plain\nlines"), survives("\x00")
    (True, False)
    """
    return all(each.isprintable() or each in "\n\t " or each > "\x9f" for each in value)


def _typed(
    draft: Declaration, posted: Iterable[tuple[str, str]], library: Library
) -> Iterator[tuple[Place, str]]:
    for name, raw in posted:
        place = Place.parse(name)
        field = form_field(place, library.fields)
        if field is None or field.kind == "numbers" or not _there(draft, place):
            continue
        if _plain(raw) != (held := stands(draft, place)) and survives(held):
            yield place, _plain(raw)


def _there(draft: Declaration, place: Place) -> bool:
    """Whether the draft has the part a place lies in."""
    part: Any = draft
    for name, number in place.steps:
        part = getattr(part, name, None)
        if isinstance(part, tuple):
            part = part[number - 1] if 0 < number <= len(part) else None
        elif number:
            return False
    return part is not None and hasattr(part, place.field)


def _plain(value: str) -> str:
    """A value as forms send it back, whose lines end otherwise."""
    return value.replace("\r\n", "\n").replace("\r", "\n")


def _value(field: FormField, raw: str) -> Any:
    value = read_value(field, raw if field.kind == "text" else raw.strip())
    return tuple(value) if isinstance(value, list) else value


def _settled(message: Message, places: Mapping[Place, str], odd: list[Oddity]) -> Message:
    """What the reader noted, without its notes on values that were typed anew."""
    kept = {
        name: tuple(each for each in getattr(message, name) if each.place not in places)
        for name in NOTED
    }
    kept["unreadable"] += tuple(odd)
    return msgspec.structs.replace(message, **kept)
