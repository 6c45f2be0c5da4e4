"""The page to audit on: drafts dropped or pasted, edited where they are wrong, mended, taken home."""

import secrets
from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any, NamedTuple
from urllib.parse import quote

from fastapi import APIRouter, Depends
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from assistant.storage.report_writer import as_kept
from assistant.storage.reports import Draft, new_report_id
from assistant.web.pages.chart import chart_of
from assistant.web.pages.days import day_typed
from assistant.web.pages.declaration import drawn_form, field_id
from assistant.web.pages.drawing import drawn, in_part
from assistant.web.pages.looking import (
    ENDINGS,
    RENDERINGS,
    Looked,
    Wish,
    draft_as,
    fixed,
    look,
    report_as,
)
from assistant.web.pages.telling import PageRoute
from assistant.web.pages.travelling import Sent, packed, unpacked
from assistant.web.pages.visiting import Visiting, Visitor, form_of, known_of, may, text_of
from assistant.web.problems import Problem
from assistant.web.state import state_of
from assistant.work.forms import MEDIA
from auditors.formats.reading import Form
from auditors.notation import label, written
from auditors.place import Place
from auditors.render.kept import keep
from auditors.render.plain import cited
from auditors.report import Found, Report
from auditors.rule import Profile
from knowledge.text import Text

MayAudit = Annotated[Visitor, Depends(may("audit"))]
NOTHING_SENT = Text("请选择文件或粘贴报文", "Choose a file or paste a message")
PASTED = Text("粘贴的报文", "Pasted message")
UNKNOWN_FORM = Text("没有这种格式", "There is no such format")
NO_DRAFT = Text("这份文件读不出报关单，无法另存", "No declaration could be read from this file")
LONGEST_NAME = 200
FORMS: Mapping[str, Form] = {"json": "json", "xml": "xml", "xlsx": "xlsx"}
TYPES = {
    "xlsx": MEDIA["xlsx"],
    "sarif": "application/sarif+json",
    "json": "application/json",
    "html": "application/octet-stream",
    "md": "text/markdown",
    "junit": "application/xml",
    "text": "text/plain; charset=utf-8",
}
"""A report as HTML is taken home, and never shown as a page of this site."""
router = APIRouter(include_in_schema=False, route_class=PageRoute)


class FoundShown(NamedTuple):
    """A finding as it is shown beside the form."""

    number: int
    found: Found
    labels: tuple[Text, ...]
    targets: tuple[str, ...]
    """Where its places are on the page; empty for what is not drawn."""
    fixes: tuple[tuple[str, Text, str], ...]
    basis: tuple[Any, ...]


@router.get("/audit")
async def audit_page(request: Request, who: Visiting) -> Response:
    """Return the page to audit on."""
    return drawn("audit.html", request, who, drafts=[], usual="default")


@router.post("/audit")
async def audit(request: Request, who: MayAudit) -> Response:
    """Audit the drafts of a form: as parts of the page where a script asks, else as a page."""
    form = await form_of(request, _largest(request))
    wish, sent = _wish(form), await _sent(form, who)
    if not sent:
        raise Problem("invalid", NOTHING_SENT)
    drafts = []
    for each in sent:
        held = await state_of(request).work.do(partial(_look, request, each, wish, {}))
        await _keep(request, who, held)
        drafts.append(_room(held, secrets.token_hex(4)))
    if in_part(request):
        return drawn("drafts.html", request, who, drafts=drafts)
    return drawn("audit.html", request, who, drafts=drafts, usual=wish.profile)


@router.post("/audit/again")
async def audit_again(request: Request, who: MayAudit) -> Response:
    """Audit a draft as it was edited in its form."""
    form = await form_of(request, _largest(request))
    held = await state_of(request).work.do(lambda: _of_form(request, form))
    return _drawn(request, who, held, form)


@router.post("/audit/fixes")
async def audit_fixes(request: Request, who: MayAudit) -> Response:
    """Make the safe changes on a draft and audit it again."""
    form, state = await form_of(request, _largest(request)), state_of(request)

    def mend() -> Looked:
        return fixed(_readable(_of_form(request, form)), state.shelf.library)

    return _drawn(request, who, await state.work.do(mend), form)


@router.post("/audit/report")
async def audit_report(request: Request, who: MayAudit) -> Response:
    """Return the report of a draft as a file."""
    form = await form_of(request, _largest(request))
    rendering = text_of(form, "rendering")
    if rendering not in RENDERINGS:
        raise Problem("invalid", UNKNOWN_FORM)

    def made() -> tuple[bytes, Looked]:
        held = _of_form(request, form)
        return report_as(held, rendering, who.lang), held

    content, held = await state_of(request).work.do(made)
    name = f"{_stem(held.sent.name)}-report.{ENDINGS.get(rendering, rendering)}"
    return _file(content, name, TYPES[rendering])


@router.post("/audit/draft")
async def audit_draft(request: Request, who: MayAudit) -> Response:
    """Return a draft as a file, as it was edited or with its safe changes made."""
    form, state = await form_of(request, _largest(request)), state_of(request)
    fix = text_of(form, "fix") == "yes"

    def made() -> tuple[bytes, Form, str]:
        held = _readable(_of_form(request, form))
        assert held.audited.reading
        kind = FORMS.get(text_of(form, "save_as"), held.audited.reading.form)
        return draft_as(held, kind, state.shelf.library, fix=fix), kind, held.sent.name

    content, kind, name = await state.work.do(made)
    ending = "fixed" if fix else "draft"
    return _file(content, f"{_stem(name)}-{ending}.{kind}", MEDIA[kind])


def _drawn(request: Request, who: Visitor, held: Looked, form: FormData) -> Response:
    draft = _room(held, text_of(form, "key", 16) or secrets.token_hex(4))
    if in_part(request):
        return drawn("drafts.html", request, who, drafts=[draft])
    return drawn("audit.html", request, who, drafts=[draft], usual=held.wish.profile)


def _look(request: Request, sent: Sent, wish: Wish, posted: Mapping[str, str]) -> Looked:
    return look(sent, wish, posted.items(), state_of(request).shelf.library)


def _of_form(request: Request, form: FormData) -> Looked:
    """The draft that travelled with a form, with what was typed into it."""
    largest = state_of(request).settings.web.largest_draft
    content = unpacked(text_of(form, "draft"), largest)
    sent = Sent(content, _named(text_of(form, "name")))
    posted = {name: value for name, value in form.items() if isinstance(value, str)}
    return _look(request, sent, _wish(form), posted)


def _readable(held: Looked) -> Looked:
    if held.audited.reading is None:
        raise Problem("invalid", NO_DRAFT)
    return held


async def _keep(request: Request, who: Visitor, held: Looked) -> None:
    """Keep the report, and the draft only where the organisation wants drafts kept."""
    report, reading = held.audited
    row = as_kept(report, new_report_id(), known_of(who).organisation, keep(report)[1])
    draft = Draft(MEDIA[reading.form], held.sent.content) if reading else None
    await state_of(request).keeping.keep(row, draft)


async def _sent(form: FormData, who: Visitor) -> list[Sent]:
    files = [each for each in form.getlist("files") if isinstance(each, UploadFile)]
    sent = [Sent(await each.read(), _named(each.filename or "")) for each in files if each.size]
    if pasted := text_of(form, "pasted").strip():
        sent.append(Sent(pasted.encode("utf-8", "replace"), who.said(PASTED)))
    return sent


def _wish(form: FormData) -> Wish:
    profile: Profile = "strict" if text_of(form, "profile") == "strict" else "default"
    return Wish(day_typed(text_of(form, "as_of")), profile)


def _room(held: Looked, key: str) -> dict[str, Any]:
    report, reading = held.audited
    edited = held.edited.typed if held.edited else ()
    return {
        "key": key,
        "held": held,
        "report": report,
        "packed": packed(held.sent.content),
        "form": drawn_form(report, edited) if reading else None,
        "kind": reading.form if reading else "",
        "findings": [
            _shown(number, each, report) for number, each in enumerate(report.findings, 1)
        ],
        "safe": sum(fix.kind == "safe" for each in report.findings for fix in each.fixes),
        "chart": chart_of(report),
        "edited": len(edited),
        "left_out": [label(each, report.library.fields) for each in held.left_out],
    }


def _shown(number: int, found: Found, report: Report) -> FoundShown:
    fields = report.library.fields
    places = tuple(dict.fromkeys(place for place in found.places if str(place)))
    return FoundShown(
        number=number,
        found=found,
        labels=tuple(label(place, fields) for place in places),
        targets=tuple(field_id(str(place)) if place.field else "" for place in places),
        fixes=tuple(
            (fix.kind, label(fix.where, fields), written(fix.value))
            for fix in found.fixes
            if isinstance(fix.where, Place)
        ),
        basis=tuple(cited(found.rule, report.library)),
    )


def _file(content: bytes, name: str, media_type: str) -> Response:
    plain = name.encode("ascii", "ignore").decode().replace('"', "").strip() or "file"
    told = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(content, headers={"Content-Disposition": told}, media_type=media_type)


def _named(name: str) -> str:
    """A file's own name, without the folders some browsers send and without odd signs."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(each for each in last if each.isprintable())[:LONGEST_NAME]


def _stem(name: str) -> str:
    stem, _, ending = name.rpartition(".")
    return stem if stem and ending.lower() in ("xml", "json", "xlsx", "xlsm") else name or "draft"


def _largest(request: Request) -> int:
    """Characters of a packed draft: base64 is a third longer."""
    return state_of(request).settings.web.largest_draft * 4 // 3 + 1_000
