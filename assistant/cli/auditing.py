"""`declarant audit`: from files to reports and an exit code."""

import errno
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import click

from assistant.cli.files import (
    STANDARD_INPUT,
    NotWritten,
    content_of,
    meant,
    shown,
    write_whole,
)
from assistant.cli.mending import mend
from auditors.auditing import audited
from auditors.batch import Batch
from auditors.engine import unreadable
from auditors.formats.reading import Form, Unreadable
from auditors.part import CHINA
from auditors.render import FORMATS, pieces
from auditors.render.audited import Audited
from auditors.report import Report
from auditors.rule import Profile
from knowledge.library import shipped
from knowledge.text import Language

CLEAN, FINDINGS, USAGE, UNREADABLE = 0, 1, 2, 3
MANY = 20
"""From this many files on, a progress bar is shown."""


class Wish(NamedTuple):
    """What the caller of an audit asked for."""

    as_of: datetime | None
    profile: Profile
    lang: Language
    format: str
    output: Path | None
    fail_on: str
    fix: Path | None
    input_format: Form | None
    color: str


@click.command("audit")
@click.argument("files", nargs=-1, required=True)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Day to audit on. 审核日。")
@click.option(
    "--profile",
    type=click.Choice(["default", "strict"]),
    default="default",
    show_default=True,
    help="strict: rules whose legal text is unread count in full. 严格模式。",
)
@click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    help="Language of the text. 语言。",
)
@click.option(
    "--format",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="Form of the report. 报告格式。",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the report here. 输出文件。",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "never"]),
    default="error",
    show_default=True,
    help="From which severity on to exit with 1. 何种级别算不通过。",
)
@click.option(
    "--fix",
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="Make the safe changes and write the draft to OUT (a folder, for several files). 自动修正并另存。",
)
@click.option(
    "--input-format",
    type=click.Choice(["json", "xml", "xlsx"]),
    help="Form of the input, where its name does not tell. 输入格式。",
)
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colours. 颜色。",
)
def audit_command(files: tuple[str, ...], **options: Any) -> None:
    """Audit drafts: XML of the Single Window, our JSON, or Excel; `-` is standard input.

    审核报关单草稿（单一窗口 XML、JSON 或 Excel）；`-` 为标准输入，文件夹则审核其中全部草稿。

    Exit codes: 0 nothing at the fail level, 1 findings, 2 wrong usage, 3 unreadable input.
    退出码：0 无不通过项，1 有不通过项，2 用法错误，3 文件无法读取。
    """
    wish = Wish(**options)
    names = meant(files)
    _refuse_misuse(names, files, wish)
    verdict = _Verdict(wish.fail_on)
    single = len(files) == 1 and names == list(files)
    with _progress(names) as watched:
        audited = verdict.watch(_audited(name, wish) for name in watched)
        _deliver(pieces(wish.format, audited, wish.lang, single, _coloured(wish)), wish)
    sys.exit(verdict.code)


def _refuse_misuse(names: list[str], files: tuple[str, ...], wish: Wish) -> None:
    if not names:
        raise click.UsageError(f"No drafts in {', '.join(files)} / 没有找到报关单草稿")
    if wish.format == "xlsx" and (len(names) > 1 or wish.output is None):
        raise click.UsageError(
            "--format xlsx takes one file and --output / --format xlsx 只用于一个文件，并须指定 --output"
        )
    if wish.fix and len(names) > 1 and not wish.fix.is_dir():
        raise click.UsageError(
            "--fix takes a folder for several files / 多个文件时 --fix 须为已有的文件夹"
        )
    if wish.fix and len({Path(name).name for name in names}) < len(names):
        raise click.UsageError(
            "--fix would write two files of one name / --fix 会写出两个同名文件，请分开处理"
        )
    if STANDARD_INPUT in names and not wish.input_format:
        raise click.UsageError("`-` needs --input-format / 标准输入须指定 --input-format")


def _audited(name: str, wish: Wish) -> Audited:
    """Audit one file; a file that cannot be read gives a report too."""
    called = shown(name)
    as_of = wish.as_of.date() if wish.as_of else None
    try:
        content = content_of(name)
    except Unreadable as fault:
        day = as_of or datetime.now(CHINA).date()
        return Audited(unreadable(fault, shipped().on(day), wish.profile, name=called))
    each = audited(
        content, shipped(), called, as_of=as_of, profile=wish.profile, form=wish.input_format
    )
    if wish.fix and each.reading is not None:
        return mend(each, wish.fix, wish.lang)
    return each


class _Verdict:
    """Keeps the exit code while reports go by, and tells the drafts of a batch apart."""

    def __init__(self, fail_on: str) -> None:
        self.fail_on = fail_on
        self.code = CLEAN
        self._batch = Batch()

    def watch(self, audited: Iterable[Audited]) -> Iterator[Audited]:
        for alone in audited:
            each = alone._replace(report=self._batch.told_apart(alone.report))
            self.code = max(self.code, self._weigh(each.report))
            yield each

    def _weigh(self, report: Report) -> int:
        if not report.readable:
            return UNREADABLE
        if self.fail_on == "never":
            return CLEAN
        fatal = report.summary["error"] or (self.fail_on == "warning" and report.summary["warning"])
        # a report with a broken rule is never clean: what it would have said is not known
        return FINDINGS if fatal or not report.complete else CLEAN


@contextmanager
def _progress(names: list[str]) -> Iterator[Iterable[str]]:
    """Show a bar on the error stream, where there are many files and somebody to see it."""
    if len(names) < MANY or not sys.stderr.isatty():
        yield names
        return
    with click.progressbar(names, label="审核 auditing", file=sys.stderr) as bar:
        yield bar


def _coloured(wish: Wish) -> bool:
    if wish.color == "auto":
        return wish.output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return wish.color == "always"


def _deliver(rendered: Iterable[bytes], wish: Wish) -> None:
    if wish.output is not None:
        write_whole(wish.output, rendered)
        return
    try:
        for piece in rendered:
            sys.stdout.buffer.write(piece)
        sys.stdout.flush()
    except OSError as fault:
        if fault.errno == errno.EPIPE:  # whoever read has had enough; click ends quietly
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for the last flush
        raise NotWritten("<stdout>", fault.strerror or str(fault)) from None
