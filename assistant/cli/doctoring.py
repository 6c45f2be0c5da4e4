"""`declarant doctor`: looks a site over and says what to do."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from assistant.cli.options import LANG, SITE
from knowledge.text import Language, Text

if TYPE_CHECKING:
    from assistant.doctor import Line

WELL, ILL = 0, 1
MARKS = {
    "ok": Text("正常", "ok"),
    "warn": Text("注意", "warn"),
    "fault": Text("故障", "fault"),
}
COLOURS = {"ok": "green", "warn": "yellow", "fault": "red"}


@click.command()
@SITE
@click.option("--host", default="127.0.0.1", show_default=True, help="Address served. 服务地址。")
@click.option(
    "--port", type=click.IntRange(1, 65_535), default=8000, show_default=True, help="服务端口。"
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON. 输出 JSON。")
@LANG
def doctor(site: Path, host: str, port: int, as_json: bool, lang: Language) -> None:
    """Look over settings, site, database, knowledge and machine, and say what to do. 体检。

    Nothing is changed.

    Exit codes: 0 all is well or needs a look, 1 something is at fault, 2 wrong usage.
    退出码：0 正常或需留意，1 有故障，2 用法错误。
    """
    ill = False
    for line in _lines(site, host, port):
        ill = ill or line.state == "fault"
        if as_json:
            click.echo(_record(line))
            continue
        mark = click.style(MARKS[line.state].said_in(lang), fg=COLOURS[line.state])
        click.echo(f"{mark}  {line.name}: {line.says.said_in(lang)}")
        if do := line.do.said_in(lang):
            click.echo(f"      → {do}")
    sys.exit(ILL if ill else WELL)


def _lines(site: Path, host: str, port: int) -> "Iterator[Line]":
    try:
        from assistant.settings import Settings
    except ModuleNotFoundError as missing:
        said = f"needs {missing.name}: pip install 'declarant[assistant]' / 请先安装"
        raise click.ClickException(said) from None
    from assistant.doctor import examine, unusable

    try:
        settings = Settings.of(site)
    except ValueError as fault:
        yield unusable(fault)
        return
    yield from examine(settings, host, port)


def _record(line: "Line") -> str:
    """A line as JSON: one object a line, so that it can be read while the look goes on."""
    held = {
        "name": line.name,
        "state": line.state,
        "says": line.says._asdict(),
        "do": line.do._asdict() if any(line.do) else None,
    }
    return msgspec.json.encode(held).decode()
