"""Callers of the service: connections that are kept alive and send the next call at once.

`python -m benchmarks.service_client TASK RESULT` reads what to do from one file and writes another.
"""

import asyncio
import sys
import time
from functools import partial
from pathlib import Path
from typing import cast

import msgspec
import uvloop


class Task(msgspec.Struct, frozen=True):
    """What to send, and for how long."""

    port: int
    path: str
    key: str
    bodies: tuple[bytes, ...]
    """Sent one after the other, over and over."""
    connections: int
    seconds: float
    content_type: str = "application/json"


class Outcome(msgspec.Struct, frozen=True):
    """What came back."""

    calls: int
    errors: int
    seconds: float
    waits: tuple[float, ...]
    """Seconds of each call."""


class Line(asyncio.Protocol):
    """One connection: a call, its answer, the next call."""

    def __init__(self, calls: list[bytes], until: float) -> None:
        self.waits: list[float] = []
        self.errors = 0
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._calls = calls
        self._at = 0
        self._until = until
        self._began = 0.0
        self._left = -1
        self._read = b""
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first call."""
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is one in all but name
        self._send()

    def data_received(self, data: bytes) -> None:
        """Read on; at the end of an answer send the next call."""
        if self._left < 0:
            self._read += data
            head, blank, rest = self._read.partition(b"\r\n\r\n")
            if not blank:
                return
            self._read = b""
            self.errors += not head.startswith(b"HTTP/1.1 200")
            self._left = int(head.lower().partition(b"content-length:")[2].split(None, 1)[0])
            data = rest
        self._left -= len(data)
        if self._left <= 0:
            self.waits.append(time.perf_counter() - self._began)
            self._left = -1
            self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        """Count an answer that never came."""
        if not self.ended.done():
            self.errors += 1
            self.ended.set_result(None)

    def _next(self) -> None:
        if time.perf_counter() < self._until:
            self._send()
        elif not self.ended.done():
            self.ended.set_result(None)
            self._transport.close()

    def _send(self) -> None:
        self._began = time.perf_counter()
        self._transport.write(self._calls[self._at])
        self._at = (self._at + 1) % len(self._calls)


async def call(task: Task) -> Outcome:
    """Send calls on every connection until the time is over."""
    loop = asyncio.get_running_loop()
    calls = [_bytes(task, body) for body in task.bodies]
    began = time.perf_counter()
    until = began + task.seconds
    lines: list[Line] = []
    for number in range(task.connections):
        turned = calls[number % len(calls) :] + calls[: number % len(calls)]
        made = partial(Line, turned, until)
        _, line = await loop.create_connection(made, "127.0.0.1", task.port)
        lines.append(line)
    await asyncio.gather(*(line.ended for line in lines))
    waits = tuple(wait for line in lines for wait in line.waits)
    errors = sum(line.errors for line in lines)
    return Outcome(len(waits), errors, time.perf_counter() - began, waits)


def _bytes(task: Task, body: bytes) -> bytes:
    head = (
        f"POST {task.path} HTTP/1.1\r\nHost: 127.0.0.1:{task.port}\r\n"
        f"Authorization: Bearer {task.key}\r\nContent-Type: {task.content_type}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


if __name__ == "__main__":
    given, result = map(Path, sys.argv[1:])
    done = uvloop.run(call(msgspec.json.decode(given.read_bytes(), type=Task)))
    result.write_bytes(msgspec.json.encode(done))
