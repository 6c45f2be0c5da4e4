"""`declarant audit --fix`: makes the safe changes, lists each, and audits the result again."""

from pathlib import Path

import click

from assistant.cli.files import write_whole
from auditors.engine import audit
from auditors.fixing import Applied, fixed
from auditors.formats import form_of, write
from auditors.formats.reading import Unreadable
from auditors.notation import label, value_at, written
from auditors.place import Place
from auditors.render.audited import Audited
from knowledge.text import Language, Text


def mend(audited: Audited, target: Path, language: Language) -> Audited:
    """Write the draft with every safe change made, list the changes, and return its audit.

    Raises:
        click.ClickException: the target's name tells no form, or it cannot be written.
    """
    report, reading = audited
    assert reading is not None
    draft, applied = fixed(report)
    if target.is_dir():
        target = target / Path(reading.name).name
    try:
        result = write(draft, report.library, form_of(target.name))
        write_whole(target, [result.content])
    except Unreadable as fault:
        raise click.UsageError(f"--fix: {fault.says.said_in(language)}") from None
    except OSError as fault:
        raise click.FileError(str(target), hint=fault.strerror or str(fault)) from None
    _list(applied, audited, target, language)
    _list_left_out(result.left_out, audited, language)
    again = audit(draft, report.library.on(report.day), report.profile, name=str(target))
    return Audited(again, None)


def _list(applied: tuple[Applied, ...], audited: Audited, target: Path, language: Language) -> None:
    head = Text(
        f"自动修正 {len(applied)} 处，写入 {target}",
        f"{len(applied)} safe changes, written to {target}",
    )
    click.echo(head.said_in(language), err=True)
    for each in applied:
        assert isinstance(each.fix.where, Place)
        called = label(each.fix.where, audited.report.library.fields).said_in(language)
        before = value_at(audited.report.draft, each.fix.where) or each.found.found or "∅"
        after = written(each.fix.value) or "∅"
        click.echo(f"  {each.found.rule.code} {called}: {before} → {after}", err=True)


def _list_left_out(places: tuple[Place, ...], audited: Audited, language: Language) -> None:
    if not places:
        return
    fields = audited.report.library.fields
    called = ", ".join(label(place, fields).said_in(language) for place in places)
    said = Text(
        f"该格式没有这些栏目，未写入：{called}", f"left out, the form has no room: {called}"
    )
    click.echo(said.said_in(language), err=True)
