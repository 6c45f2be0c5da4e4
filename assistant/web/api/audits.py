"""`/v1/audits`: a draft audited, its report kept, its safe changes made.

The route that audits reads the raw bytes once and makes no model of them; the report leaves as the
bytes that are kept.
"""

from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Depends
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from assistant.access.caller import Caller
from assistant.storage.report_writer import as_kept
from assistant.storage.reports import Draft, KeptReport, new_report_id
from assistant.web import audits_told as told
from assistant.web.audits_documented import (
    ABOUT_AUDIT,
    ABOUT_FIXES,
    ABOUT_REMOVAL,
    ABOUT_REPORT,
    ABOUT_REPORTS,
)
from assistant.web.audits_told import FORMATS
from assistant.web.callers import caller, having, needs
from assistant.web.drafts import Sent, Wish, draft_of, wish_of
from assistant.web.idempotency import Storing, once
from assistant.web.paging import Paged, mark
from assistant.web.problems import Problem
from assistant.web.state import State, state_of
from assistant.work.forms import form_named
from auditors.auditing import audited
from auditors.formats import read
from auditors.formats.reading import Reading, Unreadable
from auditors.mending import Mended, mended
from auditors.render import kept, pieces
from auditors.render.audited import Audited
from auditors.render.kept import keep
from knowledge.text import Language, Text

INLINE = 200_000
"""Bytes of a draft that is audited where it is read; a longer one would hold up other calls."""
OF_ONE = "/v1/audits/{report_id}"
MayAudit = Annotated[Caller, Depends(needs("audit"))]


class Bare(APIRoute):
    """A route that is given the call as it is: nothing is looked up or checked before it runs."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the route's own function."""
        handler: Callable[[Request], Coroutine[Any, Any, Response]] = self.endpoint
        return handler


router = APIRouter(tags=["audit"])
bare = APIRouter(tags=["audit"], route_class=Bare)


@bare.post("/v1/audits", response_class=Response, **ABOUT_AUDIT)
async def audit_draft(request: Request) -> Response:
    """Audit a draft and keep its report.

    A draft that cannot be read gives a report that says so. The draft itself is kept only where
    the organisation wants it.
    """
    known = having(await caller(request), "audit")
    wish = wish_of(request.query_params, FORMATS)
    sent = await draft_of(request, wish)

    async def done(storing: Storing) -> Response:
        return await _audited(state_of(request), known, sent, wish, storing)

    return await once(request, known, sent.content, done)


@router.get("/v1/audits", response_class=Response, **ABOUT_REPORTS)
def reports(request: Request, known: MayAudit, wanted: Paged) -> Response:
    """Return the reports of the caller's organisation, the newest first."""
    held = state_of(request).keeping.reports
    found = held.of(known.organisation, _mark_of(wanted.after), wanted.limit + 1)
    shown = found[: wanted.limit]
    more = mark(wanted, _marked(shown[-1])) if len(found) > len(shown) else None
    return told.listed(shown, more)


@router.get(OF_ONE, response_class=Response, **ABOUT_REPORT)
def report(request: Request, report_id: str, known: MayAudit) -> Response:
    """Return a report that was kept, in any form; a workbook needs the draft."""
    state, wish = state_of(request), wish_of(request.query_params, FORMATS)
    found = _found(state, known, report_id)
    if wish.format == "json":
        return told.report(found.id, found.moment, found.state, kept.shown(found.content))
    return _formatted(state, found, _draft(state, found), FORMATS[wish.format], wish.lang)


@router.post(f"{OF_ONE}/fixes", response_class=Response, **ABOUT_FIXES)
async def fixes(request: Request, report_id: str, known: MayAudit) -> Response:
    """Make the safe changes and audit the result; the draft is the one kept, or the body."""
    state = state_of(request)
    as_draft = wish_of(request.query_params, {"json": "", "draft": ""}).format == "draft"
    found = await to_thread.run_sync(_found, state, known, report_id)
    body = await request.body()
    sent = await draft_of(request) if body else await to_thread.run_sync(_own, state, found)

    async def done(storing: Storing) -> Response:
        result, before = await state.work.do(lambda: _mended(state, found, sent))
        shown, content = keep(result.again.report)
        row = as_kept(result.again.report, new_report_id(), known.organisation, content)
        draft = Draft(sent.media_type, result.written.content)
        if as_draft:
            response = told.draft(row, draft.content, draft.media_type, before.report.name)
        else:
            response = told.fixes(found.id, row, result, before.report, shown, draft.media_type)
        await state.keeping.keep(row, draft, storing(response))
        return response

    return await once(request, known, body, done)


@router.delete(OF_ONE, status_code=204, response_class=Response, **ABOUT_REMOVAL)
def remove(request: Request, report_id: str, known: MayAudit) -> Response:
    """Remove a report, and its draft where it was kept."""
    if not state_of(request).keeping.reports.remove(known.organisation, report_id):
        raise Problem("not_found")
    return Response(status_code=204)


async def _audited(
    state: State, known: Caller, sent: Sent, wish: Wish, storing: Storing
) -> Response:
    small = len(sent.content) <= INLINE and sent.form != "xlsx"
    found = _audit(state, sent, wish) if small else await _aside(state, sent, wish)
    shown, content = keep(found.report)
    row = as_kept(found.report, new_report_id(), known.organisation, content)
    if wish.format == "json":
        response = told.report(row.id, row.moment, row.state, shown)
    else:
        response = await state.work.do(lambda: _rendered(row, found, wish))
    await state.keeping.keep(row, Draft(sent.media_type, sent.content), storing(response))
    return response


def _audit(state: State, sent: Sent, wish: Wish) -> Audited:
    return audited(
        sent.content,
        state.shelf.library,
        sent.name,
        as_of=wish.as_of,
        profile=wish.profile,
        form=sent.form,
    )


async def _aside(state: State, sent: Sent, wish: Wish) -> Audited:
    return await state.work.do(lambda: _audit(state, sent, wish))


def _rendered(row: KeptReport, found: Audited, wish: Wish) -> Response:
    form = FORMATS[wish.format]
    return told.other(row, form, b"".join(pieces(form, [found], wish.lang, single=True)))


def _found(state: State, known: Caller, id: str) -> KeptReport:
    found = state.keeping.reports.find(known.organisation, id)
    if found is None:
        raise Problem("not_found")
    return found


def _draft(state: State, found: KeptReport) -> Draft | None:
    return state.keeping.reports.draft(found.organisation, found.id)


def _own(state: State, found: KeptReport) -> Sent:
    draft = _draft(state, found)
    form = form_named(draft.media_type) if draft else None
    if draft is None or form is None:
        raise Problem("no_draft")
    name = kept.brought_back(found.content, state.shelf.library).name
    return Sent(draft.content, form, name)


def _formatted(
    state: State, found: KeptReport, draft: Draft | None, form: str, lang: Language
) -> Response:
    """A report in another form: with its draft it also shows the lines of the file."""
    library = state.shelf.library
    if draft is None:
        if form == "xlsx":
            raise Problem("no_draft")
        return told.other(found, form, kept.rendered(found.content, library, form, lang))
    back = kept.brought_back(found.content, library)
    reading = _read_again(draft, back.name, state)
    if reading:
        back = back._replace(draft=reading.draft, stood=reading.stood)
    each = [Audited(back, reading)]
    return told.other(found, form, b"".join(pieces(form, each, lang, single=True)))


def _read_again(draft: Draft, name: str, state: State) -> Reading | None:
    try:
        return read(draft.content, state.shelf.library, name, form_named(draft.media_type))
    except Unreadable:
        return None


def _mended(state: State, found: KeptReport, sent: Sent) -> tuple[Mended, Audited]:
    library = state.shelf.library
    back = kept.brought_back(found.content, library)
    before = audited(
        sent.content, library, back.name, as_of=back.day, profile=back.profile, form=sent.form
    )
    if before.reading is None:
        says = Text(
            "草稿无法读取，不能自动修正", "The draft cannot be read, so nothing was changed"
        )
        raise Problem("invalid", says)
    try:
        return mended(before, sent.form, back.name), before
    except Unreadable as fault:
        raise Problem("invalid", fault.says) from None


def _marked(report: KeptReport) -> str:
    return f"{report.moment.isoformat()} {report.id}"


def _mark_of(after: str) -> tuple[datetime, str] | None:
    moment, _, report_id = after.partition(" ")
    return (datetime.fromisoformat(moment), report_id) if moment else None
