"""What goes wrong in a route, turned into a problem: every way out of the service is one."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from assistant.access.caller import Refused
from assistant.web.callers import refusal
from assistant.web.problems import Problem, as_response, problem_data
from knowledge.text import Text

BY_STATUS = {
    400: "invalid",
    401: "no_key",
    403: "not_allowed",
    404: "not_found",
    405: "wrong_method",
    406: "not_acceptable",
    408: "slow_body",
    413: "too_large",
    415: "wrong_type",
    422: "invalid",
    429: "rate_limited",
    503: "unavailable",
}
OPENAI = ("/v1/chat/", "/v1/models")
NAMED = 5
"""How many faults of a body are named."""
COME_AGAIN = {"Retry-After": "5"}
DATABASE = Text("数据库暂时连不上", "The database cannot be reached at the moment")
WRONG: Mapping[str, Text] = {
    "missing": Text("缺少", "is missing"),
    "extra_forbidden": Text("没有这个字段", "is not a field of this request"),
    "json_invalid": Text("不是有效的 JSON", "is not valid JSON"),
    "string_too_short": Text("不能为空", "must not be empty"),
    "string_too_long": Text("过长", "is too long"),
    "too_long": Text("过多", "has too many entries"),
    "too_short": Text("不能为空", "must not be empty"),
    "string_type": Text("应为文字", "must be text"),
    "bool_type": Text("应为 true 或 false", "must be true or false"),
    "bool_parsing": Text("应为 true 或 false", "must be true or false"),
    "int_parsing": Text("应为整数", "must be a whole number"),
    "literal_error": Text("不在允许的值中", "is none of the values allowed"),
    "greater_than_equal": Text("过小", "is too small"),
    "less_than_equal": Text("过大", "is too large"),
}
DAY = Text("应为日期，如 2026-11-21", "must be a day such as 2026-11-21")
OTHER = Text("值不对", "has a wrong value")


def install(app: FastAPI) -> None:
    """Let every fault of a route be told as a problem."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(DBAPIError, _database)
    app.add_exception_handler(PoolTimeout, _database)


def invalid(errors: Sequence[Any]) -> Problem:
    """Return what is wrong with a request, by the names of its fields and never by their values."""
    told = [_told(each) for each in errors[:NAMED]]
    return Problem(
        "invalid",
        Text("；".join(each.zh for each in told), "; ".join(each.en for each in told)),
    )


def told(problem: Problem, request: Request) -> Response:
    """Return a problem as a response; OpenAI's clients find in it what they show to people."""
    if not request.url.path.startswith(OPENAI):
        return as_response(problem, request)
    data = problem_data(problem, getattr(request.state, "request_id", ""))
    shown = {"message": f"{data['detail']} ({data['code']})", "type": data["code"], "param": None, "code": data["code"]}  # fmt: skip
    whole = as_response(problem, request)
    headers = {name: value for name, value in whole.headers.items() if name != "content-length"}
    return Response(msgspec.json.encode(data | {"error": shown}), whole.status_code, headers)


async def _problem(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, Problem)
    return told(fault, request)


async def _refused(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, Refused)
    return told(refusal(fault), request)


async def _invalid(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, RequestValidationError)
    return told(invalid(fault.errors()), request)


async def _of_http(request: Request, fault: Exception) -> Response:
    """What Starlette and FastAPI raise themselves, a wrong address or method above all."""
    assert isinstance(fault, HTTPException)
    known = {} if fault.status_code == 401 else dict(fault.headers or {})
    return told(Problem(BY_STATUS.get(fault.status_code, "fault"), headers=known), request)


async def _database(request: Request, fault: Exception) -> Response:
    """Nothing was stored, or what was is told again when the caller comes again."""
    return told(Problem("unavailable", DATABASE, COME_AGAIN), request)


def _told(error: Mapping[str, Any]) -> Text:
    where = ".".join(str(each) for each in error["loc"][1:]) or str(error["loc"][0])
    kind = str(error["type"])
    says = DAY if kind.startswith("date") else WRONG.get(kind, OTHER)
    if kind == "json_invalid":
        where = "body"
    where = where.encode("ascii", "replace").decode()[:80]
    return Text(f"{where} {says.zh}", f"{where} {says.en}")
