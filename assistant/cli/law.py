"""`declarant law`: an article as of a day, and what changed between two days."""

import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import click

from assistant.cli.options import DAY, LANG, SITE, day_of
from knowledge.errors import PackError
from knowledge.importing import Store
from knowledge.importing.differing import Difference
from knowledge.importing.held import Held
from knowledge.law import STATUSES, asked_of, in_force
from knowledge.library import shipped
from knowledge.sources import Source
from knowledge.text import Language, Text

FOUND, NOT_FOUND = 0, 1
DATE = click.DateTime(["%Y-%m-%d"])


class _LawOrQuestion(click.Group):
    """A group whose default command is the question: `declarant law "海关法 第二十四条"`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands:
            args = ["of", *args]
        return super().resolve_command(ctx, args)


@click.group(cls=_LawOrQuestion, context_settings={"ignore_unknown_options": True})
def law() -> None:
    """Law as of a day: `declarant law "海关法 第二十四条" --as-of 2020-01-01`. 按日查法条。"""


@law.command("of")
@click.argument("question", nargs=-1, required=True)
@DAY
@SITE
@LANG
def of(question: tuple[str, ...], as_of: datetime | None, site: Path, lang: Language) -> None:
    """Show an instrument or one of its articles as of a day. 查某日有效的条文。

    Exit codes: 0 found, 1 not found or not in force that day, 2 wrong usage.
    """
    day = day_of(as_of)
    asked = asked_of(" ".join(question), shipped())
    lines = next(
        filter(None, (_of_one(name, asked.place, day, site, lang) for name in asked.ids)), None
    )
    if lines is None:
        _not_found(asked.ids, asked.place, day, lang)
        sys.exit(NOT_FOUND)
    click.echo("\n".join(lines))


def _of_one(name: str, place: str, day: date, site: Path, lang: Language) -> list[str]:
    source = shipped().source(name)
    if source is None:
        return []
    if source.span.covers(day):
        return list(_said(source, place, day, site, lang))
    return list(_instead(source, in_force(source, day, shipped()), day, lang))


def _instead(
    source: Source, others: tuple[Source, ...], day: date, lang: Language
) -> Iterator[str]:
    """What is law instead of an instrument that is not in force; its own articles are not shown.

    The article has another number in the other instrument, so none is given by guess.
    """
    if not others:
        return
    span = f"{source.span.since or '?'} .. {source.span.until or ''}"
    says = Text(f"{day} 不是法律，有效期 {span}", f"is not law on {day}; it is in force {span}")
    yield f"{source.id}  {source.title.said_in(lang)}  {says.said_in(lang)}"
    if trap := source.places.get("trap"):
        yield f"  {trap.said_in(lang)}"
    for other in others:
        yield f"→ {other.id}  {other.title.said_in(lang)}  {other.span.since or '?'} .. {other.span.until or ''}"
    do = Text("条号不同，按内容检索", "article numbers differ; search by what it says")
    yield f"  {do.said_in(lang)}: declarant search"


@law.command("diff")
@click.argument("instrument")
@click.argument("day_a", type=DATE)
@click.argument("day_b", type=DATE)
@SITE
@LANG
def diff(instrument: str, day_a: datetime, day_b: datetime, site: Path, lang: Language) -> None:
    """Show what changed in an imported instrument between two days. 比较两日的条文。"""
    store = Store(site)
    known = {held.id: held for held in _held(store)}
    named = [name for name, held in known.items() if instrument == name or instrument in held.title]
    found = store.diff(named[0], day_a.date(), day_b.date()) if len(named) == 1 else None
    if found is None:
        listed = ", ".join(sorted(known)) or "-"
        raise click.UsageError(
            f"no two versions of {instrument!r} on these days / 该法规在这两日没有两个版本; held / 已导入: {listed}"
        )
    click.echo("\n".join(_changes(found, lang)))


def _held(store: Store) -> tuple[Held, ...]:
    try:
        return store.held()
    except PackError as fault:
        raise click.ClickException(str(fault)) from None


def _said(held: Source, place: str, day: date, site: Path, lang: Language) -> Iterator[str]:
    """The official wording where the site has it, and our digest of the place."""
    wording = _wording(held, place, day, site)
    if place and place not in held.places and not wording:
        return
    yield f"{held.id}  {held.title.said_in(lang)}  {held.number}".rstrip()
    span = f"{held.span.since or '?'} .. {held.span.until or ''}"
    yield f"  {Text('有效期', 'in force').said_in(lang)}: {span}"
    if wording:
        yield f"  {Text('原文', 'official text').said_in(lang)} ({wording[0]}):\n{wording[1]}"
    for name in [place] if place else held.places:
        if said := held.places.get(name):
            known = STATUSES.get(held.statuses.get(name, held.status), STATUSES["unverified"])
            yield f"  {held.id}#{name} [{known.said_in(lang)}] {said.said_in(lang)}"
    if held.url:
        yield f"  {held.url}"


def _wording(held: Source, place: str, day: date, site: Path) -> tuple[str, str] | None:
    if not place:
        return None
    found = Store(site).article(held.id, place, day)
    return (f"{found.held.title} {found.held.version}", found.text) if found else None


def _not_found(ids: tuple[str, ...], place: str, day: date, lang: Language) -> None:
    if not ids:
        says = Text("没有认出法规名称或文号", "no instrument was recognised by name or number")
    elif place:
        says = Text(
            f"{ids[0]} 没有第 {place} 条的摘要（{day}）",
            f"no digest of article {place} of {ids[0]} on {day}",
        )
    else:
        says = Text(
            f"{ids[0]} 在 {day} 未施行，且不知由何代替",
            f"{ids[0]} is not in force on {day}, and what is instead is not known",
        )
    do = Text(
        "可导入官方文本：declarant knowledge import",
        "import the official text: declarant knowledge import",
    )
    click.echo(says.followed_by(do).said_in(lang), err=True)


def _changes(found: Difference, lang: Language) -> Iterator[str]:
    names = {
        "added": Text("新增", "added"),
        "removed": Text("删去", "removed"),
    }
    for kind, pieces in (("added", found.added), ("removed", found.removed)):
        for piece in pieces:
            yield f"[{names[kind].said_in(lang)}] {piece.place}\n{piece.text.strip()}"
    for change in found.changed:
        yield f"[{Text('修改', 'changed').said_in(lang)}] {change.before.place} → {change.after.place}"
        yield f"- {change.before.text.strip()}\n+ {change.after.text.strip()}"
    for change in found.moved:
        yield f"[{Text('条号变动', 'renumbered').said_in(lang)}] {change.before.place} → {change.after.place}"
