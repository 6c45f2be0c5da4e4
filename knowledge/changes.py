"""What of a library begins, ends or changes its value between two days."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from knowledge.entries import Measure, Problem
from knowledge.library import Library
from knowledge.parameters import Parameter, Value
from knowledge.sources import Source
from knowledge.span import Span
from knowledge.text import Text

Kind = Literal["note", "begins", "ends", "place", "parameter", "code", "rule", "problem", "measure"]
ISO = re.compile(r"\d{4}-\d\d-\d\d")
UNITS = {
    "days": "天",
    "working days": "个工作日",
    "months": "个月",
    "years": "年",
    "hours": "小时",
    "kg": "千克",
    "items": "项",
    "CNY": "元",
    "USD": "美元",
}
"""Units of parameters as they are said in Chinese; others go unsaid."""
MOST_PLACES = 6
"""Instruments of more places than these are told by their title alone."""


class Change(NamedTuple):
    """One thing that is otherwise from a day on."""

    kind: Kind
    day: date
    """The first day on which it is otherwise."""
    id: str
    """What may be cited for it: a passage or a parameter."""
    says: Text
    status: str
    source: str = ""
    """The instrument it belongs to, where it is one."""


class Days(NamedTuple):
    """The first and the last day on which changes are looked for."""

    first: date
    last: date

    def hold(self, day: date | None) -> bool:
        """Return whether a day is among them."""
        return day is not None and self.first <= day <= self.last


def changes(library: Library, days: Days) -> Iterator[Change]:
    """Yield everything of a library that changes, kind by kind."""
    for name in library.sources():
        if source := library.source(name):
            yield from _of_source(source, days, library)
    for parameter in library.parameters.values():
        yield from _of_parameter(parameter, days)
    for table in library.tables():
        yield from _of_table(table, days, library)
    for problem in library.problems().values():
        yield from _of_entry(problem, "problem", days)
    for measure in library.measures().values():
        yield from _of_entry(measure, "measure", days)


def turns(span: Span, days: Days) -> tuple[date | None, date | None]:
    """Return the day a span begins and the day it is over, where they are among the days."""
    over = span.until + timedelta(days=1) if span.until else None
    return (
        span.since if days.hold(span.since) else None,
        over if days.hold(over) else None,
    )


def _of_source(source: Source, days: Days, library: Library) -> Iterator[Change]:
    begins, over = turns(source.span, days)
    if begins:
        yield _begins(source, begins, library)
        yield from _places(source, begins)
    successors = filter(None, map(library.source, source.replaced_by))
    if over and not any(days.hold(other.span.since) for other in successors):
        says = Text(f"{source.title.zh}不再有效", f"{source.title.en} is no longer in force")
        yield Change("ends", over, _first(source), says, source.status, source.id)
    yield from _notes(source, days)


def _begins(source: Source, day: date, library: Library) -> Change:
    before = [held for held in map(library.source, source.replaces) if held]
    changed = [held for held in map(library.source, source.amends) if held]
    zh, en = f"{source.title.zh}施行", f"{source.title.en} takes effect"
    if before:
        zh += "，取代" + "、".join(each.title.zh for each in before)
        en += ", replacing " + " and ".join(each.title.en for each in before)
    if changed:
        zh += "，修改" + "、".join(each.title.zh for each in changed)
        en += ", amending " + " and ".join(each.title.en for each in changed)
    return Change("begins", day, _first(source), Text(zh, en), source.status, source.id)


def _first(source: Source) -> str:
    name = "general" if "general" in source.places else next(iter(source.places), "")
    return f"{source.id}#{name}"


def _places(source: Source, day: date) -> Iterator[Change]:
    own = {name: said for name, said in source.places.items() if name not in ("general", "trap")}
    for name, said in own.items() if len(own) <= MOST_PLACES else ():
        status = source.statuses.get(name, source.status)
        yield Change("place", day, f"{source.id}#{name}", said, status, source.id)


def _notes(source: Source, days: Days) -> Iterator[Change]:
    """What a digest warns of since a day it names."""
    if note := source.places.get("trap"):
        named = [date.fromisoformat(found) for found in ISO.findall(note.zh)]
        if day := next(filter(days.hold, named), None):
            status = source.statuses.get("trap", source.status)
            yield Change("note", day, f"{source.id}#trap", note, status, source.id)


def _of_parameter(parameter: Parameter, days: Days) -> Iterator[Change]:
    for value in parameter.values:
        day = value.span.since
        if day and days.hold(day):
            before = parameter.on(day - timedelta(days=1))
            if before is None or before.value != value.value:
                says = _values(parameter, before, value)
                yield Change(
                    "parameter", day, parameter.id, says, parameter.status, value.source.source
                )


def _values(parameter: Parameter, before: Value | None, after: Value) -> Text:
    old = (
        Text(f"由{before.value}改为", f" from {before.value} to ") if before else Text("为", " is ")
    )
    zh = f"{parameter.name.zh}{old.zh}{after.value}{UNITS.get(parameter.unit, '')}"
    return Text(zh, f"{parameter.name.en}{old.en}{after.value} ({parameter.unit})")


def _of_table(name: str, days: Days, library: Library) -> Iterator[Change]:
    table = library.table(name)
    for row in table.rows:
        begins, over = turns(row.span, days)
        place, zh, en = (
            f"{name}#{row.code}",
            f"{table.name.zh} {row.code} {row.name.zh}",
            row.name.en,
        )
        if begins:
            says = Text(f"{zh} 启用", f"{table.name.en} {row.code} {en} is in use")
            yield Change("code", begins, place, says, row.status)
        if over:
            after = (
                Text(f"，改用 {row.successor}", f", {row.successor} instead")
                if row.successor
                else Text("", "")
            )
            says = Text(
                f"{zh} 停用{after.zh}", f"{table.name.en} {row.code} {en} is out of use{after.en}"
            )
            yield Change("code", over, place, says, row.status)


def _of_entry(
    entry: Problem | Measure, kind: Literal["problem", "measure"], days: Days
) -> Iterator[Change]:
    begins, over = turns(entry.span, days)
    if begins:
        yield Change(kind, begins, entry.id, entry.title, entry.status)
    if over:
        says = Text(f"{entry.title.zh}（到期）", f"{entry.title.en} (ends)")
        yield Change(kind, over, entry.id, says, entry.status)
