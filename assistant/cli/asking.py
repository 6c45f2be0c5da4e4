"""`declarant ask`: a question answered, or a file of them."""

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from assistant.cli.options import DAY, SITE, day_of
from knowledge.errors import PackError
from knowledge.text import Language, Text

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.desk import Desk
    from assistant.turn import Policy

ANSWERED, NOT_ANSWERED = 0, 1
POLICY = click.option(
    "--policy",
    type=click.Choice(["strict", "normal", "lenient"]),
    help="How sure an answer must be. 把握要求。",
)
TONGUE = click.option(
    "--lang", type=click.Choice(["zh", "en"]), help="By default that of the question. 回答语言。"
)
CITED = Text("依据", "Sources")
PERHAPS = Text("相近的问题", "Questions near it")


@click.command()
@click.argument("question", nargs=-1)
@DAY
@TONGUE
@POLICY
@click.option("--json", "as_json", is_flag=True, help="Print JSON. 输出 JSON。")
@click.option("--chat", default="", help="Id of a conversation, so that it goes on. 会话标识。")
@click.option("--batch", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path))
@SITE
def ask(
    question: tuple[str, ...],
    as_of: datetime | None,
    lang: Language | None,
    policy: "Policy | None",
    as_json: bool,
    chat: str,
    batch: Path | None,
    out: Path | None,
    site: Path,
) -> None:
    """Answer a question from the pack and imported law, with citations. 问答，附依据。

    With --batch IN.jsonl --out OUT.jsonl a file of questions; one already answered there is not
    asked again.

    Exit codes: 0 answered, 1 not answered, 2 wrong usage.
    退出码：0 已回答，1 未能回答，2 用法错误。
    """
    if bool(question) == bool(batch) or bool(batch) != bool(out):
        raise click.UsageError(
            "Give a question, or --batch and --out / 请给出问题，或 --batch 和 --out"
        )
    desk = opened(site)
    if batch and out:
        from assistant.cli.batch import answer_file

        sys.exit(answer_file(desk, batch, out, day_of(as_of)))
    from assistant.turn import Question

    asked = Question(" ".join(question), day_of(as_of), lang, (), chat, policy or desk.policy)
    answer = desk.ask(asked)
    click.echo(as_data(answer) if as_json else "\n".join(lines_of(answer)))
    sys.exit(ANSWERED if answer.status in ("answer", "clarify") else NOT_ANSWERED)


def opened(site: Path) -> "Desk":
    """Open the desk of a site; a fault of its files or settings is told in one line."""
    try:
        from assistant.opening import open_desk
    except ModuleNotFoundError as missing:
        said = f"needs {missing.name}: pip install 'declarant[assistant]' / 请先安装"
        raise click.ClickException(said) from None
    try:
        return open_desk(site)
    except (PackError, ValueError) as fault:
        raise click.ClickException(str(fault)) from None
    except OSError as fault:
        raise click.FileError(str(fault.filename or site), hint=fault.strerror or "") from None


def as_data(answer: "Answer") -> str:
    """Return an answer as JSON."""
    return msgspec.json.format(msgspec.json.encode(answer), indent=2).decode()


def lines_of(answer: "Answer") -> Iterator[str]:
    """The lines of an answer as a person reads it."""
    yield answer.text
    if answer.suggestions:
        yield f"{PERHAPS.said_in(answer.lang)}:"
        yield from (f"  - {each}" for each in answer.suggestions)
    if answer.citations:
        yield f"{CITED.said_in(answer.lang)} ({answer.as_of}):"
    for cited in answer.citations:
        yield f"  [{cited.citation}] {cited.title} {_days(cited)}".rstrip()


def _days(cited: Any) -> str:
    return f"{cited.since or ''}..{cited.until or ''}" if cited.since or cited.until else ""
