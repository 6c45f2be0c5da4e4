"""Reports as they are told: bytes put together once, whoever asks for them."""

import base64
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import quote

import msgspec
from starlette.responses import Response

from assistant.storage.reports import Draft, KeptReport
from assistant.work.forms import XLSX
from auditors.mending import Mended, change_of
from auditors.render.plain import two
from auditors.report import Report

JSON = "application/json"
FORMATS = {
    "json": "json",
    "text": "text",
    "sarif": "sarif",
    "junit": "junit",
    "html": "html",
    "markdown": "md",
    "xlsx": "xlsx",
}
"""The forms of a report, and what the renderers call them."""
MEDIA = {
    "text": "text/plain; charset=utf-8",
    "sarif": "application/sarif+json",
    "junit": "application/xml",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "xlsx": XLSX,
}
ENDINGS = {"sarif": "sarif", "html": "html", "xlsx": "xlsx"}
"""Forms that are handed over as a file, and never shown as a page of the service."""


def address_of(id: str) -> str:
    """Return where a report is found."""
    return f"/v1/audits/{id}"


def report(id: str, moment: datetime, state: str, shown: bytes) -> Response:
    """Return a report as JSON.

    Args:
        id: that of the report.
        moment: when it was made.
        state: how the audit ended.
        shown: the report itself, as JSON.
    """
    content = _head(id, moment, state) + b',"report":' + shown + b"}"
    return Response(content, 200, {"Location": address_of(id)}, JSON)


def other(kept: KeptReport, form: str, content: bytes) -> Response:
    """Return a report in another form."""
    headers = {"Location": address_of(kept.id), "X-Report-State": kept.state}
    if ending := ENDINGS.get(form):
        headers["Content-Disposition"] = f'attachment; filename="{kept.id}.{ending}"'
    return Response(content, 200, headers, MEDIA[form])


def listed(reports: Iterable[KeptReport], more: str | None) -> Response:
    """Return a page of the list of reports."""
    items = [_listed(each) for each in reports]
    return Response(msgspec.json.encode({"items": items, "next": more}), media_type=JSON)


def fixes(
    of: str, kept: KeptReport, result: Mended, before: Report, shown: bytes, media_type: str
) -> Response:
    """Return a changed draft, what was changed in it, and its report.

    Args:
        of: the id of the report whose fixes were made.
        kept: the report of the changed draft.
        result: the changes.
        before: the report they were made from.
        shown: the new report as JSON.
        media_type: of the draft.
    """
    changes = [change_of(each, before) for each in result.applied]
    told = {
        "of": of,
        "draft": _draft(Draft(media_type, result.written.content)),
        "changes": [
            {
                "code": each.code,
                "field": str(each.where),
                "label": two(each.label),
                "before": each.before,
                "after": each.after,
            }
            for each in changes
        ],
        "left_out": [str(place) for place in result.written.left_out],
    }
    head = _head(kept.id, kept.moment, kept.state)
    content = head + b"," + msgspec.json.encode(told)[1:-1] + b',"report":' + shown + b"}"
    return Response(content, 200, {"Location": address_of(kept.id)}, JSON)


def draft(kept: KeptReport, content: bytes, media_type: str, name: str) -> Response:
    """Return a changed draft alone, as a file."""
    file = quote(name.rpartition("/")[2] or "draft", safe="")
    headers = {
        "Location": address_of(kept.id),
        "X-Report-State": kept.state,
        "Content-Disposition": f"attachment; filename*=UTF-8''{file}",
    }
    return Response(content, 200, headers, media_type)


def _head(id: str, moment: datetime, state: str) -> bytes:
    said = f'{{"id":"{id}","url":"{address_of(id)}","moment":"{_said(moment)}","state":"{state}"'
    return said.encode()


def _said(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z"


def _listed(kept: KeptReport) -> dict[str, object]:
    return {
        "id": kept.id,
        "url": address_of(kept.id),
        "moment": _said(kept.moment),
        "state": kept.state,
        "as_of": kept.day.isoformat(),
        "profile": kept.profile,
        "summary": {"error": kept.errors, "warning": kept.warnings, "info": kept.infos},
    }


def _draft(changed: Draft) -> dict[str, str]:
    """Text as text, a workbook in Base64."""
    if changed.media_type == XLSX:
        content = base64.b64encode(changed.content).decode()
        return {"media_type": XLSX, "encoding": "base64", "content": content}
    text = changed.content.decode()
    return {"media_type": changed.media_type, "encoding": "utf-8", "content": text}
