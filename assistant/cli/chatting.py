"""`declarant chat`: a conversation in the terminal, with audits in it."""

import contextlib
import sys
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.asking import POLICY, TONGUE, lines_of, opened
from assistant.cli.files import content_of, shown
from assistant.cli.options import DAY, SITE, day_of
from auditors.formats.reading import Unreadable
from auditors.render.text import printable
from knowledge.text import Language, Text

if TYPE_CHECKING:
    from assistant.desk import Desk
    from assistant.turn import Policy, Question

GREETING = Text(
    "直接提问；/audit 文件 审核草稿；/day 2024-04-10 换查询日；/lang en 换语言；/quit 退出。",
    "Ask away; /audit FILE checks a draft; /day 2024-04-10 sets the day; /lang zh sets the "
    "language; /quit ends.",
)
UNKNOWN = Text("没有这个命令。", "There is no such command.")
LEAVING = ("/quit", "/exit", "/q")
HISTORY = "chat_history"
KEPT_LINES = 1_000


@click.command()
@DAY
@TONGUE
@POLICY
@click.option("--chat", default="", help="Id of a conversation, so that it goes on. 会话标识。")
@SITE
def chat(
    as_of: datetime | None,
    lang: Language | None,
    policy: "Policy | None",
    chat: str,
    site: Path,
) -> None:
    """Talk: ask, audit a file, ask about its findings. 交互式问答和审核。"""
    desk = opened(site)
    talk = _Talk(desk, chat or f"terminal-{uuid.uuid4().hex[:8]}", as_of, lang, policy)
    click.echo("\n".join(GREETING))
    for line in _lines(site):
        if line.strip().lower() in LEAVING:
            break
        for said in talk.reply(line):
            click.echo(printable(said) if "\n" not in said else said)


class _Talk:
    """A conversation: its id, day, language and policy."""

    def __init__(
        self,
        desk: "Desk",
        chat: str,
        as_of: datetime | None,
        lang: Language | None,
        policy: "Policy | None",
    ) -> None:
        self.desk, self.chat = desk, chat
        self.as_of, self.lang, self.policy = as_of, lang, policy or desk.policy

    def reply(self, line: str) -> Iterator[str]:
        """Return the lines to print for one that was typed."""
        command, _, rest = line.strip().partition(" ")
        if command == "/audit":
            yield from self._audit(rest.strip())
        elif command == "/day":
            yield self._set_day(rest.strip())
        elif command == "/lang" and rest.strip() in ("zh", "en"):
            self.lang = "zh" if rest.strip() == "zh" else "en"
        elif command.startswith("/"):
            yield " ".join((*UNKNOWN, *GREETING))
        elif line.strip():
            yield from lines_of(self.desk.ask(self._question(line)))

    def _question(self, text: str) -> "Question":
        from assistant.turn import Question

        return Question(text, day_of(self.as_of), self.lang, (), self.chat, self.policy)

    def _audit(self, name: str) -> Iterator[str]:
        try:
            content = content_of(name)
        except Unreadable as fault:
            yield " / ".join(fault.says.followed_by(fault.do))
            return
        answer, _ = self.desk.audit(content, shown(name), self._question(""))
        yield answer.text

    def _set_day(self, written: str) -> str:
        try:
            self.as_of = datetime.strptime(written, "%Y-%m-%d")  # noqa: DTZ007 (a day, no moment)
        except ValueError:
            return "日期写成 2024-04-10 的样子 / Write the day as 2024-04-10"
        return written


def _lines(site: Path) -> Iterator[str]:
    """What is typed, a line at a time, until the end of the input."""
    with _history(site):
        while True:
            try:
                yield input("> " if sys.stdin.isatty() else "")
            except (EOFError, KeyboardInterrupt):
                return


@contextlib.contextmanager
def _history(site: Path) -> Iterator[None]:
    """Arrow keys bring back earlier lines, of earlier talks too, where the terminal can."""
    try:
        import readline
    except ImportError:
        yield
        return
    file = site / HISTORY
    with contextlib.suppress(OSError):
        readline.read_history_file(file)
    readline.set_history_length(KEPT_LINES)
    try:
        yield
    finally:
        if sys.stdin.isatty():
            with contextlib.suppress(OSError):
                file.parent.mkdir(parents=True, exist_ok=True)
                readline.write_history_file(file)
                file.chmod(0o600)
