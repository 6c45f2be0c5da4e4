"""Somebody who is sent webhooks: a server on this machine that answers as it is told."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class Got(NamedTuple):
    """A message that came."""

    path: str
    headers: dict[str, str]
    body: bytes


class Receiver:
    """Takes messages and answers with the statuses given, the last of them ever after."""

    def __init__(self, *statuses: int) -> None:
        self.got: list[Got] = []
        self.port = 0
        self.drips = threading.Event()
        """Set, it answers a sign at a time and never ends."""
        self.ended = threading.Event()
        self._statuses = list(statuses) or [204]

    def answer(self, got: Got) -> int:
        """Note a message and return what it is answered with."""
        self.got.append(got)
        return self._statuses.pop(0) if len(self._statuses) > 1 else self._statuses[0]


@contextmanager
def receiving(receiver: Receiver, context: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """Let a receiver receive."""

    class Handler(BaseHTTPRequestHandler):
        """Answers for the receiver."""

        def do_POST(self) -> None:
            """Answer a message."""
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = receiver.answer(Got(self.path, dict(self.headers), body))
            while receiver.drips.is_set() and not receiver.ended.wait(0.05):
                self.wfile.write(b"X")
            self.send_response(status)
            self.send_header("Location", f"http://127.0.0.1:{receiver.port}/elsewhere")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        """A server that is silent about callers who hang up."""

        def handle_error(self, request: Any, client_address: Any) -> None:
            """Say nothing."""

    server = Server(("127.0.0.1", 0), Handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.ended.set()
        server.shutdown()
        server.server_close()
