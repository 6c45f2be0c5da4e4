"""What goes wrong on a page, told as a page: whoever is not known is asked to log in."""

from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import quote

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from assistant.access.caller import Refused
from assistant.web.callers import refusal
from assistant.web.faults import BY_STATUS, COME_AGAIN, DATABASE, invalid
from assistant.web.pages.drawing import drawn, in_part
from assistant.web.pages.visiting import anybody
from assistant.web.problems import KINDS, Problem

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
FAULTS = (Problem, Refused, RequestValidationError, HTTPException, DBAPIError, PoolTimeout)
LOG_IN = "/log-in"


class PageRoute(APIRoute):
    """A route whose problems are told as a page."""

    def get_route_handler(self) -> Handler:
        """Return what answers a call."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handle(request)
            except FAULTS as fault:
                return await told(request, problem_of(fault))
            finally:
                await request.close()  # the files of its form

        return answer


def problem_of(fault: Exception) -> Problem:
    """Return a fault as the problem it is."""
    match fault:
        case Problem():
            return fault
        case Refused():
            return refusal(fault)
        case RequestValidationError():
            return invalid(fault.errors())
        case HTTPException():
            return Problem(BY_STATUS.get(fault.status_code, "fault"))
        case _:
            return Problem("unavailable", DATABASE, COME_AGAIN)


async def told(request: Request, problem: Problem) -> Response:
    """Return a problem as a page, or the way to the page to log in."""
    kind, who = KINDS[problem.code], await anybody(request)
    if kind.status == 401 and request.method == "GET" and not in_part(request):
        target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"{LOG_IN}?next={quote(target, safe='')}", 303)
    template = "fault_part.html" if in_part(request) else "fault.html"
    page = drawn(
        template,
        request,
        who,
        kind.status,
        title=kind.title,
        detail=problem.detail,
        do=kind.do,
        unknown=kind.status == 401,
        request_id=getattr(request.state, "request_id", ""),
    )
    page.headers.update(problem.headers)
    return page
