"""`/v1/chat/completions` and `/v1/models`: the desk for programs that speak as OpenAI's clients do."""

import time
from collections.abc import Iterator
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Path
from pydantic import ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from assistant.answer import Answer
from assistant.models.model import tokens_of
from assistant.web.api.ask import LONGEST, MayAsk, answered
from assistant.web.callers import Known
from assistant.web.completing import content_of, question_of
from assistant.web.problems import Problem
from assistant.web.reading import Body, body_of
from assistant.web.schemas import answers, reads
from assistant.web.state import state_of, today
from assistant.web.streaming import event, streamed
from knowledge.text import Text

MODEL = "declarant"
MADE = 1_795_219_200
"""2026-11-21 at midnight UTC, in seconds."""
NO_MODEL = Text(f"只有模型 {MODEL}", f"The only model is {MODEL}")
router = APIRouter(tags=["openai"])


class Part(Body):
    """A piece of a message; those that are no text are passed over."""

    model_config = ConfigDict(extra="allow")

    type: Annotated[str, Field(max_length=40)]
    text: Annotated[str, Field(max_length=LONGEST)] = ""


class Message(Body):
    """A message of a conversation."""

    model_config = ConfigDict(extra="allow")

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Annotated[str, Field(max_length=LONGEST)] | list[Part] | None = None

    @property
    def said(self) -> str:
        """Its text."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.text)
        return self.content or ""


class StreamOptions(Body):
    """What a stream carries beside the answer."""

    model_config = ConfigDict(extra="allow")

    include_usage: bool | None = None


class ChatBody(Body):
    """A conversation to go on with; other fields of the interface are accepted and change nothing."""

    model_config = ConfigDict(extra="allow")

    model: Annotated[str, Field(max_length=100)] = MODEL
    messages: Annotated[list[Message], Field(min_length=1, max_length=400)]
    stream: bool | None = None
    stream_options: StreamOptions | None = None


class Reply(msgspec.Struct, frozen=True):
    """What the assistant says."""

    role: Literal["assistant"]
    content: str
    refusal: str | None = None


class Choice(msgspec.Struct, frozen=True):
    """The one choice there is."""

    index: int
    message: Reply
    finish_reason: Literal["stop"]
    logprobs: None = None


class Usage(msgspec.Struct, frozen=True):
    """About how many tokens a conversation takes, counted by characters."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class ChatCompletion(msgspec.Struct, frozen=True):
    """An answer in the shape of OpenAI's chat completions."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: tuple[Choice, ...]
    usage: Usage
    system_fingerprint: str


class ModelShown(msgspec.Struct, frozen=True):
    """The desk as a model."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str


class ModelList(msgspec.Struct, frozen=True):
    """Every model there is."""

    object: Literal["list"]
    data: tuple[ModelShown, ...]


OURS = ModelShown(MODEL, "model", MADE, "declarant")
EXAMPLE = ChatCompletion(
    "chatcmpl-1f0c5e2ab94d7786c3e1",
    "chat.completion",
    MADE,
    MODEL,
    (
        Choice(
            0, Reply("assistant", "滞报金 250 元。\n\n依据：\n[cn-law-customs#24] 海关法"), "stop"
        ),
    ),
    Usage(12, 18, 30),
    "0.5.0-3f9ac1e07b2d4685",
)
ASKED: dict[str, Any] = {
    "model": MODEL,
    "messages": [{"role": "user", "content": "货值10万元，晚申报5天，滞报金多少？"}],
}


@router.post(
    "/v1/chat/completions",
    operation_id="chat_completions",
    summary="Answer in the shape of OpenAI's chat completions / 兼容 OpenAI 的问答",
    response_class=Response,
    responses=answers(
        ChatCompletion, msgspec.to_builtins(EXAMPLE), "not_allowed", "not_found", "slow_body",
        "too_large", "wrong_type", "invalid", streamed='data: {"object":"chat.completion.chunk"}\n\ndata: [DONE]\n\n',
    ),
    openapi_extra=reads(ChatBody, ASKED),
)  # fmt: skip
async def chat_completions(request: Request, known: MayAsk) -> Response:
    """Answer the last message of the user after those before it; its sources are listed below it."""
    body = await body_of(request, ChatBody)
    if body.model != MODEL:
        raise Problem("not_found", NO_MODEL)
    state = state_of(request)
    said = [(each.role, each.said) for each in body.messages]
    question = await state.work.do(
        lambda: question_of(said, today(), state.settings.policy, state.shelf.library)
    )
    answer = await answered(request, known, "openai", question)
    content = content_of(answer, state.shelf.library)
    whole = _completion(answer, "".join(content), [each for _, each in said], state.stamp)
    if not body.stream:
        return Response(msgspec.json.encode(whole), media_type="application/json")
    usage = bool(body.stream_options and body.stream_options.include_usage)
    return streamed(_chunks(whole, content, usage=usage))


@router.get(
    "/v1/models",
    operation_id="list_models",
    summary="List the models: there is one / 列出模型",
    response_class=Response,
    responses=answers(ModelList, msgspec.to_builtins(ModelList("list", (OURS,)))),
)
async def list_models(known: Known) -> Response:
    """Return the one model there is."""
    return Response(msgspec.json.encode(ModelList("list", (OURS,))), media_type="application/json")


@router.get(
    "/v1/models/{model}",
    operation_id="get_model",
    summary="Tell of a model / 查看模型",
    response_class=Response,
    responses=answers(ModelShown, msgspec.to_builtins(OURS), "not_found", "invalid"),
)
async def get_model(model: Annotated[str, Path(max_length=100)], known: Known) -> Response:
    """Return the model of that name."""
    if model != MODEL:
        raise Problem("not_found", NO_MODEL)
    return Response(msgspec.json.encode(OURS), media_type="application/json")


def _completion(answer: Answer, content: str, said: list[str], stamp: str) -> ChatCompletion:
    read, written = sum(map(tokens_of, said)), tokens_of(content)
    return ChatCompletion(
        id=f"chatcmpl-{answer.trace}",
        object="chat.completion",
        created=int(time.time()),
        model=MODEL,
        choices=(Choice(0, Reply("assistant", content), "stop"),),
        usage=Usage(read, written, read + written),
        system_fingerprint=stamp,
    )


def _chunks(whole: ChatCompletion, content: list[str], *, usage: bool) -> Iterator[bytes]:
    head = {
        "id": whole.id,
        "object": "chat.completion.chunk",
        "created": whole.created,
        "model": whole.model,
        "system_fingerprint": whole.system_fingerprint,
    } | ({"usage": None} if usage else {})

    def piece(delta: dict[str, str], finish: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return event(head | {"choices": [choice]})

    yield piece({"role": "assistant", "content": ""})
    yield from (piece({"content": each}) for each in content)
    yield piece({}, "stop")
    if usage:
        yield event(head | {"choices": [], "usage": whole.usage})
    yield event("[DONE]")
