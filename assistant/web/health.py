"""Whether the service lives, whether it is ready, and what it counts."""

import msgspec
from fastapi import APIRouter
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response

from assistant.access.caller import at_home
from assistant.web.callers import caller, having, reliable_host
from assistant.web.metrics import FORM
from assistant.web.problems import Problem
from assistant.web.schemas import answers, plain, problem_responses
from assistant.web.state import State, state_of
from knowledge.text import Text

COME_AGAIN = {"Retry-After": "5"}
router = APIRouter(tags=["operations"])


class Alive(msgspec.Struct, frozen=True):
    """That the process answers."""

    status: str = "ok"


class Ready(msgspec.Struct, frozen=True):
    """That everything calls need is there."""

    status: str
    version: str
    checks: dict[str, str]


READY = {"status": "ready", "version": "0.5.0-3f9ac1e07b2d4685", "checks": {"desk": "ok", "database": "ok"}}  # fmt: skip


@router.get(
    "/healthz",
    operation_id="healthz",
    summary="Whether the process lives / 存活检查",
    response_class=Response,
    responses=answers(Alive, {"status": "ok"}),
)
async def healthz() -> Response:
    """Return that the process answers; nothing else is looked at."""
    return Response(msgspec.json.encode(Alive()), media_type="application/json")


@router.get(
    "/readyz",
    operation_id="readyz",
    summary="Whether the service is ready / 就绪检查",
    response_class=Response,
    responses=answers(Ready, READY),
)
def readyz(request: Request) -> Response:
    """Return that the desk and the database can be used; 503 where one cannot."""
    state = state_of(request)
    checks = {"desk": _desk(state), "database": _database(state)}
    if failing := [name for name, said in checks.items() if said != "ok"]:
        told = ", ".join(failing)
        raise Problem(
            "unavailable", Text(f"未就绪：{told}", f"Not ready: {told}"), dict(COME_AGAIN)
        )
    ready = Ready("ready", state.stamp, checks)
    return Response(msgspec.json.encode(ready), media_type="application/json")


@router.get(
    "/metrics",
    operation_id="metrics",
    summary="What Prometheus reads / 监控指标",
    response_class=Response,
    responses=plain("Counters in the text form of Prometheus", "declarant_calls_open 1.0")
    | problem_responses("no_key", "not_allowed", "rate_limited", "fault"),
)
async def metrics(request: Request) -> Response:
    """Return the counters: to this machine, and elsewhere to keys with the scope admin.

    They hold no organisation, person or question. Each worker process tells its own, unless the
    setting `web.metrics_folder` lets them add up.
    """
    if not at_home(reliable_host(request)):
        having(await caller(request), "admin")
    return Response(state_of(request).metrics.told(), media_type=FORM)


def _desk(state: State) -> str:
    return "ok" if state.shelf.index.passages else "empty"


def _database(state: State) -> str:
    try:
        with state.engine.execution_options(reading=True).connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError as fault:
        return type(fault).__name__
    return "ok"
