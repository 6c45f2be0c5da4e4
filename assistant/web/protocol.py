"""How calls are read off the wire: heads bounded in size and time, doubtful ones refused.

A call that two programs on its way could take for two different ones never reaches a route.

Source: RFC 9112, sections 3.2 and 6.3.
"""

from asyncio import TimerHandle
from typing import Any

import msgspec
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from assistant.web.problems import KINDS, MEDIA_TYPE, Problem, problem_data
from knowledge.text import Text

LONGEST_HEAD = 32_768
"""Bytes of the request line and all headers."""
MOST_HEADERS = 100
HEAD_SECONDS = 10.0
"""A head comes whole within so many seconds of its first byte, or of the connection."""
UNCLEAR = Text("请求头有歧义或不合规", "The head of the call is malformed or ambiguous")
TOO_LONG = Text("请求头过大", "The head of the call is too long")
SLOW = Text("请求头发送过慢", "The head of the call came too slowly")


class Doubtful(Exception):
    """A head that is not taken."""


class Careful(HttpToolsProtocol):
    """A connection whose heads are bounded and clear."""

    _read = 0
    _between, _in_head = True, False
    _head_timer: TimerHandle | None = None
    _why: tuple[int, str, Text] = (400, "invalid", UNCLEAR)

    def connection_made(self, transport: Any) -> None:
        """Expect the first head soon."""
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Expect nothing more."""
        self._head_is_there()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; between two calls the next head has begun with these bytes."""
        if self._head_timer is None and self._between:
            self._expect_head()
        if self.parser is not None and not self.transport.is_closing():
            super().data_received(data)

    def on_message_begin(self) -> None:
        """Count a head anew."""
        super().on_message_begin()
        self._read = 0
        self._between, self._in_head = False, True

    def on_url(self, url: bytes) -> None:
        """Count the address."""
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count a header."""
        self._count(len(name) + len(value) + 4)
        if len(self.headers) >= MOST_HEADERS:
            self._refuse(431, "too_large", TOO_LONG)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Pass on a head that says one thing only."""
        self._head_is_there()
        names = [name for name, _ in self.headers]
        hosts = names.count(b"host")
        if hosts > 1 or (not hosts and self.parser.get_http_version() == "1.1"):
            self._refuse(400, "invalid", UNCLEAR)
        if names.count(b"content-length") > 1 or names.count(b"transfer-encoding") > 1:
            self._refuse(400, "invalid", UNCLEAR)
        if b"content-length" in names and b"transfer-encoding" in names:
            self._refuse(400, "invalid", UNCLEAR)
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Wait for the next head as long as a connection may be idle."""
        self._between = True
        self._head_is_there()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Do not wait long for the rest of a body that nobody reads."""
        super().on_response_complete()
        if not self._between and not self._in_head and not self.transport.is_closing():
            self._expect_head()

    def send_400_response(self, msg: str) -> None:
        """Tell why a call was refused, and hang up; where another answer is due, only hang up."""
        status, code, says = self._why
        self._head_is_there()
        due = self.cycle is not None and not self.cycle.response_complete
        if due and (self._in_head or self.cycle.response_started):
            self.transport.close()
            return
        said = msgspec.json.encode(_said(status, code, says))
        head = (
            STATUS_LINE[status]
            + f"content-type: {MEDIA_TYPE}\r\ncontent-length: {len(said)}\r\n".encode()
            + b"x-content-type-options: nosniff\r\ncache-control: no-store\r\n"
            + b"connection: close\r\n\r\n"
        )
        self.transport.write(head + said)
        self.transport.close()

    def _count(self, many: int) -> None:
        self._read += many
        if self._read > LONGEST_HEAD:
            self._refuse(431, "too_large", TOO_LONG)

    def _refuse(self, status: int, code: str, says: Text) -> None:
        """Stop reading; the parser tells whoever feeds it, which answers."""
        self._why = (status, code, says)
        raise Doubtful(code)

    def _expect_head(self) -> None:
        self._head_is_there()
        self._head_timer = self.loop.call_later(HEAD_SECONDS, self._too_slow)

    def _head_is_there(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _too_slow(self) -> None:
        if self.transport.is_closing():
            return
        if not self._in_head:
            self.transport.close()
            return
        self._why = (408, "slow_body", SLOW)
        self.send_400_response("")


def _said(status: int, code: str, says: Text) -> dict[str, Any]:
    held = problem_data(Problem(code, says), "")
    return held | {"status": status, "title": f"{KINDS[code].title.zh} / {KINDS[code].title.en}"}
