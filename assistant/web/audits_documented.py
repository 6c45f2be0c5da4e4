"""How the routes of audits are documented: what they read, what they answer, with examples."""

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from assistant.web.audits_told import FORMATS, MEDIA
from assistant.web.drafts import LANGUAGES, LONGEST_NAME, PROFILES
from assistant.web.idempotency import PARAMETER, PROBLEMS
from assistant.web.schemas import answers, problem_responses
from assistant.work.forms import JSON, XLSX, XML

About = dict[str, Any]
State = Literal["clean", "findings", "incomplete", "unreadable"]
SENDING = ("not_allowed", "too_large", "slow_body", "wrong_type", "invalid")


class BothLanguages(msgspec.Struct, frozen=True):
    """One wording in Chinese and English."""

    zh: str
    en: str


class PlaceShown(msgspec.Struct, frozen=True):
    """A place of the form in every notation there is for it."""

    field: str
    label: BothLanguages
    pointer: str
    """Into the JSON of the draft."""
    xpath: str | None
    cell: str | None
    """`sheet!cell` of a workbook."""


class BasisShown(msgspec.Struct, frozen=True):
    """What a rule leans on."""

    citation: str
    title: str
    url: str


class FixShown(msgspec.Struct, frozen=True):
    """A change that would settle a finding, as an operation of JSON Patch."""

    kind: Literal["safe", "suggested"] = msgspec.field(name="class")
    op: Literal["add", "replace", "remove"]
    path: str
    value: Any


class FindingShown(msgspec.Struct, frozen=True):
    """Something to look at."""

    code: str
    severity: Literal["error", "warning", "info"]
    title: BothLanguages
    message: BothLanguages
    places: tuple[PlaceShown, ...]
    """The place it speaks of, then others that have a part in it."""
    found: str
    expected: str
    basis: tuple[BasisShown, ...]
    fixes: tuple[FixShown, ...]


class DraftShown(msgspec.Struct, frozen=True):
    """By what a draft is known."""

    name: str
    client_seq_no: str | None
    ie_flag: str | None
    trade_mode: str | None
    items: int


class SkippedShown(msgspec.Struct, frozen=True):
    """A rule that could not judge, and why."""

    code: str
    why: str


class BrokenShown(msgspec.Struct, frozen=True):
    """A rule that failed."""

    code: str
    fault: str


class ReportShown(msgspec.Struct, frozen=True):
    """What an audit found; without `complete` it is never clean."""

    draft: DraftShown
    as_of: str
    profile: Literal["default", "strict"]
    complete: bool
    summary: dict[Literal["error", "warning", "info"], int]
    findings: tuple[FindingShown, ...]
    skipped: tuple[SkippedShown, ...]
    broken: tuple[BrokenShown, ...]
    versions: dict[str, str]


class Audit(msgspec.Struct, frozen=True):
    """A report that was kept."""

    id: str
    url: str
    moment: str
    state: State
    report: ReportShown


class AuditListed(msgspec.Struct, frozen=True):
    """A report in a list."""

    id: str
    url: str
    moment: str
    state: State
    as_of: str
    profile: str
    summary: dict[str, int]


class Audits(msgspec.Struct, frozen=True):
    """A page of reports, the newest first."""

    items: tuple[AuditListed, ...]
    next: str | None
    """The cursor of the next page; none where this is the last."""


class ChangedDraft(msgspec.Struct, frozen=True):
    """A draft in its own form."""

    media_type: str
    encoding: Literal["utf-8", "base64"]
    content: str


class ChangeShown(msgspec.Struct, frozen=True):
    """A change that was made."""

    code: str
    field: str
    label: BothLanguages
    before: str
    after: str


class Fixed(msgspec.Struct, frozen=True):
    """A draft with its safe changes made, and the report of the result."""

    id: str
    url: str
    moment: str
    state: State
    of: str
    """The report whose fixes were made."""
    draft: ChangedDraft
    changes: tuple[ChangeShown, ...]
    left_out: tuple[str, ...]
    """Filled fields that the form of the draft has no room for."""
    report: ReportShown


REPORT: Mapping[str, Any] = {
    "draft": {
        "name": "draft.json",
        "client_seq_no": "QH2026111900017",
        "ie_flag": "I",
        "trade_mode": "0110",
        "items": 3,
    },
    "as_of": "2026-11-20",
    "profile": "default",
    "complete": True,
    "summary": {"error": 1, "warning": 0, "info": 0},
    "findings": [
        {
            "code": "CN-W001",
            "severity": "error",
            "title": {"zh": "净重大于毛重", "en": "Net weight above gross weight"},
            "message": {
                "zh": "净重 5200 千克大于毛重 520 千克。核对两项重量。",
                "en": "Net weight 5200 kg is above gross weight 520 kg. Check both weights.",
            },
            "places": [
                {
                    "field": "header.net_weight",
                    "label": {"zh": "净重", "en": "Net weight"},
                    "pointer": "/header/net_weight",
                    "xpath": "/DecMessage/DecHead/NetWt",
                    "cell": "表头!B12",
                }
            ],
            "found": "5200",
            "expected": "",
            "basis": [{"citation": "cn-gacc-2019-18#26", "title": "2019年第18号公告", "url": ""}],
            "fixes": [],
        }
    ],
    "skipped": [],
    "broken": [],
    "versions": {"declarant": "0.1.0", "rules": "215"},
}
ID = "r-5f3c1e0a9b7d4c2e8f6a1b3c5d7e9f01"
_KEPT = {"id": ID, "url": f"/v1/audits/{ID}", "moment": "2026-11-21T08:30:00Z"}
AUDIT: Mapping[str, Any] = {**_KEPT, "state": "findings", "report": REPORT}
LISTED: Mapping[str, Any] = {
    **_KEPT,
    "state": "findings",
    "as_of": "2026-11-20",
    "profile": "default",
    "summary": REPORT["summary"],
}
FIXED: Mapping[str, Any] = {
    **_KEPT,
    "state": "clean",
    "of": "r-0b1c2d3e4f5061728394a5b6c7d8e9f0",
    "draft": {"media_type": JSON, "encoding": "utf-8", "content": '{"header": {"ie_flag": "I"}}'},
    "changes": [
        {
            "code": "CN-F003",
            "field": "header.ie_flag",
            "label": {"zh": "进出口标志", "en": "Import or export"},
            "before": "i",
            "after": "I",
        }
    ],
    "left_out": [],
    "report": {**REPORT, "summary": {"error": 0, "warning": 0, "info": 0}, "findings": []},
}


def parameter(name: str, schema: Mapping[str, Any], about: str) -> dict[str, Any]:
    """Return a parameter of the query, for its documentation."""
    return {
        "name": name,
        "in": "query",
        "required": False,
        "schema": dict(schema),
        "description": about,
    }


def file_schema() -> dict[str, Any]:
    """Return a form with one file, for its documentation."""
    file = {"type": "string", "contentMediaType": "application/octet-stream"}
    return {"type": "object", "properties": {"file": file}, "required": ["file"]}


_BYTES = {"type": "string", "contentMediaType": "application/octet-stream"}
_SCHEMAS: dict[str, dict[str, Any]] = {"xlsx": _BYTES, "sarif": {"type": "object"}}
"""What reports are that are no text."""
DRAFTS: Mapping[str, Any] = {
    JSON: {
        "schema": {"type": "object"},
        "example": {"header": {"ie_flag": "I", "trade_mode": "0110"}},
    },
    XML: {"schema": {"type": "string"}, "example": "<DecMessage/>"},
    XLSX: {"schema": _BYTES},
    "multipart/form-data": {"schema": file_schema()},
}
DAY = parameter(
    "as_of",
    {"type": "string", "format": "date", "pattern": r"^(19[5-9]\d|20\d\d)-"},
    "Day to audit on; by default that of the draft / 审核日",
)
PROFILE = parameter(
    "profile",
    {"type": "string", "enum": list(PROFILES), "default": "default"},
    "strict: rules whose legal text is unread count in full / 严格模式",
)
LANG = parameter(
    "lang", {"type": "string", "enum": list(LANGUAGES), "default": "zh"}, "Language / 语言"
)
FORMAT = parameter(
    "format", {"type": "string", "enum": list(FORMATS), "default": "json"}, "Form / 报告格式"
)
NAME = parameter(
    "name", {"type": "string", "maxLength": LONGEST_NAME}, "What to call the draft / 文件名"
)


def _forms(told: dict[int | str, dict[str, Any]]) -> dict[int | str, dict[str, Any]]:
    """A report in the other forms beside JSON."""
    content = told[200]["content"]
    for form, media in MEDIA.items():
        content[media.partition(";")[0]] = {"schema": _SCHEMAS.get(form, {"type": "string"})}
    return told


ABOUT_AUDIT: About = {
    "operation_id": "audit",
    "summary": "Audit a draft / 审核一份报关单草稿",
    "responses": _forms(answers(Audit, AUDIT, *SENDING, *PROBLEMS)),
    "openapi_extra": {
        "parameters": [DAY, PROFILE, LANG, FORMAT, NAME, PARAMETER],
        "requestBody": {"required": True, "content": dict(DRAFTS)},
        "security": [{"key": []}],
    },
}
ABOUT_REPORTS: About = {
    "operation_id": "audits",
    "summary": "Reports kept, the newest first / 审核报告列表",
    "responses": answers(
        Audits, {"items": [LISTED], "next": "bWFkZS11cA"}, "not_allowed", "invalid"
    ),
}
ABOUT_REPORT: About = {
    "operation_id": "audit_report",
    "summary": "A report that was kept / 一份审核报告",
    "responses": _forms(answers(Audit, AUDIT, "not_allowed", "not_found", "no_draft", "invalid")),
    "openapi_extra": {"parameters": [LANG, FORMAT]},
}
ABOUT_FIXES: About = {
    "operation_id": "fixes",
    "summary": "Make the safe changes / 自动修正",
    "responses": answers(Fixed, FIXED, *SENDING, "not_found", "no_draft", *PROBLEMS),
    "openapi_extra": {
        "parameters": [
            parameter(
                "format",
                {"type": "string", "enum": ["json", "draft"], "default": "json"},
                "draft: the changed draft alone, as a file / 只要修正后的草稿",
            ),
            PARAMETER,
        ],
        "requestBody": {"required": False, "content": dict(DRAFTS)},
    },
}
ABOUT_REMOVAL: About = {
    "operation_id": "remove_audit",
    "summary": "Remove a report / 删除报告",
    "responses": {204: {"description": "Removed"}}
    | problem_responses(
        "no_key", "not_allowed", "not_found", "rate_limited", "unavailable", "fault"
    ),
}
