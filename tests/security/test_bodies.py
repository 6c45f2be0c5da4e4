"""Bodies that are too long, too slow or lie about their length, and addresses messages may not go to."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from assistant.settings import Settings, WebSettings
from assistant.web.app import create_app
from tests.security.sites import FAULTY, Site
from tests.web.serving import Known, served


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a service with little patience and small limits."""
    site: Path = tmp_path_factory.mktemp("bodies")
    web = WebSettings(
        calls_a_minute=0, largest_body=10_000, largest_draft=50_000, largest_batch=90_000, slowest_seconds=1.0
    )  # fmt: skip
    with served(create_app(Settings(site=site, web=web), Known())) as found:
        yield found


def sent(address: str, head: str, *pieces: bytes, pause: float = 0.0) -> bytes:
    """Return the reply to a call sent by hand, piece by piece."""
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname, parts.port or 80), 15) as held:
        held.sendall(f"{head}\r\nHost: {parts.netloc}\r\nAuthorization: Bearer first\r\n".encode())
        try:
            for piece in pieces:
                held.sendall(piece)
                time.sleep(pause)
        except ConnectionError:
            pass
        held.settimeout(10)
        try:
            return held.recv(65_536)
        except ConnectionError:
            return b""


@pytest.mark.parametrize(
    ("path", "limit"), [("/v1/ask", 10_000), ("/v1/audits", 50_000), ("/v1/batches", 90_000)]
)
def test_a_body_too_long_is_refused_unread(address: str, path: str, limit: int) -> None:
    """A body longer than it may be is refused by its head alone, and by its bytes where it lies."""
    form = b"x-ndjson" if "batches" in path else b"json"
    plain = b"Content-Type: application/%s\r\n" % form
    told = sent(
        address, f"POST {path} HTTP/1.1", plain, b"Content-Length: %d\r\n\r\n" % (limit + 1)
    )
    assert told.startswith(b"HTTP/1.1 413"), told[:100]
    assert b"too_large" in told
    piece = b"%x\r\n" % 8_192 + b" " * 8_192 + b"\r\n"
    head = plain + b"Transfer-Encoding: chunked\r\n\r\n"
    lied = sent(address, f"POST {path} HTTP/1.1", head, *[piece] * (limit // 8_192 + 3))
    assert lied.startswith(b"HTTP/1.1 413") or lied == b"", lied[:100]


def test_a_slow_body_is_cut(address: str) -> None:
    """A body that stops, or comes drop by drop, does not hold a connection."""
    began = time.monotonic()
    head = b"Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n"
    stopped = sent(address, "POST /v1/ask HTTP/1.1", head, b"{")
    assert stopped.startswith(b"HTTP/1.1 408"), stopped[:100]
    drops = sent(address, "POST /v1/ask HTTP/1.1", head, *[b" "] * 8, pause=0.4)
    assert drops.startswith(b"HTTP/1.1 408") or drops == b"", drops[:100]
    assert time.monotonic() - began < 12


def test_a_draft_nested_without_end_is_told(address: str) -> None:
    """JSON nested thousands deep is an unreadable draft and no fault of ours."""
    body = b"[" * 20_000 + b"]" * 20_000
    head = b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    reply = sent(address, "POST /v1/audits HTTP/1.1", head + body)
    assert reply.split(b" ")[1] in (b"200", b"201", b"422"), reply[:200]
    assert b'"clean"' not in reply


INSIDE = (
    "https://127.0.0.1/x",
    "https://localhost/x",
    "https://[::1]/x",
    "https://0.0.0.0/x",
    "https://10.0.0.1/x",
    "https://192.168.1.1/x",
    "https://172.16.0.1/x",
    "https://169.254.169.254/latest/meta-data",
    "https://[::ffff:127.0.0.1]/x",
    "https://[64:ff9b::7f00:1]/x",
    "https://[fd00::1]/x",
    "https://2130706433/x",
    "https://0x7f000001/x",
    "https://127.1/x",
    "https://metadata.internal/x",
    "http://example.com/x",
    "file:///etc/passwd",
    "gopher://example.com/x",
    "https://user:pass@example.com/x",
    "https://example.com\\@127.0.0.1/x",
    "https://example.com/\r\nX-Evil: 1",
    "https://",
)


@pytest.mark.parametrize("webhook", INSIDE)
def test_no_message_goes_to_a_private_network(attacked: Site, webhook: str) -> None:
    """An address inside, of another kind, or with tricks in it, is refused as that of a webhook."""
    reply = attacked.client.post(
        "/v1/batches",
        params={"webhook": webhook},
        content=FAULTY.replace(b"\n", b"") + b"\n",
        headers=attacked.first | {"Content-Type": "application/x-ndjson"},
    )
    assert reply.status_code == 422, (webhook, reply.status_code, reply.text[:300])
