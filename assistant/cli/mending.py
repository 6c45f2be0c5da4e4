"""`declarant audit --fix`: makes the safe changes, lists each, and audits the result again."""

from pathlib import Path

import click

from assistant.cli.files import write_whole
from auditors.formats import form_of
from auditors.formats.reading import Unreadable
from auditors.mending import Mended, change_of, mended
from auditors.notation import label
from auditors.place import Place
from auditors.render.audited import Audited
from auditors.render.text import printable
from knowledge.text import Language, Text


def mend(audited: Audited, target: Path, language: Language) -> Audited:
    """Write the draft with every safe change made, list the changes, and audit what was written.

    Raises:
        click.ClickException: the target's name tells no form, or it cannot be written.
    """
    assert audited.reading is not None
    if target.is_dir():
        target = target / Path(audited.reading.name).name
    try:
        result = mended(audited, form_of(target.name), str(target))
    except Unreadable as fault:
        raise click.UsageError(f"--fix: {fault.says.said_in(language)}") from None
    write_whole(target, [result.written.content])
    _list(result, audited, target, language)
    _list_left_out(result.written.left_out, audited, language)
    return result.again


def _list(result: Mended, audited: Audited, target: Path, language: Language) -> None:
    head = Text(
        f"自动修正 {len(result.applied)} 处，写入 {target}",
        f"{len(result.applied)} safe changes, written to {target}",
    )
    click.echo(printable(head.said_in(language)), err=True)
    for each in result.applied:
        change = change_of(each, audited.report)
        called = change.label.said_in(language)
        said = f"  {change.code} {called}: {change.before or '∅'} → {change.after or '∅'}"
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
