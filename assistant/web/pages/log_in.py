"""The page to log in on, for people; programs bring a key."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from assistant.access.caller import Refused
from assistant.access.entrance import Entered
from assistant.access.openid import COOKIE
from assistant.web.callers import SESSION
from assistant.web.pages.drawing import drawn
from assistant.web.pages.telling import PageRoute
from assistant.web.pages.visiting import Anybody, Visitor, form_of, text_of
from assistant.web.problems import Problem
from assistant.web.state import state_of
from knowledge.text import Text

PROVIDER_MINUTES = 10
LONGEST = 400
NO_PROVIDER = Text("本站没有设置统一登录", "This site has no identity provider")
router = APIRouter(include_in_schema=False, route_class=PageRoute)
Target = Annotated[str, Query(max_length=500)]


@router.get("/log-in")
async def log_in_page(request: Request, who: Anybody, next: Target = "/") -> Response:
    """Return the page to log in on."""
    return _page(request, who, own_page(next))


@router.post("/log-in")
async def log_in(request: Request, who: Anybody) -> Response:
    """Let somebody in who has the name, the password and the code."""
    form, state = await form_of(request), state_of(request)
    target = own_page(text_of(form, "next", 500))
    name, password, code = (text_of(form, each, LONGEST) for each in ("name", "password", "code"))
    address = request.client.host if request.client else ""
    old = request.cookies.get(SESSION)
    try:
        entered = await state.work.do(
            lambda: state.access.entrance.by_password(name, password, code, address, old)
        )
    except Refused as refused:
        return _page(request, who, target, refused, name)
    return _in(request, entered, target)


@router.post("/log-out")
async def log_out(request: Request, who: Anybody) -> Response:
    """End a session."""
    await form_of(request)
    state = state_of(request)
    if cookie := request.cookies.get(SESSION):
        await state.work.do(lambda: state.access.entrance.out(cookie))
    response = RedirectResponse("/log-in", 303)
    response.delete_cookie(SESSION, httponly=True, samesite="lax")
    return response


@router.get("/log-in/openid")
async def to_provider(request: Request) -> Response:
    """Send somebody to their provider."""
    state = state_of(request)
    if (provider := state.access.provider) is None:
        raise Problem("not_found", NO_PROVIDER)
    begun = await state.work.do(provider.begin)
    response = RedirectResponse(begun.address, 303)
    secure = request.url.scheme == "https"
    response.set_cookie(
        COOKIE, begun.cookie, PROVIDER_MINUTES * 60, httponly=True, samesite="lax", secure=secure
    )
    return response


@router.get("/log-in/openid/back")
async def from_provider(request: Request, who: Anybody) -> Response:
    """Let somebody in whom their provider sent back."""
    state = state_of(request)
    if (provider := state.access.provider) is None:
        raise Problem("not_found", NO_PROVIDER)
    query, brought = dict(request.query_params), request.cookies.get(COOKIE)
    settings, old = state.settings.access.openid, request.cookies.get(SESSION)

    def enter() -> Entered:
        return state.access.entrance.by_provider(provider.finish(query, brought), settings, old)

    try:
        response = _in(request, await state.work.do(enter), "/")
    except Refused as refused:
        response = _page(request, who, "/", refused)
    response.delete_cookie(COOKIE)
    return response


def own_page(target: str) -> str:
    """Return a page of ours to go on to; the start for anything else.

    >>> own_page("/audit?x=1"), own_page("//evil.example"), own_page("https://evil.example")
    ('/audit?x=1', '/', '/')
    """
    plain = target.startswith("/") and not target.startswith("//") and target.isprintable()
    return target if plain and "\\" not in target else "/"


def _page(
    request: Request, who: Visitor, target: str, refused: Refused | None = None, name: str = ""
) -> Response:
    provider = state_of(request).access.provider is not None
    status = 200 if refused is None else 429 if refused.code == "too_many_failures" else 403
    room = {"target": target, "refused": refused, "name": name, "provider": provider}
    return drawn("log_in.html", request, who, status, **room)


def _in(request: Request, entered: Entered, target: str) -> Response:
    response = RedirectResponse(target, 303)
    secure = request.url.scheme == "https"
    response.set_cookie(SESSION, entered.cookie, httponly=True, samesite="lax", secure=secure)
    return response
