"""Limits: how long and how slow a body may be, and how often a caller may call."""

import json
import logging
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.web.app import create_app
from assistant.web.limits import MOST, Limits
from tests.web.serving import FIRST, SECOND, Known, served, settings_of

SMALL = 2_000


class Clock:
    """A clock that stands where it is set."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Return the seconds it is set to."""
        return self.now


@pytest.fixture(scope="module")
def narrow(site: Path) -> FastAPI:
    """Return a service with narrow limits."""
    web = {"calls_a_minute": 60, "calls_at_once": 5, "largest_body": SMALL, "slowest_seconds": 0.5}
    return create_app(settings_of(site, **web), Known())


@pytest.fixture(scope="module")
def narrow_address(narrow: FastAPI, site: Path) -> Iterator[str]:
    """Return the address of a service with narrow limits."""
    with served(narrow) as address:
        yield address


def test_a_bucket_empties_and_fills() -> None:
    """So many calls go at once, then one for each second that passed."""
    clock = Clock()
    limits = Limits(60, 3, clock)
    standings = [limits.take("key") for _ in range(4)]
    assert [each and each.allowed for each in standings] == [True, True, True, False]
    last = standings[-1]
    assert last
    assert last.headers == {
        "RateLimit-Limit": "3",
        "RateLimit-Remaining": "0",
        "RateLimit-Reset": "3",
        "Retry-After": "1",
    }
    clock.now = 1.0
    again = [limits.take("key") for _ in range(2)]
    assert [each and each.allowed for each in again] == [True, False]
    assert (other := limits.take("other"))
    assert other.allowed


def test_waiting_as_told_is_enough() -> None:
    """Whoever waits for the seconds told may call again."""
    clock = Clock()
    limits = Limits(7, 1, clock)
    for _ in range(20):
        standing = limits.take("key")
        assert standing
        if not standing.allowed:
            clock.now += standing.wait_seconds
            again = limits.take("key")
            assert again
            assert again.allowed


def test_buckets_do_not_fill_the_memory() -> None:
    """Callers that come and go leave no more buckets than are meant to be held."""
    limits = Limits(60, 3, Clock())
    for number in range(MOST + 100):
        limits.take(str(number))
    assert len(limits._buckets) == MOST


def test_no_limit_tells_none() -> None:
    """Without a limit nothing is counted."""
    assert Limits(0, 3).take("key") is None


def test_a_caller_is_told_to_wait(narrow_address: str) -> None:
    """After a burst a key gets a 429 that says when to come again; another key goes on."""
    with httpx.Client(base_url=narrow_address) as http:
        replies = [http.get("/v1/models", headers=FIRST) for _ in range(8)]
        assert [each.status_code for each in replies].count(429) in (2, 3)
        assert int(replies[0].headers["ratelimit-remaining"]) == 4
        late = next(each for each in replies if each.status_code == 429)
        assert late.json()["code"] == "rate_limited"
        assert int(late.headers["retry-after"]) >= 1
        assert http.get("/v1/models", headers=SECOND).status_code == 200
        assert http.get("/healthz").status_code == 200


def test_trying_keys_is_cut_short(narrow_address: str) -> None:
    """Whoever tries wrong keys is told to wait after a few; nobody with a key suffers of another's."""
    with httpx.Client(base_url=narrow_address) as http:
        tried = [
            http.get("/v1/models", headers={"Authorization": f"Bearer {number}"}).status_code
            for number in range(9)
        ]
        known = http.get("/v1/models", headers={"Authorization": "Bearer audits"}).status_code
    assert tried[0] == 401
    assert tried[-1] == 429
    assert known == 200


def test_a_long_body_is_refused_unread(narrow_address: str) -> None:
    """A body declared too long is refused before a byte of it was sent."""
    host, port = narrow_address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as raw:
        raw.sendall(_head(f"Content-Length: {SMALL + 1}"))
        reply = raw.recv(65_536).decode()
    assert reply.startswith("HTTP/1.1 413")
    assert "too_large" in reply


def test_a_body_that_grows_too_long_is_cut(narrow_address: str) -> None:
    """A body without a declared length is read as far as is allowed and no further."""

    def pieces() -> Iterator[bytes]:
        for _ in range(100):
            yield b" " * 100

    headers = {**SECOND, "Content-Type": "application/json"}
    with httpx.Client(base_url=narrow_address) as http:
        reply = http.post("/v1/ask", content=pieces(), headers=headers)
    assert (reply.status_code, reply.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize("pause", [0.05, 3.0])
def test_a_slow_body_is_cut(narrow_address: str, pause: float) -> None:
    """A body that pauses too long is cut, and so is one that drips on and on."""
    host, port = narrow_address.removeprefix("http://").split(":")
    begun = time.monotonic()
    with socket.create_connection((host, int(port)), timeout=10) as raw:
        raw.sendall(_head("Content-Length: 1000"))
        raw.settimeout(pause)
        reply = b""
        for _ in range(60):
            try:
                raw.sendall(b" ")
                reply = raw.recv(65_536)
            except TimeoutError:
                continue
            except OSError:
                break
            break
    assert reply.startswith(b"HTTP/1.1 408")
    assert b"slow_body" in reply
    assert time.monotonic() - begun < 5


def test_a_long_answer_is_no_slow_body(narrow_address: str) -> None:
    """Only the body is watched: an answer that takes longer than a pause still comes."""
    body = {"question": "滞报金怎么算", "chat": "slow"}
    with httpx.Client(base_url=narrow_address, timeout=30) as http:
        reply = http.post("/v1/ask", json=body, headers={"Authorization": "Bearer asks"})
    assert reply.status_code == 200


def test_drafts_may_be_longer_than_questions(narrow_address: str) -> None:
    """A body for the audits is not refused for its length where a question would be."""
    with httpx.Client(base_url=narrow_address) as http:
        reply = http.post("/v1/audits", content=b" " * (SMALL * 3), headers=SECOND)
    assert reply.status_code != 413


def _head(length: str) -> bytes:
    return (
        "POST /v1/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer asks\r\n"
        f"Content-Type: application/json\r\n{length}\r\n\r\n"
    ).encode()


def test_the_access_log_holds_no_words(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    """A line of the log tells route, status and time, and neither question, key nor person."""
    told: dict[str, Any] = {"question": "张伟13812345678的货怎么报", "chat": "秘密群"}
    with caplog.at_level(logging.INFO, "declarant.access"):
        client.post("/v1/ask", json=told)
        client.get("/v1/search", params={"q": "秘密货物"})
        client.get("/v1/problems/秘密编号")
    lines = [json.loads(each.message) for each in caplog.records if each.name == "declarant.access"]
    assert [each["route"] for each in lines] == ["/v1/ask", "/v1/search", "/v1/problems/{id}"]
    assert [each["status"] for each in lines] == [200, 200, 404]
    assert {each["organisation"] for each in lines} == {"甲公司"}
    written = "".join(each.message for each in caplog.records)
    assert not [word for word in ("秘密", "张伟", "13812345678", "first") if word in written]
