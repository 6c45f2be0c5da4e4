"""Mending: a draft with its safe changes made, in the form it came in, and audited again."""

from typing import NamedTuple

from auditors.declaration import Declaration
from auditors.engine import audit
from auditors.fixing import Applied, fixed
from auditors.formats import read, write
from auditors.formats.reading import Form, Reading, Written
from auditors.notation import label, value_at, written
from auditors.place import Place
from auditors.render.audited import Audited
from auditors.report import Report
from knowledge.library import Library
from knowledge.text import Text

ROUNDS = 5
"""A change may bring up another safe one; more rounds than this would be going in circles."""


class Mended(NamedTuple):
    """A mended draft."""

    written: Written
    applied: tuple[Applied, ...]
    """The changes made, in the order of the findings."""
    again: Audited
    """The audit of what was written."""


class Change(NamedTuple):
    """A change as it is told to a person."""

    code: str
    """Of the rule whose finding it settles."""
    where: Place
    label: Text
    before: str
    """Empty where nothing stood there."""
    after: str
    """Empty where the field was emptied, or the part dropped."""


def mended(audited: Audited, form: Form, name: str) -> Mended:
    """Return a draft with every safe change made, and the audit of the result.

    A workbook that becomes a workbook keeps its sheets; only the cells concerned change.

    Args:
        audited: a report, and the reading it speaks of.
        form: what to write.
        name: what to call the result in its report.

    Raises:
        Unreadable: the draft's own workbook cannot be opened again.
    """
    report, reading = audited
    assert reading is not None
    draft, applied = _in_rounds(report)
    result = _written(reading, draft, applied, form, report.library)
    again = read(result.content, report.library, name, form)
    facts = report.library.on(report.day)
    anew = audit(again.draft, facts, report.profile, name=name, stood=again.stood)
    return Mended(result, applied, Audited(anew, again))


def change_of(applied: Applied, report: Report) -> Change:
    """Return a change as it is told, by the report it was made from."""
    where = applied.fix.where
    assert isinstance(where, Place)
    return Change(
        code=applied.found.rule.code,
        where=where,
        label=label(where, report.library.fields),
        before=value_at(report.draft, where) or applied.found.found,
        after=written(applied.fix.value),
    )


def _in_rounds(report: Report) -> tuple[Declaration, tuple[Applied, ...]]:
    every: list[Applied] = []
    draft = report.draft
    for _ in range(ROUNDS):
        draft, applied = fixed(report)
        every += applied
        if not applied:
            break
        report = audit(draft, report.library.on(report.day), report.profile)
    return draft, tuple(every)


def _written(
    reading: Reading,
    draft: Declaration,
    applied: tuple[Applied, ...],
    form: Form,
    library: Library,
) -> Written:
    if form == "xlsx" == reading.form:
        from auditors.formats.workbook_mending import mended as in_the_workbook

        changes = {each.fix.where: each.fix.value for each in applied}
        if content := in_the_workbook(reading, changes):
            return Written(content)
    return write(draft, library, form)
