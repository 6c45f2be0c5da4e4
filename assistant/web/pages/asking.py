"""The page to ask on: questions answered sentence by sentence, citations opened, answers rated."""

import secrets
from collections.abc import AsyncIterator
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from assistant.answer import Answer
from assistant.hearing import Feedback, Helpful
from assistant.turn import Policy, Question
from assistant.web.api.ask import LONGEST, answered
from assistant.web.pages.cited import opened
from assistant.web.pages.days import day_typed
from assistant.web.pages.drawing import drawn, in_part, written
from assistant.web.pages.telling import PageRoute
from assistant.web.pages.visiting import (
    Visiting,
    Visitor,
    form_of,
    known_of,
    may,
    text_of,
)
from assistant.web.problems import Problem
from assistant.web.reading import Day
from assistant.web.state import chat_of, state_of, today
from assistant.web.streaming import HEADERS, event
from knowledge.text import Text

MayAsk = Annotated[Visitor, Depends(may("ask"))]
NOTHING_ASKED = Text("请先写下问题", "Write a question first")
FORGOTTEN = Text("没有这次回答，可能未保留记录", "There is no record of this answer")
NOWHERE = Text("没有这条出处", "There is no such source")
STARTERS = (
    Text("进口货物晚申报 5 天，货值 10 万元，滞报金多少？", "Goods worth 100000 CNY were declared 5 days late. What is the late fee?"),
    Text("净重不足一千克怎么填？", "How do I fill in a net weight below one kilogram?"),
    Text("海关法第24条说什么？", "What does article 24 of the Customs Law say?"),
    Text("监管方式 0110 和 0615 有什么区别？", "What is trade mode 0615?"),
)  # fmt: skip
"""Questions to begin with."""
router = APIRouter(include_in_schema=False, route_class=PageRoute)


@router.get("/")
async def ask_page(
    request: Request, who: Visiting, q: Annotated[str, Query(max_length=2_000)] = ""
) -> Response:
    """Return the page to ask on, perhaps with a question typed already."""
    return drawn("ask.html", request, who, **_room(request, _new_chat(), q=q))


@router.post("/ask")
async def ask(request: Request, who: MayAsk) -> Response:
    """Answer a question: in events where a script asks, as a page otherwise."""
    form = await form_of(request, 4 * LONGEST)
    chat = text_of(form, "chat", 64) or _new_chat()
    question = _question(request, who, form, chat)
    if "text/event-stream" in request.headers.get("accept", ""):
        stream = _told(request, who, question)
        return StreamingResponse(stream, headers=HEADERS, media_type="text/event-stream")
    answer = await answered(request, known_of(who), "web", question)
    room = _room(request, chat, day=question.day, policy=question.policy)
    return drawn("ask.html", request, who, **{**room, "asked": question.text, **_said(answer)})


@router.post("/feedback")
async def feedback(request: Request, who: MayAsk) -> Response:
    """Keep whether an answer helped."""
    form = await form_of(request)
    trace, helpful = text_of(form, "trace", 40), _helpful(text_of(form, "helpful"))
    comment, state = text_of(form, "comment", 2_000), state_of(request)
    kept = await state.work.do(lambda: state.hear(known_of(who), Feedback(trace, helpful, comment)))
    if kept is None:
        raise Problem("not_found", FORGOTTEN)
    template = "feedback.html" if in_part(request) else "thanks.html"
    room: dict[str, Any] = {
        "trace": trace,
        "helpful": helpful,
        "case": kept.case,
        "told": bool(comment.strip()),
    }
    return drawn(template, request, who, **room)


@router.get("/citation")
async def citation(
    request: Request,
    who: Visiting,
    id: Annotated[str, Query(max_length=200)],
    as_of: Day | None = None,
    q: Annotated[str, Query(max_length=500)] = "",
) -> Response:
    """Return what a citation leads to, with the words of the question marked."""
    state = state_of(request)
    held = await state.work.do(lambda: opened(id, as_of or today(), q, state.shelf))
    if held is None:
        raise Problem("not_found", NOWHERE)
    template = "citation.html" if in_part(request) else "cited.html"
    return drawn(template, request, who, cited=held, q=q)


async def _told(request: Request, who: Visitor, question: Question) -> AsyncIterator[bytes]:
    """The answer in events, each a piece of the page."""
    yield event("", "begun")
    try:
        answer = await answered(request, known_of(who), "web", question)
    except Problem as problem:
        detail = problem.detail or Text("暂时不能回答，请稍后再试", "Try again in a moment")
        yield event({"html": written("note.html", request, who, says=detail)}, "fault")
        return
    room = _said(answer)
    for each in room["shown"]:
        said = written("sentence.html", request, who, stated=each, **room)
        yield event({"html": said}, "sentence")
    yield event({"html": written("foot.html", request, who, **room)}, "answer")


def _question(request: Request, who: Visitor, form: FormData, chat: str) -> Question:
    said = (text_of(form, "say") or text_of(form, "question"))[:LONGEST].strip()
    if not said:
        raise Problem("invalid", NOTHING_ASKED)
    return Question(
        said,
        day_typed(text_of(form, "as_of")) or today(),
        chat=chat_of(known_of(who), f"web-{chat}"),
        policy=_policy(text_of(form, "policy"), state_of(request).settings.policy),
    )


def _said(answer: Answer) -> dict[str, Any]:
    """An answer parted as it is shown: what goes out at once, and the rest."""
    shown = tuple(each for each in answer.sentences if each.text in answer.text)
    shown = shown or answer.sentences[:1]
    rest = tuple(each for each in answer.sentences if each not in shown)
    numbers = {each.citation: number for number, each in enumerate(answer.citations, 1)}
    return {"answer": answer, "shown": shown, "rest": rest, "numbers": numbers}


def _room(
    request: Request,
    chat: str,
    *,
    q: str = "",
    day: date | None = None,
    policy: Policy | None = None,
) -> dict[str, Any]:
    return {
        "q": q,
        "chat": chat,
        "day": day or today(),
        "policy": policy or state_of(request).settings.policy,
        "starters": STARTERS,
        "asked": "",
        "answer": None,
        "trace": "",
    }


def _new_chat() -> str:
    return secrets.token_urlsafe(12)


def _helpful(said: str) -> Helpful:
    return "yes" if said == "yes" else "no"


def _policy(said: str, usual: Policy) -> Policy:
    known: tuple[Policy, ...] = ("strict", "normal", "lenient")
    return next((each for each in known if each == said), usual)
