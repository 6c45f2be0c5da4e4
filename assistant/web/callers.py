"""Who calls: one dependency that every route asks, and what a route needs of its caller."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Protocol
from urllib.parse import urlsplit

from anyio import to_thread
from fastapi import Depends
from fastapi.security import HTTPBearer
from starlette.requests import HTTPConnection

from assistant.access.caller import Caller, Refused, Scope, at_home
from assistant.access.csrf import HEADER, token_fits
from assistant.access.recognising import Recogniser
from assistant.web.problems import Problem
from assistant.web.state import state_of
from knowledge.text import Text

API = ("/v1/", "/mcp")
SESSION = "declarant_session"
"""The cookie of somebody who logged in."""
BEARER = HTTPBearer(auto_error=False, description="dk_…: `declarant key create`", scheme_name="key")
REFUSED = frozenset(("no_key", "unknown_key", "expired_key", "not_allowed"))
LOCAL_NAMES = frozenset(("localhost", "127.0.0.1", "::1"))


class Recognises(Protocol):
    """Tells who somebody is."""

    def recognise(self, authorization: str | None, session: str | None, client_host: str) -> Caller:
        """Return the caller.

        Args:
            authorization: the header of that name.
            session: the cookie of somebody who logged in.
            client_host: where the call comes from; empty where that cannot be relied on.

        Raises:
            Refused: nobody is recognised.
        """


async def caller(
    request: HTTPConnection, documented: Annotated[Any, Depends(BEARER)] = None
) -> Caller:
    """Return who calls, and count the call.

    Args:
        request: the call.
        documented: nothing; it lets the OpenAPI document name the key.

    Raises:
        Problem: nobody is recognised, or too many calls were made.
    """
    known = await _recognised(request)
    standing = state_of(request).limits.take(f"{known.organisation}\n{known.name}")
    request.state.caller = known
    if standing:
        request.state.standing = standing
        if not standing.allowed:
            raise Problem("rate_limited", headers=standing.headers)
    return known


Known = Annotated[Caller, Depends(caller)]
"""Anybody who is recognised."""


def needs(scope: Scope) -> Callable[[Caller], Awaitable[Caller]]:
    """Return a dependency that lets in callers with a scope."""

    async def allowed(known: Known) -> Caller:
        return having(known, scope)

    return allowed


def having(known: Caller, scope: Scope) -> Caller:
    """Return a caller who may do a thing.

    Raises:
        Problem: this one may not.
    """
    if not known.may(scope):
        raise Problem("not_allowed", Text(f"需要权限 {scope}", f"The scope {scope} is needed"))
    return known


def refusal(fault: Refused) -> Problem:
    """Return what a refused caller is told."""
    code = fault.code if fault.code in REFUSED else "rate_limited"
    return Problem(code, fault.says.followed_by(fault.do))


def reliable_host(request: HTTPConnection) -> str:
    """Return where a call comes from; nothing where a proxy or a strange page stands between.

    Whoever lures a browser of this machine to call it, by another name or from another page, must
    not pass for somebody at the machine.
    """
    host = request.client.host if request.client else ""
    if not at_home(host):
        return host
    headers = request.headers
    named = _name(f"//{headers.get('host', '')}") in LOCAL_NAMES
    origin = headers.get("origin")
    own_page = origin in (None, *(f"{way}://{headers.get('host')}" for way in ("http", "https")))
    passed_on = any(name in headers for name in ("forwarded", "x-forwarded-for", "x-real-ip"))
    return host if named and own_page and not passed_on else ""


def _meant_by(request: HTTPConnection) -> None:
    """See that a call with a session was meant by whoever has it, and is not sent by another page.

    Pages bring the token in their forms and are checked there; the API takes it in a header.

    Raises:
        Problem: it changes something, and its token is missing or of another session.
    """
    changes = request.scope.get("method", "GET") not in ("GET", "HEAD", "OPTIONS")
    session = None if "authorization" in request.headers else request.cookies.get(SESSION)
    if session and changes and request.url.path.startswith(API):
        seal = state_of(request).access.seal
        if not token_fits(session, request.headers.get(HEADER), seal):
            said = Text(f"缺少请求头 {HEADER}", f"The header {HEADER} is missing or wrong")
            raise Problem("not_allowed", said)


async def _recognised(request: HTTPConnection) -> Caller:
    _meant_by(request)
    state, host = state_of(request), request.client.host if request.client else ""
    told = (
        request.headers.get("authorization"),
        request.cookies.get(SESSION),
        reliable_host(request),
    )
    try:
        if known := _remembered(state.recognises, told[0]):
            return known
        return await to_thread.run_sync(state.recognises.recognise, *told)
    except Refused as fault:
        standing = state.limits.take(f"refused\n{host}")
        if standing and not standing.allowed:
            raise Problem("rate_limited", headers=standing.headers) from None
        raise refusal(fault) from None


def _remembered(recognises: Recognises, authorization: str | None) -> Caller | None:
    """Who has a key that was read a moment ago: another thread is needed only to read it."""
    if authorization and isinstance(recognises, Recogniser):
        return recognises.remembered(authorization)
    return None


def _name(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
