"""What every call goes through before and after its route: id, limits of the body, headers, log."""

import asyncio
import logging
import re
import time
import traceback
from pathlib import Path
from uuid import uuid4

import msgspec
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.settings import WebSettings
from assistant.web.faults import told
from assistant.web.problems import Problem

ACCESS = logging.getLogger("declarant.access")
FAULTS = logging.getLogger("declarant.faults")
SANE_ID = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9._-]{15,63}")
"""An id as programs make them; a telephone number or a name is none, for ids stand in logs."""
BYTES_A_SECOND = 20_000
"""A body that comes more slowly in the long run is cut."""
POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'"
)
SECURITY = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
LASTING = "max-age=31536000"
DRAFTS, BATCHES = ("/v1/audits", "/audit"), "/v1/batches"


class Guard:
    """The outermost layer of the service: nothing leaves it that is no proper response."""

    def __init__(self, app: ASGIApp, settings: WebSettings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a call."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        call = _Call(scope, send)
        metrics = scope["app"].state.held.metrics
        metrics.began()
        try:
            await self._answer(call, receive)
        finally:
            seconds = time.perf_counter() - call.begun
            metrics.ended(call.method, call.route, call.status, seconds)
            ACCESS.info("%s", call.told(seconds))

    async def _answer(self, call: "_Call", receive: Receive) -> None:
        body = _Body(call, receive, self._settings)
        if body.too_long_as_told:
            await call.refuse(Problem("too_large"))
            return
        try:
            await self._app(call.scope, body.receive, call.send)
        except Problem as problem:
            await call.refuse(problem)
        except Exception as fault:
            FAULTS.error("%s", _told_of(fault, call.id))
            await call.refuse(Problem("fault"))


class _Call:
    """A call on its way: what it is known by, and what was answered."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.scope = scope
        self.begun = time.perf_counter()
        self.status, self.sent, self.received = 0, 0, 0
        self.wrong: Problem | None = None
        """What the caller is told whatever the route makes of its body."""
        self._send = send
        self._replaced = False
        given = Headers(scope=scope).get("x-request-id", "")
        self.id = given if SANE_ID.fullmatch(given) else uuid4().hex
        scope.setdefault("state", {})["request_id"] = self.id

    @property
    def method(self) -> str:
        """Its method, where HTTP knows it: a name made up would fill the metrics."""
        known = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
        return self.scope["method"] if self.scope["method"] in known else "OTHER"

    @property
    def route(self) -> str:
        """The route as it is declared; never the address, which may tell what was asked."""
        path = getattr(self.scope.get("route"), "path", "-")
        return str(path)

    async def send(self, message: Message) -> None:
        """Pass on what is answered, with what every response carries."""
        if self._replaced:
            return
        if message["type"] == "http.response.start":
            if self.wrong:
                await self.refuse(self.wrong)
                return
            self.status = message["status"]
            self._dress(message)
        self.sent += len(message.get("body", b""))
        await self._send(message)

    async def refuse(self, problem: Problem) -> None:
        """Answer with a problem, unless an answer has begun: then the caller sees it break off."""
        if self.status:
            raise ConnectionAbortedError("the answer broke off") from None
        self.wrong = None
        problem.headers.update({"Connection": "close"} if problem.code in CUT else {})
        response = told(problem, Request(self.scope))
        await response(self.scope, _nothing, self.send)
        self._replaced = True

    def told(self, seconds: float) -> str:
        """Return the line of the access log: no address, no words, no person."""
        known = self.scope["state"].get("caller")
        line = {
            "request_id": self.id,
            "method": self.method,
            "route": self.route,
            "status": self.status,
            "ms": round(seconds * 1000, 1),
            "received": self.received,
            "sent": self.sent,
            "organisation": known.organisation if known else "",
        }
        return msgspec.json.encode(line).decode()

    def _dress(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        headers["X-Request-ID"] = self.id
        for name, value in SECURITY.items():
            headers.setdefault(name, value)
        if self.scope["scheme"] == "https":
            headers.setdefault("Strict-Transport-Security", LASTING)
        headers.setdefault("Cache-Control", "no-store")
        if standing := self.scope["state"].get("standing"):
            for name, value in standing.headers.items():
                headers[name] = value


CUT = frozenset(("too_large", "slow_body"))
"""Problems after which the rest of the body is not read."""


class _Body:
    """The body of a call, read no further and no longer than is allowed."""

    def __init__(self, call: _Call, receive: Receive, settings: WebSettings) -> None:
        self._call, self._receive = call, receive
        self._most = _most(call.scope["path"], settings)
        self._pause = settings.slowest_seconds
        self._whole = False
        self._waited = 0.0

    @property
    def too_long_as_told(self) -> bool:
        """Whether the length it declares is above what is allowed."""
        told = Headers(scope=self._call.scope).get("content-length", "")
        return told.isdigit() and int(told[:20]) > self._most

    async def receive(self) -> Message:
        """Return the next piece.

        Raises:
            Problem: the body is too long or comes too slowly.
        """
        if self._whole:
            return await self._receive()
        began = time.perf_counter()
        try:
            async with asyncio.timeout(self._patience()):
                message = await self._receive()
        except TimeoutError:
            raise self._cut("slow_body") from None
        self._waited += time.perf_counter() - began
        self._call.received += len(message.get("body", b""))
        if self._call.received > self._most:
            raise self._cut("too_large")
        self._whole = not message.get("more_body", False)
        return message

    def _patience(self) -> float:
        """Seconds the next piece may take: a pause, and all in all what a slow line needs."""
        allowed = self._pause + self._call.received / BYTES_A_SECOND
        return max(min(self._pause, allowed - self._waited), 0.0)

    def _cut(self, code: str) -> Problem:
        self._call.wrong = Problem(code)
        return self._call.wrong


def _most(path: str, settings: WebSettings) -> int:
    if path.startswith(BATCHES):
        return settings.largest_batch
    return settings.largest_draft if path.startswith(DRAFTS) else settings.largest_body


def _told_of(fault: Exception, request_id: str) -> str:
    """A fault as it is logged: where it arose, and not what it says, which may be somebody's words."""
    frames = traceback.extract_tb(fault.__traceback__)[-6:]
    where = [f"{Path(each.filename).name}:{each.lineno} {each.name}" for each in frames]
    line = {"request_id": request_id, "fault": type(fault).__name__, "where": where}
    return msgspec.json.encode(line).decode()


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}
