"""The desk as tools for other assistants, by the Model Context Protocol.

Over standard input and output for a program at this machine, or over HTTP as a part of the service.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

import anyio
import msgspec
from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from assistant.access.caller import Caller, Scope, loopback
from assistant.desk import Desk
from assistant.turn import Question
from assistant.web.problems import KINDS, Problem
from assistant.web.reading import Day
from assistant.web.shown import Shown, code_shown, near
from assistant.web.shown_law import hit_shown
from assistant.web.state import Channel, chat_of, today
from assistant.web.working import Work
from auditors.auditing import audited
from auditors.engine import VERSION
from auditors.render.plain import as_data

CHANNEL: Channel = "mcp"
LONGEST_DRAFT = 900_000
"""Characters of a draft; with the rest of its message it stays below what a body may have."""
MANUAL = (
    "Answers about Chinese customs declarations, each sentence with its citation, and audits of "
    "draft declarations. Say only what an answer says, and name its citations. "
    "回答中国报关问题并附依据，审核报关单草稿。只转述回答内容，并注明依据。"
)
LOOKS = ToolAnnotations(read_only_hint=True, destructive_hint=False, open_world_hint=False)
Words = Annotated[str, Field(min_length=1, max_length=2_000)]
AsOf = Annotated[Day | None, Field(description="The day asked about; by default today")]
Data = dict[str, Any]
Result = TypeVar("Result")


class Served(NamedTuple):
    """What the tools of a caller work with."""

    known: Caller
    desk: Desk
    work: Work
    shown: Shown


Serves = Callable[[Context[Any, Any]], Served]
"""Tells for whom a tool is called."""


def server_for(serves: Serves) -> MCPServer[Any]:
    """Return a server with the five tools.

    Args:
        serves: tells for whom a tool is called and with which desk.
    """
    with _logging_left_alone():
        server: MCPServer[Any] = MCPServer(
            "declarant", title="declarant 报关助手", instructions=MANUAL, version=VERSION
        )
    tools = _Tools(serves)
    for tool in (tools.ask, tools.audit, tools.explain_rule, tools.look_up_code, tools.search_law):
        server.add_tool(tool, annotations=LOOKS)
    return server


def serve_stdio(site: Path | None = None) -> None:
    """Serve a program at this machine over standard input and output, until it hangs up.

    Raises:
        OSError: the folder of the site cannot be written to.
        PackError: a file of the pack or of the site cannot be used.
        ValueError: a setting is unknown, or has no allowed value.
    """
    from assistant.opening import open_desk

    desk = open_desk(site)
    served = Served(loopback(), desk, Work(4, 100), Shown(desk.shelf.library))
    anyio.run(server_for(lambda _: served).run_stdio_async)


class _Tools:
    """The tools; each one's docstring is what another assistant reads of it."""

    def __init__(self, serves: Serves) -> None:
        self._serves = serves

    async def ask(
        self,
        context: Context[Any, Any],
        question: Words,
        as_of: AsOf = None,
        lang: Literal["zh", "en"] | None = None,
        chat: Annotated[str, Field(max_length=200, description="Id of a conversation")] = "",
    ) -> Data:
        """Answer a question about Chinese customs declarations, with citations. 回答报关问题，附依据。

        Duties, terms, codes, fields of the form, articles of law, what an audit's rule means.
        `status` is `answer`, `clarify`, `abstain`, `refuse` or `handover`: only `answer` answers.
        """
        served = self._for(context, "ask")
        asked = Question(
            question, as_of or today(), lang, (), chat_of(served.known, chat), served.desk.policy
        )
        return await _done(served, lambda: _plain(served.desk.ask(asked)))

    async def audit(
        self,
        context: Context[Any, Any],
        draft: Annotated[
            str,
            Field(min_length=1, max_length=LONGEST_DRAFT, description="JSON or Single Window XML"),
        ],
        as_of: AsOf = None,
        profile: Literal["default", "strict"] = "default",
    ) -> Data:
        """Audit a draft customs declaration before it is submitted. 申报前审核报关单草稿。

        Each finding tells the field, what is wrong, the article and how to put it right. Where
        `complete` is false, or `skipped` names rules, the draft is not clean even without findings.
        """
        served = self._for(context, "audit")
        library = served.desk.shelf.library
        content = draft.encode("utf-8", "replace")
        return await _done(
            served,
            lambda: as_data(audited(content, library, as_of=as_of, profile=profile).report),
        )

    async def explain_rule(
        self, context: Context[Any, Any], code: Annotated[str, Field(max_length=20)]
    ) -> Data:
        """Explain a rule of the audit by its code, such as CN-W001. 按代码解释一条审核规则。

        Why it is there, what is wrong, what is right, what it cannot see, and its articles.
        """
        served = self._for(context, "ask", "audit")
        rules = served.desk.shelf.rules
        if (rule := rules.get(code.strip().upper())) is None:
            raise _unknown("规则", "rule", code, near(code.upper(), rules))
        return await _done(served, lambda: _plain(served.shown.rule(rule)))

    async def look_up_code(
        self,
        context: Context[Any, Any],
        table: Annotated[str, Field(max_length=80, description="`trade_mode`, `country`, …")],
        code: Annotated[str, Field(max_length=80, description="A code, or the name of one")],
    ) -> Data:
        """Look up a code in a code table of the declaration. 查报关单代码表。

        A name finds its code as well: 一般贸易 in `trade_mode` is 0110.
        """
        served = self._for(context, "ask", "audit")
        library = served.desk.shelf.library
        if table not in library.tables():
            raise _unknown("代码表", "table", table, library.tables())
        held = library.table(table)
        meant = held.resolve(code)
        rows = [code_shown(table, row) for row in held.rows if row.code in meant]
        if not rows:
            names = (word for row in held.rows for word in (row.code, *row.name))
            raise _unknown("代码", "code", code, near(code, names))
        return {"items": msgspec.to_builtins(rows), "complete": held.complete, "size": held.size}

    async def search_law(
        self,
        context: Context[Any, Any],
        query: Words,
        as_of: AsOf = None,
        limit: Annotated[int, Field(ge=1, le=50)] = 10,
    ) -> Data:
        """Search the law and announcements in force on a day. 检索某日有效的法规。"""
        served = self._for(context, "ask", "audit")
        index = served.desk.shelf.index
        day: date = as_of or today()
        found = await _done(
            served,
            lambda: list(map(hit_shown, index.find(query, day, kind="source", limit=limit))),
        )
        return {"as_of": str(day), "items": msgspec.to_builtins(found)}

    def _for(self, context: Context[Any, Any], *scopes: Scope) -> Served:
        """What a tool works with, where its caller has one of the scopes."""
        served = self._serves(context)
        if not any(map(served.known.may, scopes)):
            raise _told(Problem("not_allowed"))
        return served


def _plain(held: msgspec.Struct) -> Data:
    plain: Data = msgspec.to_builtins(held)
    return plain


async def _done(served: Served, work: Callable[[], Result]) -> Result:
    try:
        return await served.work.do(work)
    except Problem as problem:
        raise _told(problem) from None


def _told(problem: Problem) -> ToolError:
    kind = KINDS[problem.code]
    says = (problem.detail or kind.title).followed_by(kind.do)
    return ToolError(f"{problem.code}: {says.zh} {says.en}")


def _unknown(zh: str, en: str, asked: str, meant: Any) -> ToolError:
    listed = ", ".join(meant)
    perhaps = f"；相近 near it: {listed}" if listed else ""
    return ToolError(f"not_found: 没有这个{zh} There is no {en} {asked[:40]!r}{perhaps}")


@contextmanager
def _logging_left_alone() -> Iterator[None]:
    """The SDK sets up logging for the whole process when a server is made."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        yield
    finally:
        root.handlers[:], root.level = handlers, level
