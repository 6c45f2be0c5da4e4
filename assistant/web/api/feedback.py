"""`/v1/feedback`: whether an answer helped."""

from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from assistant.hearing import Feedback
from assistant.web.api.ask import MayAsk
from assistant.web.problems import Problem
from assistant.web.reading import Body, body_of
from assistant.web.schemas import answers, reads
from assistant.web.state import state_of
from knowledge.text import Text

UNKNOWN = Text("没有这次回答，或不属于本机构", "There is no such answer of your organisation")
router = APIRouter(tags=["ask"])


class FeedbackBody(Body):
    """What somebody thought of an answer."""

    trace: Annotated[str, Field(pattern=r"^[0-9a-f]{20}$", description="`trace` of the answer")]
    helpful: Literal["yes", "no"]
    comment: Annotated[
        str, Field(max_length=2_000, description="What was wrong, for the curators")
    ] = ""


class FeedbackKept(msgspec.Struct, frozen=True):
    """That feedback was kept."""

    trace: str
    helpful: Literal["yes", "no"]
    case: str
    """The case a curator will look at; empty where there is none."""


GIVEN = {"trace": "1f0c5e2ab94d7786c3e1", "helpful": "no", "comment": "税率不对"}
KEPT = {"trace": "1f0c5e2ab94d7786c3e1", "helpful": "no", "case": "c-0a1b2c3d4e"}


@router.post(
    "/v1/feedback",
    operation_id="feedback",
    summary="Tell whether an answer helped / 反馈是否有用",
    response_class=Response,
    responses=answers(
        FeedbackKept, KEPT, "not_allowed", "not_found", "slow_body", "too_large", "wrong_type",
        "invalid",
    ),
    openapi_extra=reads(FeedbackBody, GIVEN),
)  # fmt: skip
async def feedback(request: Request, known: MayAsk) -> Response:
    """Keep whether an answer helped; a later word takes the place of an earlier one.

    A comment on an answer that did not help opens a case for a curator; other comments are not
    kept.
    """
    body, state = await body_of(request, FeedbackBody), state_of(request)
    told = Feedback(body.trace, body.helpful, body.comment)
    kept = await state.work.do(lambda: state.hear(known, told))
    if kept is None:
        raise Problem("not_found", UNKNOWN)
    shown = FeedbackKept(body.trace, body.helpful, kept.case)
    return Response(msgspec.json.encode(shown), media_type="application/json")
