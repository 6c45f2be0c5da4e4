"""Answers sent piece by piece, as server-sent events."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import msgspec
from starlette.responses import StreamingResponse

from assistant.answer import Answer

HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""Proxies shall pass on each event as it comes."""


def event(data: Any, name: str = "") -> bytes:
    """Return one event.

    >>> event({"text": "好"}, "sentence").decode().splitlines()
    ['event: sentence', 'data: {"text":"好"}', '']
    """
    line = f"event: {name}\n" if name else ""
    told = data if isinstance(data, str) else msgspec.json.encode(data).decode()
    return f"{line}data: {told}\n\n".encode()


def told_in_events(answer: Answer) -> Iterator[bytes]:
    """Yield the sentences of an answer, and then the whole answer."""
    yield from (event(said, "sentence") for said in answer.sentences)
    yield event(answer, "answer")


def streamed(events: Iterator[bytes]) -> StreamingResponse:
    """Return a response that sends events one by one."""

    async def each() -> AsyncIterator[bytes]:
        for told in events:
            yield told

    return StreamingResponse(each(), headers=HEADERS, media_type="text/event-stream")
