"""`/v1/ask`: a question answered with its citations."""

from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from assistant.access.caller import Caller
from assistant.answer import Answer
from assistant.turn import Question
from assistant.web.callers import needs
from assistant.web.reading import Body, Day, body_of, form_wanted
from assistant.web.schemas import answers, reads
from assistant.web.state import Channel, chat_of, state_of, today
from assistant.web.streaming import event, streamed, told_in_events

LONGEST = 200_000
"""Characters of a question; a draft may be pasted into it."""
MayAsk = Annotated[Caller, Depends(needs("ask"))]
router = APIRouter(tags=["ask"])


class AskBody(Body):
    """A question."""

    question: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    as_of: Annotated[Day | None, Field(description="The day asked about; by default today")] = None
    lang: Annotated[
        Literal["zh", "en"] | None, Field(description="By default that of the question")
    ] = None
    policy: Annotated[
        Literal["strict", "normal", "lenient"] | None,
        Field(description="How sure an answer must be; by default as the site has it"),
    ] = None
    chat: Annotated[
        str,
        Field(max_length=200, description="Id of a conversation, so that it goes on; your own"),
    ] = ""


EXAMPLE: dict[str, Any] = {
    "id": "1f0c5e2ab94d7786c3e1",
    "status": "answer",
    "kind": "question",
    "lang": "zh",
    "as_of": "2026-11-21",
    "text": "《海关法》第24条：如实申报；进口自运输工具申报进境起14日内",
    "sentences": [
        {
            "text": "《海关法》第24条：如实申报；进口自运输工具申报进境起14日内",
            "cites": ["cn-law-customs#24"],
        }
    ],
    "citations": [
        {
            "citation": "cn-law-customs#24",
            "title": "中华人民共和国海关法",
            "place": "24",
            "since": "2021-04-29",
            "until": None,
            "quote": "如实申报；进口自运输工具申报进境起14日内",
            "url": "",
            "status": "verified",
        }
    ],
    "confidence": 0.97,
    "policy": "normal",
    "suggestions": [],
    "tool": {"name": "law_article"},
    "trace": "1f0c5e2ab94d7786c3e1",
    "narration": "",
    "case": "",
}
STREAMED = (event(EXAMPLE["sentences"][0], "sentence") + event(EXAMPLE, "answer")).decode()


@router.post(
    "/v1/ask",
    operation_id="ask",
    summary="Answer a question / 回答一个问题",
    response_class=Response,
    responses=answers(
        Answer, EXAMPLE, "not_allowed", "not_acceptable", "slow_body", "too_large", "wrong_type",
        "invalid", streamed=STREAMED,
    ),
    openapi_extra=reads(AskBody, {"question": "海关法第24条", "as_of": "2026-11-21"}),
)  # fmt: skip
async def ask(request: Request, known: MayAsk) -> Response:
    """Answer with citations; a pasted draft is audited.

    With `Accept: text/event-stream` each sentence comes as an event `sentence`, then the whole
    answer as an event `answer`.
    """
    form = form_wanted(request)
    body = await body_of(request, AskBody)
    question = Question(
        body.question,
        body.as_of or today(),
        body.lang,
        chat=chat_of(known, body.chat),
        policy=body.policy or state_of(request).settings.policy,
    )
    answer = await answered(request, known, "api", question)
    if form == "text/event-stream":
        return streamed(told_in_events(answer))
    return Response(msgspec.json.encode(answer), media_type=form)


async def answered(request: Request, known: Caller, channel: Channel, question: Question) -> Answer:
    """Return the answer of the desk of a caller's organisation.

    Raises:
        Problem: too many questions are waiting.
    """
    state = state_of(request)
    answer = await state.work.do(lambda: state.desk(known, channel).ask(question))
    state.metrics.answered(channel, answer.status)
    return answer
