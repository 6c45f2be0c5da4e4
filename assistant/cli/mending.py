"""`declarant audit --fix`: makes the safe changes, lists each, and audits the result again."""

from pathlib import Path

import click

from assistant.cli.files import write_whole
from auditors.declaration import Declaration
from auditors.engine import audit
from auditors.fixing import Applied, fixed
from auditors.formats import form_of, read, write
from auditors.formats.reading import Form, Reading, Unreadable, Written
from auditors.notation import label, value_at, written
from auditors.place import Place
from auditors.render.audited import Audited
from auditors.render.text import printable
from auditors.report import Report
from knowledge.library import Library
from knowledge.text import Language, Text

ROUNDS = 5
"""A change may bring up another safe one; more rounds than this would be going in circles."""


def mend(audited: Audited, target: Path, language: Language) -> Audited:
    """Write the draft with every safe change made, list the changes, and audit what was written.

    A workbook that becomes a workbook keeps its sheets; only the cells concerned change.

    Raises:
        click.ClickException: the target's name tells no form, or it cannot be written.
    """
    report, reading = audited
    assert reading is not None
    draft, applied = _in_rounds(report)
    if target.is_dir():
        target = target / Path(reading.name).name
    try:
        form = form_of(target.name)
        result = _written(reading, draft, applied, form, report.library)
        write_whole(target, [result.content])
        again = read(result.content, report.library, str(target), form)
    except Unreadable as fault:
        raise click.UsageError(f"--fix: {fault.says.said_in(language)}") from None
    _list(applied, audited, target, language)
    _list_left_out(result.left_out, audited, language)
    facts = report.library.on(report.day)
    name = str(target)
    return Audited(audit(again.draft, facts, report.profile, name=name, stood=again.stood), again)


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
        from auditors.formats.workbook_mending import mended

        changes = {each.fix.where: each.fix.value for each in applied}
        if content := mended(reading, changes):
            return Written(content)
    return write(draft, library, form)


def _list(applied: tuple[Applied, ...], audited: Audited, target: Path, language: Language) -> None:
    head = Text(
        f"自动修正 {len(applied)} 处，写入 {target}",
        f"{len(applied)} safe changes, written to {target}",
    )
    click.echo(printable(head.said_in(language)), err=True)
    for each in applied:
        assert isinstance(each.fix.where, Place)
        called = label(each.fix.where, audited.report.library.fields).said_in(language)
        before = value_at(audited.report.draft, each.fix.where) or each.found.found or "∅"
        after = written(each.fix.value) or "∅"
        said = f"  {each.found.rule.code} {called}: {before} → {after}"
        click.echo(printable(said), err=True)


def _list_left_out(places: tuple[Place, ...], audited: Audited, language: Language) -> None:
    if not places:
        return
    fields = audited.report.library.fields
    called = ", ".join(label(place, fields).said_in(language) for place in places)
    said = Text(
        f"该格式没有这些栏目，未写入：{called}", f"left out, the form has no room: {called}"
    )
    click.echo(said.said_in(language), err=True)
