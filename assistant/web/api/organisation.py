"""`/v1/organisation` and `/v1/audit-log`: what the caller's organisation wants kept, and its log."""

import re
from datetime import datetime
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from assistant.storage.organisations import MOST_DAYS, Organisation
from assistant.web.api.keys import MayAdmin
from assistant.web.callers import Known
from assistant.web.paging import UNKNOWN, Paged, mark
from assistant.web.problems import Problem
from assistant.web.reading import Body, body_of
from assistant.web.schemas import answers, reads
from assistant.web.state import state_of

JSON = "application/json"
NUMBER = re.compile(r"[0-9]{1,18}")
router = APIRouter(tags=["administration"])


class OrganisationChange(Body):
    """What an organisation wants kept."""

    draft_days: Annotated[
        int, Field(ge=0, le=MOST_DAYS, description="Days a draft is kept; 0 keeps none")
    ]


class OrganisationShown(msgspec.Struct, frozen=True):
    """An organisation."""

    name: str
    draft_days: int
    """Days a draft is kept; 0 where none is."""


class ActShown(msgspec.Struct, frozen=True):
    """Something somebody did."""

    number: int
    moment: datetime
    actor: str
    action: str
    subject: str
    data: dict[str, Any]


class ActsShown(msgspec.Struct, frozen=True):
    """A page of what was done, the newest first."""

    items: tuple[ActShown, ...]
    next: str | None
    """The cursor of the next page; none where this is the last."""


SHOWN = {"name": "ACME 报关行", "draft_days": 0}
ACT = {
    "number": 7,
    "moment": "2026-11-21T08:00:00Z",
    "actor": "user:li.wei",
    "action": "key created",
    "subject": "3f9a0c1d2e4b",
    "data": {"scopes": ["ask"], "expires": ""},
}


@router.get(
    "/v1/organisation",
    operation_id="organisation",
    summary="Your organisation / 本单位",
    response_class=Response,
    responses=answers(OrganisationShown, SHOWN),
)
def organisation(request: Request, known: Known) -> Response:
    """Return the organisation of the caller."""
    found = state_of(request).access.organisations.find(known.organisation)
    return _json(_shown(found) if found else OrganisationShown(known.organisation, 0))


@router.patch(
    "/v1/organisation",
    operation_id="change_organisation",
    summary="Keep drafts or not / 是否保存草稿",
    response_class=Response,
    responses=answers(
        OrganisationShown, SHOWN, "not_allowed", "not_found", "invalid", "wrong_type", "too_large",
        "slow_body",
    ),
    openapi_extra=reads(OrganisationChange, {"draft_days": 30}),
)  # fmt: skip
async def change_organisation(request: Request, known: MayAdmin) -> Response:
    """Keep the drafts of the caller's organisation for some days from now on, or none.

    With fewer days, drafts kept already go earlier; with none, they go at once.
    """
    state, body = state_of(request), await body_of(request, OrganisationChange)
    held, name = state.access.organisations, known.organisation
    if not await state.work.do(lambda: held.keep_drafts(name, body.draft_days, known.name)):
        raise Problem("not_found")
    return _json(OrganisationShown(name, body.draft_days))


@router.get(
    "/v1/audit-log",
    operation_id="audit_log",
    summary="What was done in your organisation / 本单位操作日志",
    response_class=Response,
    responses=answers(ActsShown, {"items": [ACT], "next": "bWFkZS11cA"}, "not_allowed", "invalid"),
)
def audit_log(request: Request, known: MayAdmin, wanted: Paged) -> Response:
    """Return who did what in the caller's organisation, the newest first."""
    if wanted.after and not NUMBER.fullmatch(wanted.after):
        raise Problem("invalid", UNKNOWN)
    before = int(wanted.after or 0)
    found = state_of(request).access.log.of(known.organisation, before, wanted.limit + 1)
    page = found[: wanted.limit]
    more = mark(wanted, str(page[-1].number)) if len(found) > len(page) else None
    items = tuple(
        ActShown(
            each.number,
            each.moment,
            each.act.actor,
            each.act.action,
            each.act.subject,
            dict(each.act.data),
        )
        for each in page
    )
    return _json(ActsShown(items, more))


def _shown(found: Organisation) -> OrganisationShown:
    return OrganisationShown(found.name, found.draft_days if found.keeps_drafts else 0)


def _json(told: object) -> Response:
    return Response(msgspec.json.encode(told), media_type=JSON)
