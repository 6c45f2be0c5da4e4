"""The reference: the rules of the auditor, the code tables, the fields of the form, and a search."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from assistant.web.pages import links
from assistant.web.pages.drawing import drawn, in_part
from assistant.web.pages.telling import PageRoute
from assistant.web.pages.visiting import Visiting
from assistant.web.problems import Problem
from assistant.web.reading import Day
from assistant.web.shown import near
from assistant.web.state import state_of, today
from auditors.rule import FAMILIES, STATUSES, Rule
from knowledge.codes import Row
from knowledge.law import STATUSES as KNOWN
from knowledge.text import Text

Words = Annotated[str, Query(max_length=300)]
Name = Annotated[str, Path(max_length=120)]
MOST_FOUND = 20
KINDS = {
    "source": Text("法规", "Law"),
    "problem": Text("常见问题", "Problem"),
    "measure": Text("便利措施", "Measure"),
    "term": Text("代码与术语", "Code or term"),
    "service": Text("办事渠道", "Service"),
    "field": Text("栏目", "Field"),
    "rule": Text("规则", "Rule"),
}
NEEDS = {
    "R": Text("必填", "required"),
    "C": Text("有条件必填", "conditional"),
    "O": Text("选填", "optional"),
    "assigned": Text("系统返填", "assigned"),
    "system": Text("系统生成", "by the system"),
    "deleted": Text("已取消", "removed from the form"),
    "obsolete": Text("停用", "out of use"),
}
router = APIRouter(include_in_schema=False, route_class=PageRoute)


@router.get("/reference")
async def reference(request: Request, who: Visiting, q: Words = "") -> Response:
    """Return the way into the reference, or what a search of all of it finds."""
    state = state_of(request)
    find = state.shelf.index.find
    hits = (
        await state.work.do(lambda: find(q, today(), None, None, MOST_FOUND)) if q.strip() else []
    )
    found = [
        (hit, links.address(hit.passage.kind, hit.passage.entry, hit.passage.place)) for hit in hits
    ]
    library = state.shelf.library
    counts = {
        "rules": len(state.shelf.rules),
        "codes": len(library.tables()),
        "fields": sum(len(block.fields) for block in library.fields.values()),
        "law": len(library.sources()),
    }
    template = "hits.html" if in_part(request) else "reference.html"
    return drawn(template, request, who, q=q, found=found, kinds=KINDS, counts=counts)


@router.get("/rules")
async def rules(
    request: Request,
    who: Visiting,
    q: Words = "",
    family: Annotated[str, Query(max_length=1)] = "",
    severity: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """Return the rules by family."""
    every = state_of(request).shelf.rules.values()
    shown = [
        rule
        for rule in every
        if family in ("", rule.family)
        and severity in ("", rule.severity.rstrip("*"))
        and _speaks_of(rule, q)
    ]
    template = "rule_lines.html" if in_part(request) else "rules.html"
    room: dict[str, Any] = {
        "rules": shown,
        "q": q,
        "family": family,
        "severity": severity,
        "families": FAMILIES,
    }
    return drawn(template, request, who, **room)


@router.get("/rules/{code}")
async def rule(request: Request, who: Visiting, code: Name) -> Response:
    """Return a rule with its page and what it rests on."""
    shelf = state_of(request).shelf
    held = shelf.rules.get(code)
    if held is None:
        if (full := _full(code)) in shelf.rules:
            return RedirectResponse(f"/rules/{full}", 301)
        raise _missing(Text("规则", "rule"), near(full, shelf.rules))
    shown = state_of(request).shown
    room: dict[str, Any] = {
        "rule": held,
        "family": FAMILIES[held.family],
        "status": STATUSES[held.status],
        "basis": [(each, shown.basis(each)) for each in held.basis],
    }
    return drawn("rule.html", request, who, **room)


@router.get("/codes")
async def codes(request: Request, who: Visiting) -> Response:
    """Return the code tables."""
    library = state_of(request).shelf.library
    tables = [(name, library.table(name)) for name in library.tables()]
    return drawn("codes.html", request, who, tables=tables)


@router.get("/codes/{table}")
async def code_table(
    request: Request, who: Visiting, table: Name, q: Words = "", as_of: Day | None = None
) -> Response:
    """Return a code table, all of it or the rows in force on a day or that words name."""
    library = state_of(request).shelf.library
    if table not in library.tables():
        raise _missing(Text("代码表", "table"), near(table, library.tables()))
    held = library.table(table)
    rows = [row for row in held.rows if _names(row, q) and (not as_of or row.span.covers(as_of))]
    columns = [name for name in (held.rows[0].more if held.rows else ()) if name]
    template = "code_rows.html" if in_part(request) else "table.html"
    room: dict[str, Any] = {
        "name": table,
        "table": held,
        "rows": rows,
        "q": q,
        "as_of": as_of,
        "columns": columns,
    }
    return drawn(template, request, who, **room)


@router.get("/fields")
async def fields(request: Request, who: Visiting) -> Response:
    """Return the fields of the form by block."""
    blocks = state_of(request).shelf.library.fields.values()
    return drawn("fields.html", request, who, blocks=blocks, needs=NEEDS)


@router.get("/fields/{name}")
async def field(request: Request, who: Visiting, name: Name) -> Response:
    """Return a field and what to know before filling it in."""
    state = state_of(request)
    every = {each.name: each for each in state.shown.fields}
    if name not in every:
        raise _missing(Text("栏目", "field"), near(name, every))
    return drawn("field.html", request, who, field=every[name], needs=NEEDS, statuses=KNOWN)


def _missing(what: Text, meant: tuple[str, ...]) -> Problem:
    hint = Text("；相近：", "; near: ")
    zh, en = (f"{each}{'、'.join(meant)}" if meant else "" for each in hint)
    return Problem("not_found", Text(f"没有这个{what.zh}{zh}", f"There is no such {what.en}{en}"))


def _full(code: str) -> str:
    """A code as it is listed: `w1` is CN-W001."""
    country, _, short = code.upper().rpartition("-")
    return f"{country or 'CN'}-{short[:1]}{short[1:]:0>3}"


def _speaks_of(rule: Rule, q: str) -> bool:
    said = f"{rule.code} {rule.title.zh} {rule.title.en} {rule.page}".casefold()
    return all(word in said for word in q.casefold().split())


def _names(row: Row, q: str) -> bool:
    said = " ".join((row.code, *row.name, *row.aliases, *row.more.values())).casefold()
    return all(word in said for word in q.casefold().split())
