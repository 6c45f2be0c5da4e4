"""What goes wrong in a call, as RFC 9457 problems that say what to do.

Source: RFC 9457, Problem Details for HTTP APIs.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from knowledge.text import Text

MEDIA_TYPE = "application/problem+json"
TYPES = "https://declarant.invalid/problems/"
"""Problem types are names, not pages: nothing is fetched from there."""


class Kind(NamedTuple):
    """A kind of problem: its status, title and what to do about it."""

    status: int
    title: Text
    do: Text


KINDS: Mapping[str, Kind] = {
    "no_key": Kind(
        401,
        Text("没有密钥", "No key"),
        Text("在 Authorization 头写 Bearer 加密钥", "Send Authorization: Bearer and your key"),
    ),
    "unknown_key": Kind(
        401,
        Text("密钥无效", "Unknown key"),
        Text("核对密钥，或请管理员新建", "Check the key, or ask the administrator for one"),
    ),
    "expired_key": Kind(
        401, Text("密钥已过期", "The key has expired"), Text("换用新密钥", "Use a new key")
    ),
    "not_allowed": Kind(
        403,
        Text("密钥无此权限", "The key does not allow this"),
        Text("请管理员加上所需权限", "Ask the administrator for the scope named"),
    ),
    "not_found": Kind(
        404, Text("没有找到", "Not found"), Text("核对编号", "Check the id or the address")
    ),
    "wrong_method": Kind(
        405,
        Text("不支持此方法", "Method not allowed"),
        Text("看 /docs 的用法", "See /docs for the methods"),
    ),
    "in_progress": Kind(
        409,
        Text("同一请求正在处理", "The same request is being handled"),
        Text("稍后用同一 Idempotency-Key 再试", "Try again later with the same Idempotency-Key"),
    ),
    "no_draft": Kind(
        409,
        Text("没有保留报关单草稿", "The draft was not kept"),
        Text("在请求内容中再发一次草稿", "Send the draft again as the body"),
    ),
    "not_finished": Kind(
        409,
        Text("批次尚未审完", "The batch is not finished"),
        Text(
            "按 Retry-After 的秒数后再试，或加 partial=true",
            "Try again after the seconds in Retry-After, or add partial=true",
        ),
    ),
    "no_secret": Kind(
        409,
        Text("还没有签名密钥", "There is no secret to sign with"),
        Text("先 POST /v1/webhooks/secret", "POST /v1/webhooks/secret first"),
    ),
    "too_large": Kind(
        413,
        Text("内容过大", "The body is too large"),
        Text("分拆后再发", "Split it and send again"),
    ),
    "wrong_type": Kind(
        415,
        Text("不支持的内容类型", "Unsupported content type"),
        Text("看 /docs 的内容类型", "See /docs for the content types"),
    ),
    "not_acceptable": Kind(
        406,
        Text("不能以要求的格式回复", "No such form of reply"),
        Text("改 Accept 头", "Change the Accept header"),
    ),
    "invalid": Kind(
        422,
        Text("请求内容不对", "The request is not valid"),
        Text("按 detail 所指修改", "Correct what the detail names"),
    ),
    "key_reused": Kind(
        422,
        Text("Idempotency-Key 已用于别的内容", "The Idempotency-Key was used for another body"),
        Text("换一个新的键", "Use a new key"),
    ),
    "rate_limited": Kind(
        429,
        Text("请求过快", "Too many requests"),
        Text("按 Retry-After 的秒数等待", "Wait for the seconds in Retry-After"),
    ),
    "slow_body": Kind(
        408,
        Text("内容发送过慢", "The body came too slowly"),
        Text("检查网络后重发", "Check the network and send again"),
    ),
    "fault": Kind(
        500,
        Text("服务出错", "The service failed"),
        Text("把请求编号告诉管理员", "Give the request id to the administrator"),
    ),
    "unavailable": Kind(
        503,
        Text("暂时不可用", "Temporarily unavailable"),
        Text("按 Retry-After 的秒数后再试", "Try again after the seconds in Retry-After"),
    ),
}


class Problem(Exception):
    """A call that cannot be answered as asked."""

    def __init__(
        self, code: str, detail: Text | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail
        self.headers = dict(headers or {})


def problem_data(problem: Problem, request_id: str) -> dict[str, Any]:
    """Return what a problem says, as RFC 9457 has it, with both languages and what to do."""
    kind = KINDS[problem.code]
    detail = problem.detail or kind.title
    return {
        "type": f"{TYPES}{problem.code}",
        "title": f"{kind.title.zh} / {kind.title.en}",
        "status": kind.status,
        "detail": f"{detail.zh} / {detail.en}",
        "code": problem.code,
        "title_zh": kind.title.zh,
        "title_en": kind.title.en,
        "do_zh": kind.do.zh,
        "do_en": kind.do.en,
        "request_id": request_id,
    }


def as_response(problem: Problem, request: Request) -> Response:
    """Return a problem as a response."""
    request_id = getattr(request.state, "request_id", "")
    content = msgspec.json.encode(problem_data(problem, request_id))
    status = KINDS[problem.code].status
    headers = dict(problem.headers)
    if status == 401:
        headers.setdefault("WWW-Authenticate", "Bearer")
    return Response(content, status, headers, MEDIA_TYPE)
