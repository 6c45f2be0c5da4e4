"""What the auditor knows, for programs: rules, code tables, the fields of the form."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from assistant.web.callers import Known
from assistant.web.etags import tagged
from assistant.web.paging import Paged, cut
from assistant.web.problems import Problem
from assistant.web.reading import Day
from assistant.web.schemas import Listed, answers
from assistant.web.shown import (
    CodeShown,
    FieldLine,
    FieldShown,
    RuleLine,
    RuleShown,
    TableLine,
    code_shown,
    field_line,
    near,
    rule_line,
    table_line,
)
from assistant.web.state import state_of
from auditors.rule import FAMILIES
from knowledge.span import Span
from knowledge.text import Text

Code = Annotated[str, Path(max_length=80)]
Severity = Literal["error", "error*", "warning", "info"]
Family = Literal["F", "C", "M", "X", "T", "W", "D", "P", "K", "R", "V"]
router = APIRouter(tags=["reference"])
RULE: dict[str, Any] = {
    "code": "CN-W001",
    "family": "W",
    "title": {"zh": "净重不得大于毛重", "en": "Net weight must not exceed gross weight"},
    "severity": "error",
    "status": "law",
    "since": None,
    "until": None,
}
RULE_SHOWN = RULE | {
    "family_title": {"zh": FAMILIES["W"].zh, "en": FAMILIES["W"].en},
    "status_says": {"zh": "已读法规原文或官方摘要", "en": "the text of the law was read"},
    "page": "Net weight is gross weight less the outer packing.\n\nWrong: gross 980, net 1000.",
    "basis": [
        {
            "citation": "cn-gacc-2019-18#26",
            "title": {"zh": "报关单填制规范", "en": "Rules for filling in the declaration"},
            "digest": {"zh": "净重：毛重减去外包装。", "en": "Net weight: gross less packing."},
            "url": "",
        }
    ],
}
TABLE: dict[str, Any] = {
    "id": "trade_mode",
    "name": {"zh": "监管方式代码表", "en": "Customs supervision modes"},
    "rows": 108,
    "complete": False,
    "size": "108 of 110",
    "source": "cn-gacc-2019-18",
    "confirmed": "2026-11-21",
}
CODE: dict[str, Any] = {
    "table": "trade_mode",
    "code": "0110",
    "name": {"zh": "一般贸易", "en": "General trade"},
    "since": None,
    "until": None,
    "status": "law",
    "aliases": [],
    "successor": "",
    "more": {},
}
FIELD: dict[str, Any] = {
    "name": "header.net_weight",
    "label": {"zh": "净重(千克)", "en": "Net weight (kg)"},
    "block": {"zh": "表头", "en": "Header"},
    "kind": "number",
    "required": "R",
}
FIELD_SHOWN = FIELD | {
    "element": "DecHead/NetWt",
    "size": "n14,5",
    "table": "",
    "synonyms": ["净重"],
    "rules": ["CN-F023"],
    "basis": RULE_SHOWN["basis"][0],
    "means": {"zh": "毛重减去外包装的重量", "en": "Gross weight less outer packing"},
    "example": "1180",
    "mistakes": [],
    "cites": ["cn-gacc-2019-18#26"],
}


def listed(example: Any) -> dict[str, Any]:
    """Return a page of a list that holds one entry, as an example."""
    return {"items": [example], "next": "bWFkZS11cA", "total": 1}


@router.get(
    "/v1/rules",
    operation_id="list_rules",
    summary="List the rules / 列出审核规则",
    response_class=Response,
    responses=answers(Listed[RuleLine], listed(RULE), "invalid"),
)
def list_rules(
    request: Request,
    known: Known,
    wanted: Paged,
    family: Annotated[Family | None, Query(description="Letter of a family")] = None,
    severity: Annotated[Severity | None, Query()] = None,
    as_of: Annotated[Day | None, Query(description="Only rules in force on this day")] = None,
) -> Response:
    """Return the rules in order of their codes."""
    rules = [
        rule
        for _, rule in sorted(state_of(request).shelf.rules.items())
        if family in (None, rule.family)
        and severity in (None, rule.severity)
        and (as_of is None or rule.span.covers(as_of))
    ]
    held = cut(rules, wanted, lambda rule: rule.code)
    return tagged(request, Listed(tuple(map(rule_line, held.items)), held.next, held.total))


@router.get(
    "/v1/rules/{code}",
    operation_id="get_rule",
    summary="Explain a rule / 解释一条规则",
    response_class=Response,
    responses=answers(RuleShown, RULE_SHOWN, "not_found", "invalid"),
)
def get_rule(request: Request, code: Code, known: Known) -> Response:
    """Return a rule: why, what is wrong, what is right, what it cannot see, and its articles."""
    state = state_of(request)
    rule = state.shelf.rules.get(code.upper())
    if rule is None:
        raise missing(Text("规则", "rule"), near(code.upper(), state.shelf.rules))
    return tagged(request, state.shown.rule(rule))


@router.get(
    "/v1/codes",
    operation_id="list_tables",
    summary="List the code tables / 列出代码表",
    response_class=Response,
    responses=answers(Listed[TableLine], listed(TABLE), "invalid"),
)
def list_tables(request: Request, known: Known, wanted: Paged) -> Response:
    """Return the code tables in order of their names."""
    library = state_of(request).shelf.library
    held = cut(library.tables(), wanted, str)
    lines = tuple(table_line(name, library.table(name)) for name in held.items)
    return tagged(request, Listed(lines, held.next, held.total))


@router.get(
    "/v1/codes/{table}",
    operation_id="list_codes",
    summary="Show a code table / 查看代码表",
    response_class=Response,
    responses=answers(Listed[CodeShown], listed(CODE), "not_found", "invalid"),
)
def list_codes(
    request: Request,
    table: Code,
    known: Known,
    wanted: Paged,
    as_of: Annotated[Day | None, Query(description="Only codes in force on this day")] = None,
    q: Annotated[str, Query(max_length=80, description="Part of a code or a name")] = "",
) -> Response:
    """Return the codes of a table; one that was renewed has a row for each of its times."""
    rows = [row for row in _rows(request, table) if as_of is None or _covers(row, as_of)]
    asked = q.strip().casefold()
    rows = [row for row in rows if asked in f"{row.code}\n{row.name.zh}\n{row.name.en}".casefold()]
    held = cut(rows, wanted, _key)
    return tagged(request, Listed(tuple(held.items), held.next, held.total))


@router.get(
    "/v1/codes/{table}/{code}",
    operation_id="get_code",
    summary="Look up a code / 查一个代码",
    response_class=Response,
    responses=answers(Listed[CodeShown], listed(CODE), "not_found", "invalid"),
)
def get_code(request: Request, table: Code, code: Code, known: Known) -> Response:
    """Return what a code means: a row, or one for each of its times."""
    rows = _rows(request, table)
    held = tuple(row for row in rows if row.code == code)
    if not held:
        raise missing(Text("代码", "code"), near(code, (row.code for row in rows)))
    return tagged(request, Listed(held, None, len(held)))


@router.get(
    "/v1/fields",
    operation_id="list_fields",
    summary="List the fields of the form / 列出报关单栏目",
    response_class=Response,
    responses=answers(Listed[FieldLine], listed(FIELD), "invalid"),
)
def list_fields(
    request: Request,
    known: Known,
    wanted: Paged,
    q: Annotated[str, Query(max_length=80, description="Part of a name or a label")] = "",
) -> Response:
    """Return the fields of the form in order of their names."""
    asked = q.strip().casefold()
    fields = [each for each in state_of(request).shown.fields if asked in _words(each)]
    held = cut(fields, wanted, lambda each: each.name)
    return tagged(request, Listed(tuple(map(field_line, held.items)), held.next, held.total))


@router.get(
    "/v1/fields/{name}",
    operation_id="get_field",
    summary="Explain a field / 解释一个栏目",
    response_class=Response,
    responses=answers(FieldShown, FIELD_SHOWN, "not_found", "invalid"),
)
def get_field(request: Request, name: Code, known: Known) -> Response:
    """Return a field by its full name, `header.net_weight`, or its own where no other has it."""
    fields = state_of(request).shown.fields
    held = [each for each in fields if name in (each.name, each.name.rpartition(".")[2])]
    held = [each for each in held if each.name == name] or held
    if len(held) != 1:
        names = [each.name for each in held] or near(name, (each.name for each in fields))
        raise missing(Text("栏目", "field"), names)
    return tagged(request, held[0])


def missing(what: Text, meant: Any = ()) -> Problem:
    """Return that there is no such thing, and what may have been meant."""
    listed = ", ".join(meant)
    perhaps = Text(f"；相近：{listed}", f"; near it: {listed}") if listed else Text("", "")
    return Problem(
        "not_found",
        Text(f"没有这个{what.zh}{perhaps.zh}", f"There is no such {what.en}{perhaps.en}"),
    )


def _rows(request: Request, table: str) -> tuple[CodeShown, ...]:
    """The rows of a table in order of code and time."""
    library = state_of(request).shelf.library
    if table not in library.tables():
        raise missing(Text("代码表", "table"), near(table, library.tables()))
    rows = (code_shown(table, row) for row in library.table(table).rows)
    return tuple(sorted(rows, key=_key))


def _covers(row: CodeShown, day: date) -> bool:
    return Span(row.since, row.until).covers(day)


def _key(row: CodeShown) -> str:
    return f"{row.code}\n{row.since or ''}"


def _words(field: FieldShown) -> str:
    return "\n".join((field.name, field.label.zh, field.label.en, *field.synonyms)).casefold()
