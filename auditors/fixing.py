"""Fixing: the safe changes a report offers, made on a draft."""

from collections.abc import Container, Iterable, Sequence
from typing import Any, NamedTuple

import msgspec

from auditors.declaration import Declaration, Message
from auditors.finding import Fix
from auditors.part import Part
from auditors.place import Place
from auditors.report import Found, Report


class Applied(NamedTuple):
    """One change made, and the finding it settles."""

    found: Found
    fix: Fix


def fixed(report: Report) -> tuple[Declaration, tuple[Applied, ...]]:
    """Return the draft with every safe change made, and the list of changes.

    Where two findings ask for the same place, the first one's change is made; the audit of the
    result shows whether the other is settled too. Parts are dropped last, from the end.
    """
    chosen: dict[Place, Applied] = {}
    for found in report.findings:
        for fix in found.fixes:
            if fix.kind == "safe" and isinstance(fix.where, Place):
                chosen.setdefault(fix.where, Applied(found, fix))
    draft = report.draft
    for place, applied in _drops_last(chosen.items()):
        draft = changed(draft, place, applied.fix.value)
    draft = msgspec.structs.replace(draft, message=_settled(draft.message, chosen))
    return draft, tuple(chosen.values())


def _settled(message: Message, written: Container[Place]) -> Message:
    """Return what the reader noticed, without its notes on places that were written anew."""
    return msgspec.structs.replace(
        message,
        untidy=tuple(odd for odd in message.untidy if odd.place not in written),
        lost_zeros=tuple(odd for odd in message.lost_zeros if odd.place not in written),
    )


def _drops_last(chosen: Iterable[tuple[Place, Applied]]) -> list[tuple[Place, Applied]]:
    held = list(chosen)
    fields = [each for each in held if each[0].field]
    parts = [each for each in held if not each[0].field]
    return fields + sorted(parts, key=lambda each: -each[0].number)


def changed(draft: Declaration, place: Place, value: Any) -> Declaration:
    """Return a draft with another value at a place; None empties a field or drops a part."""
    made: Declaration = _within(draft, place.steps, place.field, value)
    return made


def _within(part: Any, steps: Sequence[tuple[str, int]], field: str, value: Any) -> Any:
    if not steps:
        return msgspec.structs.replace(part, **{field: _emptied(part, field, value)})
    (name, number), *rest = steps
    held = getattr(part, name)
    if not number:
        return msgspec.structs.replace(part, **{name: _within(held, rest, field, value)})
    parts = list(held)
    if not rest and not field:
        del parts[number - 1]
    else:
        parts[number - 1] = _within(parts[number - 1], rest, field, value)
    return msgspec.structs.replace(part, **{name: tuple(parts)})


def _emptied(part: Part, field: str, value: Any) -> Any:
    """A list of codes is emptied to an empty list, anything else to None."""
    return () if value is None and isinstance(getattr(part, field), tuple) else value
