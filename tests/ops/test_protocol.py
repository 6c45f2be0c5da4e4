"""Calls read off the wire: heads are bounded in size and time, and doubtful ones are refused."""

import json
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from assistant.web import protocol
from assistant.web.protocol import Careful

CALL = "GET / HTTP/1.1\r\nHost: x\r\n"


async def _echo(scope: Scope, receive: Receive, send: Send) -> None:
    """An app that answers with the length of what it was sent."""
    long, more = 0, True
    while more:
        message = await receive()
        long += len(message.get("body", b""))
        more = message.get("more_body", False)
    said = f"{scope['path']} {long}".encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", str(len(said)).encode())]})  # fmt: skip
    await send({"type": "http.response.body", "body": said})


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Return the port of a server that reads carefully, and is not patient."""
    patience, protocol.HEAD_SECONDS = protocol.HEAD_SECONDS, 1.0
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        config = uvicorn.Config(_echo, http=Careful, ws="none", log_config=None, lifespan="off", timeout_keep_alive=2)  # fmt: skip
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield held.getsockname()[1]
        server.should_exit = True
        thread.join(10)
    protocol.HEAD_SECONDS = patience


def answered(port: int, *pieces: str | bytes, pause: float = 0.0) -> bytes:
    """Return what comes back for bytes sent piece by piece, until the server hangs up or is silent."""
    with socket.create_connection(("127.0.0.1", port), 5) as held:
        try:
            for piece in pieces:
                held.sendall(piece.encode() if isinstance(piece, str) else piece)
                time.sleep(pause)
            return b"".join(iter(lambda: held.recv(65_536), b""))
        except (ConnectionError, TimeoutError):
            return b""


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (f"{CALL}X: {'a' * 40_000}\r\n\r\n", 431),
        (CALL + "".join(f"X{number}: a\r\n" for number in range(150)) + "\r\n", 431),
        (f"GET /{'a' * 40_000} HTTP/1.1\r\nHost: x\r\n\r\n", 431),
        (f"{CALL}Host: y\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\n\r\n", 400),
        (f"POST{CALL[3:]}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400),
        (f"POST{CALL[3:]}Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400),
        (f"POST{CALL[3:]}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        (f"POST{CALL[3:]}Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n", 400),
        (f"POST{CALL[3:]}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", 400),
        (f"POST{CALL[3:]}Transfer-Encoding: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        (f"POST{CALL[3:]}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400),
        (f"POST{CALL[3:]}Content-Length: +3\r\n\r\nabc", 400),
        (f"POST{CALL[3:]}Content-Length: 0x3\r\n\r\nabc", 400),
        (f"POST{CALL[3:]}Content-Length: -1\r\n\r\n", 400),
        (f"POST{CALL[3:]}Content-Length: 99999999999999999999999\r\n\r\n", 400),
        (f"POST{CALL[3:]}Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n", 400),
        (f"{CALL} folded: a\r\n\r\n", 400),
        (f"{CALL}X: a\nY: b\r\n\r\n", 400),
        (f"{CALL}X: a\rY: b\r\n\r\n", 400),
        (f"{CALL}X: a\0b\r\n\r\n", 400),
        ("GET / HTTP/9.9\r\nHost: x\r\n\r\n", 400),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
        ("\x16\x03\x01\x02\x00\x01", 400),
    ],
)
def test_a_doubtful_head_is_refused(port: int, sent: str, status: int) -> None:
    """What is too long, or could be read in two ways, gets a problem and the line is cut."""
    reply = answered(port, sent)
    assert reply.startswith(f"HTTP/1.1 {status} ".encode()), reply[:300]
    assert reply.count(b"HTTP/1.1 ") == 1
    head, _, body = reply.partition(b"\r\n\r\n")
    assert b"connection: close" in head
    told = json.loads(body)
    assert told["status"] == status
    assert " / " in told["detail"]


@pytest.mark.parametrize("pieces", [(), ("GET / HT",), (CALL, "X: a\r\n", "Y: b\r\n", "Z: c\r\n")])
def test_a_slow_head_is_cut(port: int, pieces: tuple[str, ...]) -> None:
    """Who dallies over a head, or sends nothing at all, does not hold a connection."""
    began = time.monotonic()
    reply = answered(port, *pieces, pause=0.5)
    assert time.monotonic() - began < 4
    assert not reply or reply.startswith(b"HTTP/1.1 408 ")


def test_sound_calls_pass_and_follow_each_other(port: int) -> None:
    """Several calls on one connection, chunked and plain, are answered in their order."""
    reply = answered(
        port,
        f"POST /one{CALL[5:]}Content-Length: 3\r\n\r\nabc",
        f"POST /two{CALL[5:]}Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
        f"GET /three{CALL[5:]}Connection: close\r\n\r\n",
        pause=0.3,
    )
    assert [part.partition(b"\r\n\r\n")[2] for part in reply.split(b"HTTP/1.1 200 OK")[1:]] == [
        b"/one 3",
        b"/two 2",
        b"/three 0",
    ]


def test_a_long_body_may_take_longer_than_a_head(port: int) -> None:
    """The patience with heads is no patience with bodies: a body that pauses is not cut by it."""
    head = f"POST /{CALL[5:]}Content-Length: 4\r\nConnection: close\r\n\r\n"
    reply = answered(port, head, "ab", "cd", pause=1.4)
    assert reply.endswith(b"/ 4")


def test_an_idle_connection_is_used_again(port: int) -> None:
    """Between two calls a connection may be idle for longer than a head may take."""
    call = f"GET /{CALL[5:]}\r\n"
    last = f"GET /{CALL[5:]}Connection: close\r\n\r\n"
    assert answered(port, call, last, pause=1.4).count(b"200 OK") == 2
