"""A server on this machine that speaks as OpenAI's and Ollama's do, well or badly."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

REWRITING = "不看上文"
"""Stands only in the instructions for wording a question."""


class Reply(NamedTuple):
    """How the server replies."""

    says: str = ""
    does: str = "stream"
    """`stream`, `status 429`, `malformed`, `cut`, `mute`, `stall`, `trickle`, `alive`, `slow`."""
    counts: bool = True
    """Whether it tells the tokens used."""


class Server(ThreadingHTTPServer):
    """Replies as it is told, and remembers what it was sent."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer, self.question = Reply(), Reply()
        self.requests: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.keys: list[str] = []
        self.ends = threading.Event()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that hang up: that is what they are here for."""


@contextmanager
def serving() -> Iterator[Server]:
    """Run a server while the block lasts."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.ends.set()
        server.shutdown()
        server.server_close()
        thread.join(10)


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(body)
        self.server.paths.append(self.path)
        self.server.keys.append(self.headers.get("Authorization", ""))
        asks = REWRITING in json.dumps(body, ensure_ascii=False)
        reply = self.server.question if asks else self.server.answer
        kind, _, detail = reply.does.partition(" ")
        if kind == "mute":
            self.server.ends.wait(30)
            return
        if kind == "status":
            self._refuse(int(detail))
            return
        if self.path == "/api/chat":
            self._ollama(reply)
        else:
            self._openai(reply)

    def _refuse(self, status: int) -> None:
        said = b'{"error": {"message": "key sk-secret-key was refused", "type": "x", "code": "x"}}'
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def _begin(self, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()

    def _openai(self, reply: Reply) -> None:
        self._begin("text/event-stream")
        if reply.does == "malformed":
            self._write('data: {"choices": [{"delta": \n\ndata: [DONE]\n\n')
            return
        for number, piece in enumerate(_pieces(reply.says)):
            if number and not self._goes_on(reply.does):
                return
            self._event({"choices": [{"index": 0, "delta": {"content": piece}}]})
        self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        if reply.counts:
            used = {"prompt_tokens": 70, "completion_tokens": 30, "total_tokens": 100}
            self._event({"choices": [], "usage": used})
        self._write("data: [DONE]\n\n")

    def _goes_on(self, does: str) -> bool:
        """Whether a stream goes on after its first word."""
        if does == "cut":
            return False
        if does == "stall" or (does == "alive" and self.path == "/api/chat"):
            self.server.ends.wait(30)  # Ollama has no way to keep a line open
            return False
        while does == "alive" and not self.server.ends.wait(0.05):
            self._write(": keep-alive\n\n")
        if does == "trickle":
            time.sleep(0.2)
        return does in ("stream", "trickle")

    def _event(self, more: dict[str, Any]) -> None:
        known = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
        self._write(f"data: {json.dumps(known | more)}\n\n")

    def _write(self, text: str) -> None:
        self.wfile.write(text.encode())
        self.wfile.flush()

    def _ollama(self, reply: Reply) -> None:
        self._begin("application/x-ndjson")
        if reply.does == "malformed":
            self._write('{"message": \n')
            return
        known = {"model": "m", "created_at": "2026-11-21T00:00:00Z"}
        for number, piece in enumerate(_pieces(reply.says)):
            if number and not self._goes_on(reply.does):
                return
            said = {"message": {"role": "assistant", "content": piece}, "done": False}
            self._write(json.dumps(known | said) + "\n")
        ending = {"message": {"role": "assistant", "content": ""}, "done": True}
        counted = {"prompt_eval_count": 70, "eval_count": 30, "done_reason": "stop"}
        self._write(json.dumps(known | ending | counted) + "\n")


def _pieces(text: str) -> list[str]:
    """A text as it is streamed, a few characters at a time."""
    return [text[start : start + 9] for start in range(0, len(text), 9)]
