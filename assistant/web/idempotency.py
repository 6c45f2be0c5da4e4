"""Calls that store something, done once however often they are sent.

Source: draft-ietf-httpapi-idempotency-key-header.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from anyio import to_thread
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from assistant.access.caller import Caller
from assistant.storage.idempotency import (
    Claim,
    ClaimLost,
    Idempotency,
    InProgress,
    KeyReused,
    Reply,
)
from assistant.web.problems import Problem
from assistant.web.state import state_of
from knowledge.text import Text

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
LONGEST = 255
RENEW_SECONDS = 20.0
KEPT_HEADERS = ("content-type", "content-disposition", "location")
PARAMETER: dict[str, Any] = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST},
    "description": "Sent again within 24 hours, the same call gets the same reply / 24 小时内重发得到同一回复",
}
PROBLEMS = ("in_progress", "key_reused")
UNFIT = Text(
    f"Idempotency-Key 应为 1 到 {LONGEST} 个可见 ASCII 字符",
    f"Idempotency-Key has 1 to {LONGEST} visible ASCII signs",
)


class Storing:
    """Lets a reply be kept in the transaction that stores what it tells of."""

    def __init__(self, held: Idempotency, claim: Claim | None) -> None:
        self._held = held
        self._claim = claim
        self.written = claim is None

    def __call__(self, response: Response) -> Callable[[Connection], None] | None:
        """Return what is to be done in the transaction; nothing where no key was sent."""
        claim = self._claim
        if claim is None:
            return None

        def write(connection: Connection) -> None:
            self._held.write(connection, claim, _reply(response))

        self.written = True
        return write


Done = Callable[[Storing], Awaitable[Response]]
"""Does a call; raises nothing once something is stored."""


async def once(request: Request, known: Caller, body: bytes, done: Done) -> Response:
    """Return the response to a call: a new one, or that given before to the same call.

    Args:
        request: the call.
        known: who calls.
        body: what makes this call another one than the next: its body, or a digest of it.
        done: does it.

    Raises:
        Problem: the key belongs to another call, or to one that is being done.
    """
    held = state_of(request).keeping.idempotency
    key = request.headers.get(HEADER)
    if key is None:
        return await done(Storing(held, None))
    if not 1 <= len(key) <= LONGEST or not (key.isascii() and key.isprintable()):
        raise Problem("invalid", UNFIT)
    claim = await _claimed(held, known, key, _told(request, body))
    if isinstance(claim, Reply):
        return Response(claim.body, claim.status, {**claim.headers, REPLAYED: "true"})
    return await _done(held, claim, done)


async def _claimed(held: Idempotency, known: Caller, key: str, told: bytes) -> Claim | Reply:
    try:
        return await to_thread.run_sync(held.claim, known.organisation, key, told)
    except KeyReused:
        raise Problem("key_reused") from None
    except InProgress as fault:
        raise Problem("in_progress", headers={"Retry-After": str(fault.seconds)}) from None


async def _done(held: Idempotency, claim: Claim, done: Done) -> Response:
    storing = Storing(held, claim)
    try:
        async with _renewed(held, claim):
            response = await done(storing)
    except BaseException:
        with contextlib.suppress(Exception):
            held.drop(claim)  # at once, for whoever was cancelled cannot wait for a thread
        raise
    if not storing.written:
        with contextlib.suppress(ClaimLost):
            await to_thread.run_sync(held.finish, claim, _reply(response))
    return response


@contextlib.asynccontextmanager
async def _renewed(held: Idempotency, claim: Claim) -> AsyncIterator[None]:
    """Hold a claim for as long as its call takes."""

    async def renew() -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            await to_thread.run_sync(held.renew, claim)

    renewing = asyncio.create_task(renew())
    try:
        yield
    finally:
        renewing.cancel()
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await renewing


def _told(request: Request, body: bytes) -> bytes:
    """What makes a call what it is; the mark between the parts of a form is another each time."""
    form = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    head = "\n".join((request.method, request.url.path, request.url.query, form))
    return head.encode() + b"\n" + body


def _reply(response: Response) -> Reply:
    headers = {name: value for name, value in response.headers.items() if name in KEPT_HEADERS}
    return Reply(response.status_code, headers, bytes(response.body))
