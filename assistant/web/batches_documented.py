"""How the routes of batches are documented: what they read, what they answer, with examples."""

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from assistant.web.audits_documented import (
    DAY,
    ID,
    NAME,
    PROFILE,
    REPORT,
    SENDING,
    About,
    file_schema,
    parameter,
)
from assistant.web.idempotency import PARAMETER, PROBLEMS
from assistant.web.schemas import answers, problem_responses
from assistant.work.forms import XLSX

NDJSON = "application/x-ndjson"


class WebhookShown(msgspec.Struct, frozen=True):
    """How the call of a webhook stands."""

    state: str
    """waiting, running, delivered or failed."""
    attempts: int
    status: int | None
    """What the receiver answered last."""
    fault: str
    due: str | None
    """When it is tried again."""


class BatchShown(msgspec.Struct, frozen=True):
    """How a batch stands."""

    id: str
    url: str
    state: str
    """waiting or finished."""
    total: int
    done: int
    counts: dict[str, int]
    """Reports by how the audit ended: clean, findings, incomplete, unreadable, removed."""
    made: str
    finished: str | None
    until: str
    """When it is removed."""
    results: str
    webhook: WebhookShown | None


class BatchTaken(msgspec.Struct, frozen=True):
    """A batch that was taken."""

    id: str
    url: str
    state: Literal["waiting"]
    total: int


class BatchList(msgspec.Struct, frozen=True):
    """A page of batches, the newest first."""

    items: tuple[BatchShown, ...]
    next: str | None
    """The cursor of the next page; none where this is the last."""


class Secret(msgspec.Struct, frozen=True):
    """What webhooks are signed with; shown this once."""

    secret: str


BATCH_ID = "bat-019aa5b1c2d3e4f5061728394a5b6c7d"
TAKEN: Mapping[str, Any] = {
    "id": BATCH_ID,
    "url": f"/v1/batches/{BATCH_ID}",
    "state": "waiting",
    "total": 200,
}
BATCH: Mapping[str, Any] = {
    **TAKEN,
    "state": "finished",
    "done": 200,
    "counts": {"clean": 180, "findings": 19, "unreadable": 1},
    "made": "2026-11-21T08:30:00+00:00",
    "finished": "2026-11-21T08:30:04+00:00",
    "until": "2026-12-21T08:30:00+00:00",
    "results": f"/v1/batches/{BATCH_ID}/results",
    "webhook": {
        "state": "waiting",
        "attempts": 1,
        "status": 503,
        "fault": "unavailable",
        "due": "2026-11-21T08:31:04+00:00",
    },
}
_LINE = msgspec.json.encode({"number": 1, "name": "a.json", "id": ID, "report": REPORT}).decode()
_BYTES = {"type": "string", "contentMediaType": "application/octet-stream"}
BUNDLES: Mapping[str, Any] = {
    "application/zip": {"schema": _BYTES},
    NDJSON: {"schema": {"type": "string"}, "example": '{"header": {"ie_flag": "I"}}\n'},
    XLSX: {"schema": _BYTES},
    "multipart/form-data": {"schema": file_schema()},
}
WEBHOOK = parameter(
    "webhook",
    {"type": "string", "format": "uri", "maxLength": 2_000},
    "Called when the batch is finished / 审完后回调的地址",
)
ABOUT_SENDING: About = {
    "operation_id": "send_batch",
    "summary": "Audit many drafts / 批量审核",
    "responses": answers(
        BatchTaken, TAKEN, *SENDING, *PROBLEMS, "no_secret", status=202, about="Taken"
    ),
    "openapi_extra": {
        "parameters": [DAY, PROFILE, NAME, WEBHOOK, PARAMETER],
        "requestBody": {"required": True, "content": dict(BUNDLES)},
    },
}
ABOUT_BATCHES: About = {
    "operation_id": "batches",
    "summary": "Batches, the newest first / 批次列表",
    "responses": answers(
        BatchList, {"items": [BATCH], "next": "bWFkZS11cA"}, "not_allowed", "invalid"
    ),
}
ABOUT_BATCH: About = {
    "operation_id": "batch",
    "summary": "How a batch stands / 批次进度",
    "responses": answers(BatchShown, BATCH, "not_allowed", "not_found"),
}
ABOUT_RESULTS: About = {
    "operation_id": "batch_results",
    "summary": "The reports of a batch, one a line / 批次结果",
    "responses": {
        200: {
            "description": "A report a line, in the order of the drafts",
            "content": {NDJSON: {"schema": {"type": "string"}, "example": f"{_LINE}\n"}},
        }
    }
    | problem_responses(
        "no_key", "not_allowed", "not_found", "not_finished", "invalid", "rate_limited",
        "unavailable", "fault",
    ),
}  # fmt: skip
ABOUT_REMOVAL: About = {
    "operation_id": "remove_batch",
    "summary": "Remove a batch / 删除批次",
    "responses": {204: {"description": "Removed"}}
    | problem_responses(
        "no_key", "not_allowed", "not_found", "rate_limited", "unavailable", "fault"
    ),
}
ABOUT_SECRET: About = {
    "operation_id": "webhook_secret",
    "summary": "Make the secret of webhooks / 生成回调签名密钥",
    "responses": answers(
        Secret,
        {"secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"},
        "not_allowed",
        "not_found",
    ),
}
