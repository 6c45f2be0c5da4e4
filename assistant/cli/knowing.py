"""`declarant knowledge import`: official texts into the folder of a site."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import click

from assistant.cli.options import SITE
from knowledge.errors import PackError
from knowledge.importing import Given, OfficialText, Refused, Store, import_file
from knowledge.importing.index_file import Taken
from knowledge.importing.reading import BY_NAME, KNOWN_BUT_UNREAD
from knowledge.text import Language, Text

STORED, REFUSED = 0, 1
MANY = 20
"""From this many files or texts on, a progress bar is shown and each text is told in one line."""
OUTCOMES = {
    "stored": Text("存入", "stored"),
    "there": Text("已有", "there already"),
    "refused": Text("拒绝", "refused"),
}


class Wish(NamedTuple):
    """What the caller of an import asked for."""

    site: Path
    given: Given
    replace: bool
    yes: bool
    dry_run: bool
    lang: Language


@click.group()
def knowledge() -> None:
    """Import official texts, build the index, check the pack. 导入官方文本、建索引、检查知识库。"""


@knowledge.command("import")
@click.argument("files", nargs=-1, required=True)
@SITE
@click.option("--id", default="", help="Id of the instrument, for one text. 法规标识。")
@click.option("--title", default="", help="Its title. 标题。")
@click.option("--number", default="", help="Its number. 文号。")
@click.option(
    "--effective",
    type=click.DateTime(["%Y-%m-%d"]),
    help="First day this version is law. 本版本施行日。",
)
@click.option(
    "--replace", is_flag=True, help="Put it in place of the version of that day. 取代同日版本。"
)
@click.option("--yes", is_flag=True, help="Store without asking. 不询问，直接存入。")
@click.option("--dry-run", is_flag=True, help="Show what is understood, store nothing. 只看不存。")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def import_command(files: tuple[str, ...], **options: Any) -> None:
    """Import official texts: md, txt, html, docx, pdf or jsonl; a folder stands for those in it.

    导入官方文本（md、txt、html、docx、pdf、jsonl）；文件夹则导入其中全部文本。

    Exit codes: 0 all stored or already there, 1 something was refused, 2 wrong usage.
    退出码：0 全部存入或已有，1 有文本被拒绝，2 用法错误。
    """
    wish = _wish(options)
    meant = _meant(files)
    if not meant:
        raise click.UsageError(f"No texts in {', '.join(files)} / 没有找到可导入的文本")
    texts, refused = _understood(meant, wish)
    if any(wish.given) and len(texts) + len(refused) > 1:
        raise click.UsageError(
            "--id, --title, --number and --effective go with one text / 这些选项只用于一份文本"
        )
    try:
        taken = _stored(texts, wish)
    except PackError as fault:
        raise click.ClickException(str(fault)) from None
    except OSError as fault:
        raise click.FileError(str(wish.site), hint=fault.strerror or str(fault)) from None
    refused += [each.refused for each in taken if each.refused]
    click.echo(_total(taken, len(refused), wish))
    for each_refused in refused:
        click.echo(each_refused.told().said_in(wish.lang), err=True)
    sys.exit(REFUSED if refused else STORED)


def _wish(options: dict[str, Any]) -> Wish:
    effective: datetime | None = options.pop("effective")
    told = {name: options.pop(name).strip() for name in ("id", "title", "number")}
    return Wish(given=Given(effective=effective.date() if effective else None, **told), **options)


def _meant(names: Iterable[str]) -> list[Path]:
    """Return the files meant; of a folder, those that may hold a text, in order of name."""
    files: list[Path] = []
    for path in map(Path, names):
        files += sorted(filter(_may_hold_text, path.rglob("*"))) if path.is_dir() else [path]
    return files


def _may_hold_text(file: Path) -> bool:
    known = file.suffix.lower() in BY_NAME or file.suffix.lower() in KNOWN_BUT_UNREAD
    return known and file.is_file() and not file.name.startswith((".", "~$"))


def _understood(files: list[Path], wish: Wish) -> tuple[list[OfficialText], list[Refused]]:
    texts: list[OfficialText] = []
    refused: list[Refused] = []
    with _progress(files) as watched:
        for file in watched:
            understood = import_file(file, wish.given)
            texts += understood.texts
            refused += understood.refused
    return texts, refused


@contextmanager
def _progress(files: list[Path]) -> Iterator[Iterable[Path]]:
    """Show a bar on the error stream, where there are many files and somebody to see it."""
    if len(files) < MANY or not sys.stderr.isatty():
        yield files
        return
    with click.progressbar(files, label="导入 importing", file=sys.stderr) as bar:
        yield bar


def _stored(texts: list[OfficialText], wish: Wish) -> list[Taken]:
    """Show what was understood, ask, and store."""
    store = Store(wish.site)
    taken = store.judge(texts, replace=wish.replace)
    for each in taken:
        click.echo("\n".join(_lines(each, wish.lang, short=len(taken) >= MANY)))
    new = sum(1 for each in taken if each.outcome == "stored")
    if new and not wish.dry_run:
        _ask(new, wish)
        taken = store.keep(texts, replace=wish.replace)
    return taken


def _ask(new: int, wish: Wish) -> None:
    if wish.yes:
        return
    question = Text(f"存入 {new} 份文本？", f"Store {new} texts?").said_in(wish.lang)
    try:
        agreed = click.confirm(question)
    except click.Abort:
        raise click.UsageError("Nobody to ask: use --yes / 无人应答，请用 --yes") from None
    if not agreed:
        click.echo(Text("未存入", "Nothing was stored").said_in(wish.lang))
        sys.exit(REFUSED)


def _lines(taken: Taken, lang: Language, *, short: bool) -> Iterator[str]:
    text = taken.text
    yield f"{text.id}  {text.title}  [{OUTCOMES[taken.outcome].said_in(lang)}]"
    if not short:
        yield f"  {_facts(text).said_in(lang)}"
        yield f"  {_counts(text).said_in(lang)}"
    for asked in text.asked:
        yield f"  {Text('待补充', 'Not found').said_in(lang)}: {asked.said_in(lang)}"
    for trouble in (*text.troubles, *filter(None, [taken.note])):
        yield f"  {Text('请核对', 'Look at').said_in(lang)}: {trouble.said_in(lang)}"


def _facts(text: OfficialText) -> Text:
    unknown = Text("未知", "unknown")
    return Text(
        f"文号 {text.number or unknown.zh}；公布 {text.promulgated or unknown.zh}；"
        f"版本 {text.version}；施行 {text.since}",
        f"number {text.number or unknown.en}; published {text.promulgated or unknown.en}; "
        f"version {text.version}; law from {text.since}",
    )


def _counts(text: OfficialText) -> Text:
    headings, articles = text.count("heading"), text.count("article")
    annexes = text.count("annex")
    return Text(
        f"章节 {headings}，条 {articles}，附件 {annexes}",
        f"headings {headings}, articles {articles}, annexes {annexes}",
    )


def _total(taken: list[Taken], refused: int, wish: Wish) -> str:
    counts = {name: sum(1 for each in taken if each.outcome == name) for name in OUTCOMES}
    counts["refused"] = refused
    told = ", ".join(f"{said.said_in(wish.lang)} {counts[name]}" for name, said in OUTCOMES.items())
    dry = Text("试运行，未存入：", "Dry run, nothing stored: ").said_in(wish.lang)
    return f"{dry}{told}" if wish.dry_run else told
