"""Reference data as it is shown to programs: rules, codes, fields, problems."""

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from typing import Literal

import msgspec

from auditors.rule import FAMILIES, STATUSES, Rule
from knowledge.citation import Citation
from knowledge.codes import CodeTable, Row
from knowledge.entries import Problem
from knowledge.fields import Block, FormField
from knowledge.library import Library
from knowledge.text import Text


class Both(msgspec.Struct, frozen=True):
    """One wording in Chinese and English."""

    zh: str
    en: str

    @classmethod
    def of(cls, text: Text) -> "Both":
        """Return a text of ours."""
        return cls(text.zh, text.en)


class Basis(msgspec.Struct, frozen=True):
    """A place something rests on."""

    citation: str
    title: Both
    digest: Both
    """What it says, in our own words; empty where the whole instrument is cited."""
    url: str


class RuleLine(msgspec.Struct, frozen=True):
    """A rule in a list."""

    code: str
    family: str
    title: Both
    severity: Literal["error", "error*", "warning", "info"]
    """`error*` is an error whose legal text was not read: a warning, unless the profile is strict."""
    status: str
    since: date | None
    until: date | None


class RuleShown(RuleLine, frozen=True):
    """A rule with its page."""

    family_title: Both
    status_says: Both
    page: str
    """Why, what is wrong, what is right, and what it cannot see; in both languages."""
    basis: tuple[Basis, ...]


class TableLine(msgspec.Struct, frozen=True):
    """A code table in a list."""

    id: str
    name: Both
    rows: int
    complete: bool
    """Whether every code of the official table is here."""
    size: str
    source: str
    confirmed: date


class CodeShown(msgspec.Struct, frozen=True):
    """A code and the days it may be used."""

    table: str
    code: str
    name: Both
    since: date | None
    until: date | None
    status: str
    aliases: tuple[str, ...]
    successor: str
    more: dict[str, str]
    """The table's own columns."""


class FieldLine(msgspec.Struct, frozen=True):
    """A field of the form in a list."""

    name: str
    """`header.net_weight`."""
    label: Both
    block: Both
    kind: str
    required: str


class FieldShown(FieldLine, frozen=True):
    """A field of the form and what to know before filling it in."""

    element: str
    size: str
    table: str
    synonyms: tuple[str, ...]
    rules: tuple[str, ...]
    basis: Basis
    means: Both
    example: str
    mistakes: tuple[Both, ...]
    cites: tuple[str, ...]


class ProblemLine(msgspec.Struct, frozen=True):
    """A common problem in a list."""

    id: str
    title: Both
    topic: str
    status: str
    confirmed: date
    reviewed: bool
    """Whether a person has reviewed it."""


class ProblemShown(ProblemLine, frozen=True):
    """A common problem with its answer."""

    short: Both
    body: Both
    asked: tuple[str, ...]
    cites: tuple[str, ...]
    rules: tuple[str, ...]
    scope: Both
    since: date | None
    until: date | None


class Shown:
    """Makes what is shown of a library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    @cached_property
    def fields(self) -> tuple[FieldShown, ...]:
        """Every field, in order of its name."""
        blocks = self._library.fields.values()
        every = (self.field(each, block) for block in blocks for each in block.fields.values())
        return tuple(sorted(every, key=lambda each: each.name))

    def basis(self, citation: Citation) -> Basis:
        """Return a place with what it says."""
        source = self._library.source(citation.source)
        if source is None:
            return Basis(str(citation), Both(citation.source, citation.source), Both("", ""), "")
        digest = source.places.get(citation.place, Text("", ""))
        return Basis(str(citation), Both.of(source.title), Both.of(digest), source.url)

    def rule(self, rule: Rule) -> RuleShown:
        """Return a rule with its page."""
        return RuleShown(
            **msgspec.structs.asdict(rule_line(rule)),
            family_title=Both.of(FAMILIES[rule.family]),
            status_says=Both.of(STATUSES[rule.status]),
            page=rule.page,
            basis=tuple(map(self.basis, rule.basis)),
        )

    def field(self, field: FormField, block: Block) -> FieldShown:
        """Return a field with its note."""
        note = self._library.field_notes.get(f"{field.block}.{field.name}")
        return FieldShown(
            name=f"{field.block}.{field.name}",
            label=Both.of(field.label),
            block=Both.of(block.label),
            kind=field.kind,
            required=field.required,
            element="/".join(filter(None, (block.xml, field.xml))) if field.xml else "",
            size=field.size,
            table=field.table,
            synonyms=field.synonyms,
            rules=tuple(filter(None, (field.need, field.format, field.lookup))),
            basis=self.basis(field.basis),
            means=Both.of(note.means) if note else Both("", ""),
            example=note.example if note else "",
            mistakes=tuple(map(Both.of, note.mistakes)) if note else (),
            cites=tuple(map(str, note.cites)) if note else (),
        )


def rule_line(rule: Rule) -> RuleLine:
    """Return a rule as it stands in a list."""
    title, span = Both.of(rule.title), rule.span
    return RuleLine(
        rule.code, rule.family, title, rule.severity, rule.status, span.since, span.until
    )


def table_line(name: str, table: CodeTable) -> TableLine:
    """Return a code table as it stands in a list."""
    title, rows = Both.of(table.name), len(table.rows)
    return TableLine(
        name, title, rows, table.complete, table.size, str(table.source), table.confirmed
    )


def code_shown(table: str, row: Row) -> CodeShown:
    """Return a row of a code table."""
    return CodeShown(
        table=table,
        code=row.code,
        name=Both.of(row.name),
        since=row.span.since,
        until=row.span.until,
        status=row.status,
        aliases=row.aliases,
        successor=row.successor,
        more={name: value for name, value in row.more.items() if name and value},
    )


def field_line(field: FieldShown) -> FieldLine:
    """Return a field as it stands in a list."""
    return FieldLine(field.name, field.label, field.block, field.kind, field.required)


def problem_line(problem: Problem) -> ProblemLine:
    """Return a common problem as it stands in a list."""
    title, reviewed = Both.of(problem.title), problem.reviewed is not None
    return ProblemLine(
        problem.id, title, problem.topic, problem.status, problem.confirmed, reviewed
    )


def problem_shown(problem: Problem) -> ProblemShown:
    """Return a common problem with its answer."""
    return ProblemShown(
        **msgspec.structs.asdict(problem_line(problem)),
        short=Both.of(problem.short),
        body=Both.of(problem.body),
        asked=problem.asked,
        cites=tuple(map(str, problem.cites)),
        rules=problem.rules,
        scope=Both.of(problem.scope),
        since=problem.span.since,
        until=problem.span.until,
    )


def near(asked: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return what somebody may have meant who asked for what is not there."""
    return tuple(get_close_matches(asked, list(known), n=3, cutoff=0.5))
