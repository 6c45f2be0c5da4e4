"""`/v1/batches`: many drafts audited in the background, and a webhook when they are."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Annotated

import msgspec
from anyio import to_thread
from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from assistant.access.caller import LOCAL, Caller
from assistant.storage.batches import FINISHED, Batches, Item, Progress, Result, Wanted
from assistant.web.batches_documented import (
    ABOUT_BATCH,
    ABOUT_BATCHES,
    ABOUT_REMOVAL,
    ABOUT_RESULTS,
    ABOUT_SECRET,
    ABOUT_SENDING,
    NDJSON,
    BatchShown,
    WebhookShown,
)
from assistant.web.callers import having, needs
from assistant.web.drafts import SentBatch, Wish, batch_of, wish_of
from assistant.web.idempotency import Storing, once
from assistant.web.paging import Paged, mark
from assistant.web.problems import Problem
from assistant.web.state import State, state_of
from assistant.work.addresses import NoTarget, target_of
from assistant.work.unpacking import NotUnpacked, unpacked
from auditors.render.kept import shown
from knowledge.library import Library

OF_ONE = "/v1/batches/{batch_id}"
JSON = "application/json"
TOGETHER = 4_000_000
"""Bytes of drafts stored in one transaction, so that other writers need not wait long."""
COME_AGAIN = {"Retry-After": "2"}
MayAudit = Annotated[Caller, Depends(needs("audit"))]
Partial = Annotated[bool, Query(description="Give the results there are / 先给已有结果")]
router = APIRouter(tags=["batches"])


@router.post("/v1/batches", status_code=202, response_class=Response, **ABOUT_SENDING)
async def send(request: Request, known: MayAudit) -> Response:
    """Take many drafts and audit them in the background: a zip, lines of JSON, or a workbook.

    Where a webhook is named it is called once every draft is audited, signed as Standard Webhooks
    has it with the secret of the organisation.
    """
    state, wish = state_of(request), wish_of(request.query_params, {"json": ""})
    webhook = request.query_params.get("webhook", "")
    await to_thread.run_sync(_refuse_webhook, state, known, webhook)
    sent = await batch_of(request)
    with sent.file:

        async def done(storing: Storing) -> Response:
            return await state.work.do(lambda: _taken(state, known, sent, wish, webhook, storing))

        response = await once(request, known, sent.digest, done)
    state.keeping.background.call()
    return response


@router.get("/v1/batches", response_class=Response, **ABOUT_BATCHES)
def batches(request: Request, known: MayAudit, wanted: Paged) -> Response:
    """Return the batches of the caller's organisation, the newest first."""
    state = state_of(request)
    found = state.keeping.batches.listed(known.organisation, wanted.limit + 1, wanted.after)
    page = found[: wanted.limit]
    more = mark(wanted, page[-1].id) if len(found) > len(page) else None
    told = {"items": [_shown(state, each) for each in page], "next": more}
    return Response(msgspec.json.encode(told), media_type=JSON)


@router.get(OF_ONE, response_class=Response, **ABOUT_BATCH)
def batch(request: Request, batch_id: str, known: MayAudit) -> Response:
    """Return how a batch stands."""
    state = state_of(request)
    told = _shown(state, _found(state, known, batch_id))
    return Response(msgspec.json.encode(told), media_type=JSON)


@router.get(f"{OF_ONE}/results", response_class=StreamingResponse, **ABOUT_RESULTS)
def results(request: Request, batch_id: str, known: MayAudit, partial: Partial = False) -> Response:
    """Stream the reports of a batch, one a line, in the order of its drafts."""
    state = state_of(request)
    found = _found(state, known, batch_id)
    if found.state != FINISHED and not partial:
        raise Problem("not_finished", headers=dict(COME_AGAIN))
    return StreamingResponse(_lines(state.keeping.batches, batch_id), media_type=NDJSON)


@router.delete(OF_ONE, status_code=204, response_class=Response, **ABOUT_REMOVAL)
def remove(request: Request, batch_id: str, known: MayAudit) -> Response:
    """Remove a batch with its drafts and reports; what is not audited yet never will be."""
    if not state_of(request).keeping.batches.remove(known.organisation, batch_id):
        raise Problem("not_found")
    return Response(status_code=204)


@router.post("/v1/webhooks/secret", response_class=Response, **ABOUT_SECRET)
def secret(request: Request, known: MayAudit) -> Response:
    """Make the secret that webhooks are signed with, and show it this once.

    The secret before it is good no longer. Keys need the scope admin.
    """
    allowed = known if known.organisation == LOCAL else having(known, "admin")
    made = state_of(request).keeping.new_secret(allowed.organisation, allowed.name)
    if made is None:
        raise Problem("not_found")
    return Response(msgspec.json.encode({"secret": made}), media_type=JSON)


def _refuse_webhook(state: State, known: Caller, webhook: str) -> None:
    if not webhook:
        return
    try:
        target_of(webhook, private=state.settings.web.private_webhooks)
    except NoTarget as fault:
        raise Problem("invalid", fault.says.followed_by(fault.do)) from None
    if state.keeping.organisations.webhook_secret(known.organisation) is None:
        raise Problem("no_secret")


def _taken(
    state: State, known: Caller, sent: SentBatch, wish: Wish, webhook: str, storing: Storing
) -> Response:
    held = state.keeping.batches
    wanted = Wanted(known.organisation, known.name, wish.as_of, wish.profile, webhook)
    drafts = _drafts(sent, wish, state.shelf.library)
    first = next(drafts)  # a batch that holds none is refused before anything is stored
    batch = held.begin(wanted)
    try:
        total = _stored(held, batch, chain([first], drafts))
    except BaseException:
        held.remove(known.organisation, batch)
        raise
    told = {"id": batch, "url": _address(batch), "state": "waiting", "total": total}
    content = msgspec.json.encode(told)
    response = Response(content, 202, {"Location": _address(batch)}, JSON)
    held.begun(batch, total, storing(response))
    return response


def _drafts(sent: SentBatch, wish: Wish, library: Library) -> Iterator[Item]:
    try:
        yield from unpacked(sent.file, sent.bundle, wish.name or sent.name, library)
    except NotUnpacked as fault:
        code = "too_large" if fault.too_large else "invalid"
        raise Problem(code, fault.says.followed_by(fault.do)) from None


def _stored(held: Batches, batch: str, drafts: Iterable[Item]) -> int:
    waiting: list[Item] = []
    total = 0
    for item in drafts:
        waiting.append(item)
        total += 1
        if sum(len(each.content) for each in waiting) > TOGETHER or len(waiting) >= 200:
            held.add(batch, waiting)
            waiting = []
    if waiting:
        held.add(batch, waiting)
    return total


def _found(state: State, known: Caller, batch: str) -> Progress:
    found = state.keeping.batches.find(known.organisation, batch)
    if found is None:
        raise Problem("not_found")
    return found


def _shown(state: State, found: Progress) -> BatchShown:
    standing = state.keeping.deliveries.standing(found.id)
    webhook = None
    if standing:
        due = standing.due.isoformat(timespec="seconds") if standing.due else None
        webhook = WebhookShown(
            standing.state, standing.attempts, standing.status, standing.fault, due
        )
    return BatchShown(
        id=found.id,
        url=_address(found.id),
        state=found.state,
        total=found.total,
        done=found.done,
        counts=found.counts,
        made=found.made.isoformat(timespec="seconds"),
        finished=found.finished.isoformat(timespec="seconds") if found.finished else None,
        until=found.until.isoformat(timespec="seconds"),
        results=f"{_address(found.id)}/results",
        webhook=webhook,
    )


def _lines(held: Batches, batch: str) -> Iterator[bytes]:
    for page in held.pages(batch):
        yield b"".join(_line(each) for each in page)


def _line(result: Result) -> bytes:
    head = {"number": result.number, "name": result.name, "id": result.report_id}
    report = shown(result.content) if result.content else b"null"
    return msgspec.json.encode(head)[:-1] + b',"report":' + report + b"}\n"


def _address(batch: str) -> str:
    return f"/v1/batches/{batch}"
