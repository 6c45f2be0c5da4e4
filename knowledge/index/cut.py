"""A library cut into passages. Rules are no part of a library: their floor adds its own."""

import re
from collections.abc import Iterator

from knowledge.codes import CodeTable, Row
from knowledge.entries import Measure, Problem
from knowledge.field_notes import FieldNote
from knowledge.fields import Block, FormField
from knowledge.library import Library
from knowledge.passage import Kind, Passage
from knowledge.sources import Source
from knowledge.text import Text


def cut(library: Library, jurisdiction: str = "cn") -> Iterator[Passage]:
    """Return everything a library knows, piece by piece."""
    for pieces in (_sources, _problems, _measures, _terms, _codes, _services, _fields):
        for passage in pieces(library):
            yield passage._replace(jurisdiction=jurisdiction)


def _sources(library: Library) -> Iterator[Passage]:
    for name in library.sources():
        if source := library.source(name):
            yield from (_place(source, place, text) for place, text in source.places.items())


def _place(source: Source, place: str, text: Text) -> Passage:
    return Passage(
        id=f"{source.id}#{place}",
        entry=source.id,
        place=place,
        kind="source",
        title=source.title,
        text=text,
        names=(*source.title, source.number, *source.short),
        about=source.replaces,
        span=source.span,
        status=source.statuses.get(place, source.status),
    )


def _problems(library: Library) -> Iterator[Passage]:
    return (_entry(problem, "problem") for problem in library.problems().values())


def _measures(library: Library) -> Iterator[Passage]:
    return (_entry(measure, "measure") for measure in library.measures().values())


def _entry(entry: Problem | Measure, kind: Kind) -> Passage:
    return Passage(
        id=entry.id,
        entry=entry.id,
        place="",
        kind=kind,
        title=entry.title,
        text=entry.body,
        names=(*entry.title,),
        asked=entry.asked,
        about=(*map(str, entry.cites), *entry.rules),
        span=entry.span,
        status=entry.status,
    )


def _terms(library: Library) -> Iterator[Passage]:
    for name, term in library.glossary.items():
        yield Passage(
            id=f"term:{name}",
            entry=f"term:{name}",
            place="",
            kind="term",
            title=term.name,
            text=Text("、".join((name, *term.synonyms)), term.name.en),
            names=(*term.name, *term.synonyms),
            about=(f"{term.table}#{term.code}",) if term.table else (),
            status="verified",
        )


def _codes(library: Library) -> Iterator[Passage]:
    for name in library.tables():
        table = library.table(name)
        yield from (_code(table, name, row) for row in table.rows)


def _code(table: CodeTable, name: str, row: Row) -> Passage:
    full = row.more.get("full_zh", "")
    successor = Text(f"，由 {row.successor} 取代", f", replaced by {row.successor}")
    after = successor if row.successor else Text("", "")
    owner = Text(*(re.sub(r"\(.*?\)|代码表$|代码$|表$", "", each).strip() for each in table.name))
    qualified = [f"{each} {row.code}" for each in owner]
    return Passage(
        id=f"{name}#{row.code}",
        entry=name,
        place=row.code,
        kind="term",
        title=row.name,
        text=Text(
            f"{table.name.zh} {row.code} {row.name.zh} {full}".rstrip() + after.zh,
            f"{table.name.en} {row.code} {row.name.en}{after.en}",
        ),
        names=tuple(filter(None, (*row.name, full, *row.aliases, *qualified))),
        about=(str(table.source),),
        span=row.span,
        status=row.status,
    )


def _services(library: Library) -> Iterator[Passage]:
    for service in library.services.values():
        yield Passage(
            id=service.id,
            entry=service.id,
            place="",
            kind="service",
            title=service.name,
            text=Text(
                f"办理机关：{service.authority.zh}。{service.path.zh} {service.hotline}",
                f"Authority: {service.authority.en}. {service.path.en} {service.hotline}",
            ),
            names=(*service.name,),
            asked=service.asked,
            status=service.status,
        )


def _fields(library: Library) -> Iterator[Passage]:
    for block in library.fields.values():
        for field in block.fields.values():
            note = library.field_notes.get(f"{block.id}.{field.name}")
            yield _field(block, field, note)


def _field(block: Block, field: FormField, note: FieldNote | None) -> Passage:
    mistakes = note.mistakes if note else ()
    zh = (note.means.zh if note else "", *(each.zh for each in mistakes))
    en = (note.means.en if note else "", *(each.en for each in mistakes))
    rules = filter(None, (field.need, field.format, field.lookup))
    return Passage(
        id=f"{block.id}.{field.name}",
        entry=f"{block.id}.{field.name}",
        place="",
        kind="field",
        title=field.label,
        text=Text("\n".join((block.label.zh, *zh)), "\n".join((block.label.en, *en))),
        names=tuple(filter(None, (*field.label, *field.synonyms, field.name, field.xml))),
        about=(*map(str, note.cites if note else (field.basis,)), *rules, field.table),
        status=note.status if note else "verified",
    )
