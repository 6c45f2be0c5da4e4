"""`/v1/keys`: the API keys of the caller's organisation, for its administrators."""

from datetime import UTC, datetime, time, timedelta
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends, Path
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from assistant.access.caller import Caller, Scope
from assistant.access.hashes import NewKey, new_key
from assistant.storage.idempotency import ClaimLost
from assistant.storage.keys import KeptKey, NotRotated
from assistant.web.callers import needs
from assistant.web.idempotency import PARAMETER, PROBLEMS, Storing, once
from assistant.web.paging import Paged, cut
from assistant.web.problems import Problem
from assistant.web.reading import Body, Day, body_of
from assistant.web.schemas import ANYWHERE, Listed, Responses, answers, problem_responses, reads
from assistant.web.state import State, state_of
from auditors.part import CHINA
from knowledge.text import Text

JSON = "application/json"
MayAdmin = Annotated[Caller, Depends(needs("admin"))]
KeyId = Annotated[
    str, Path(pattern=r"^[0-9a-f]{12}$", description="Between `dk_` and the next `_`")
]
OVER = Text("expires 已过去", "expires is over already")
ENDED = Text("密钥已失效或已更换过", "The key has ended or was rotated before")
router = APIRouter(tags=["administration"])


class KeyWanted(Body):
    """A key to be made; it belongs to the organisation of the caller."""

    scopes: Annotated[list[Scope], Field(min_length=1, max_length=4)]
    expires: Annotated[Day | None, Field(description="Last day, in China")] = None


class RotationWanted(Body):
    """How a key is rotated."""

    overlap_hours: Annotated[
        int, Field(ge=0, le=24 * 90, description="Hours the old key goes on")
    ] = 24


class KeyLine(msgspec.Struct, frozen=True):
    """A key, without its secret."""

    id: str
    scopes: tuple[Scope, ...]
    made: datetime
    expires: datetime | None
    revoked: datetime | None
    successor: str
    """The key that takes its place; empty where it was not rotated."""
    state: Literal["good", "expired", "revoked"]


class KeyMade(msgspec.Struct, frozen=True):
    """A new key, shown this once."""

    id: str
    key: str
    scopes: tuple[Scope, ...]
    expires: datetime | None


LINE: dict[str, Any] = {
    "id": "3f9a0c1d2e4b",
    "scopes": ["ask", "audit"],
    "made": "2026-11-21T08:00:00Z",
    "expires": "2027-11-21T16:00:00Z",
    "revoked": None,
    "successor": "",
    "state": "good",
}
MADE = {
    "id": "3f9a0c1d2e4b",
    "key": "dk_3f9a0c1d2e4b_(43 signs)",
    "scopes": ["ask", "audit"],
    "expires": None,
}
REVOKED: Responses = {204: {"description": "Revoked"}}
STORING = ("not_allowed", "invalid", "wrong_type", "too_large", "slow_body", *PROBLEMS)


@router.get(
    "/v1/keys",
    operation_id="list_keys",
    summary="List the keys of your organisation / 列出本单位密钥",
    response_class=Response,
    responses=answers(
        Listed[KeyLine],
        {"items": [LINE], "next": "bWFkZS11cA", "total": 1},
        "not_allowed",
        "invalid",
    ),
)
def list_keys(request: Request, known: MayAdmin, wanted: Paged) -> Response:
    """Return the keys of the caller's organisation; no secret can be shown again."""
    state = state_of(request)
    held = [_line(each) for each in state.access.keys.of(known.organisation)]
    shown, more, total = cut(sorted(held, key=lambda each: each.id), wanted, lambda each: each.id)
    return _json(Listed(tuple(shown), more, total))


@router.post(
    "/v1/keys",
    status_code=201,
    operation_id="create_key",
    summary="Make a key / 新建密钥",
    response_class=Response,
    responses=answers(KeyMade, MADE, *STORING, status=201),
    openapi_extra=reads(KeyWanted, {"scopes": ["audit"], "expires": "2027-11-21"})
    | {"parameters": [PARAMETER]},
)
async def create_key(request: Request, known: MayAdmin) -> Response:
    """Make a key for the organisation of the caller and show it this once."""
    state, body = state_of(request), await body_of(request, KeyWanted)
    end = _end_of(body)

    async def done(storing: Storing) -> Response:
        return await state.work.do(lambda: _made(state, known, body, end, storing))

    return await once(request, known, await request.body(), done)


@router.delete(
    "/v1/keys/{id}",
    status_code=204,
    operation_id="revoke_key",
    summary="Revoke a key at once / 立即停用密钥",
    response_class=Response,
    responses=REVOKED | problem_responses("not_allowed", "not_found", "invalid", *ANYWHERE),
)
def revoke_key(request: Request, id: KeyId, known: MayAdmin) -> Response:
    """Revoke a key of the caller's organisation; revoking it again changes nothing."""
    state = state_of(request)
    if not state.access.keys.revoke(id, known.name, known.organisation):
        raise Problem("not_found")
    state.access.recogniser.forget()
    return Response(status_code=204)


@router.post(
    "/v1/keys/{id}/rotate",
    status_code=201,
    operation_id="rotate_key",
    summary="Give a key a successor / 更换密钥",
    response_class=Response,
    responses=answers(KeyMade, MADE, "not_found", *STORING, status=201),
    openapi_extra=reads(RotationWanted, {"overlap_hours": 24}) | {"parameters": [PARAMETER]},
)
async def rotate_key(request: Request, id: KeyId, known: MayAdmin) -> Response:
    """Make a key that may do the same and lasts as long; the old one goes on for some hours."""
    state, body = state_of(request), await body_of(request, RotationWanted)
    overlap = timedelta(hours=body.overlap_hours)

    async def done(storing: Storing) -> Response:
        return await state.work.do(lambda: _rotated(state, known, id, overlap, storing))

    return await once(request, known, await request.body(), done)


def _made(
    state: State, known: Caller, body: KeyWanted, end: datetime | None, storing: Storing
) -> Response:
    new = new_key(state.access.seal)
    response = _shown(new, tuple(sorted(set(body.scopes))), end)
    also, scopes = storing(response), set(body.scopes)
    try:
        state.access.keys.add(new.id, new.digest, known.organisation, scopes, known.name, end, also)
    except ClaimLost:
        raise Problem("in_progress") from None
    state.access.recogniser.forget()
    return response


def _rotated(
    state: State, known: Caller, id: str, overlap: timedelta, storing: Storing
) -> Response:
    held = state.access.keys.find(id)
    if held is None or held.organisation != known.organisation:
        raise Problem("not_found")
    new, now = new_key(state.access.seal), datetime.now(UTC)
    end = now + (held.expires - held.made) if held.expires else None
    response = _shown(new, _line(held).scopes, end)
    try:
        state.access.keys.rotate(
            id, (new.id, new.digest), overlap, known.name, known.organisation, storing(response)
        )
    except NotRotated:
        raise Problem("invalid", ENDED) from None
    except ClaimLost:
        raise Problem("in_progress") from None
    state.access.recogniser.forget()
    return response


def _end_of(body: KeyWanted) -> datetime | None:
    """The moment a key's last day ends in China.

    Raises:
        Problem: it is over.
    """
    if body.expires is None:
        return None
    end = datetime.combine(body.expires + timedelta(days=1), time(), CHINA).astimezone(UTC)
    if end <= datetime.now(UTC):
        raise Problem("invalid", OVER)
    return end


def _line(held: KeptKey) -> KeyLine:
    scopes: list[Scope] = [each for each in ("ask", "audit", "curate", "admin") if each in held.scopes]  # fmt: skip
    good = held.good(datetime.now(UTC))
    state: Literal["good", "expired", "revoked"] = "good" if good else "expired"
    if held.revoked:
        state = "revoked"
    return KeyLine(
        held.id, tuple(scopes), held.made, held.expires, held.revoked, held.successor, state
    )


def _shown(new: NewKey, scopes: tuple[Scope, ...], end: datetime | None) -> Response:
    return _json(KeyMade(new.id, new.shown, scopes, end), 201)


def _json(told: object, status: int = 200) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(msgspec.json.encode(told), status, headers, JSON)
