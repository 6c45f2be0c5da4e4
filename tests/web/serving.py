"""A service to test with: one site, whose callers are known by simple keys."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.access.caller import Caller, Refused, Scope
from assistant.settings import Settings, WebSettings
from assistant.web.app import create_app
from knowledge.text import Text

ALL: tuple[Scope, ...] = ("ask", "audit", "curate", "admin")
KEYS: dict[str, Caller] = {
    "first": Caller("甲公司", "key:first", frozenset(ALL)),
    "second": Caller("乙公司", "key:second", frozenset(ALL)),
    "audits": Caller("甲公司", "key:audits", frozenset(("audit",))),
    "asks": Caller("甲公司", "key:asks", frozenset(("ask",))),
}
FIRST = {"Authorization": "Bearer first"}
SECOND = {"Authorization": "Bearer second"}
NO = Text("", "")


class Known:
    """Recognises those with one of the keys."""

    def recognise(self, authorization: str | None, session: str | None, client_host: str) -> Caller:
        """Return the caller whose key it is."""
        if authorization is None:
            raise Refused("no_key", Text("没有密钥", "No key"), NO)
        key = authorization.removeprefix("Bearer ")
        if key not in KEYS:
            raise Refused("unknown_key", Text("密钥无效", "Unknown key"), NO)
        return KEYS[key]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a fresh site."""
    return tmp_path_factory.mktemp("site")


def settings_of(site: Path, **web: Any) -> Settings:
    """Return settings of a site, without limits unless they are given."""
    return Settings(site=site, web=WebSettings(**{"calls_a_minute": 0, **web}))


@pytest.fixture(scope="session")
def app(site: Path) -> FastAPI:
    """Return a service whose callers have keys."""
    return create_app(settings_of(site), Known())


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    """Return a client of the service with a key that may do everything."""
    with TestClient(app, headers=FIRST, raise_server_exceptions=False) as held:
        yield held


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Return the address of the same service behind a real server."""
    with served(create_app(settings_of(site), Known())) as found:
        yield found


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve an app on a free port of this machine in a thread, and give its address."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        config = uvicorn.Config(app, log_config=None, access_log=False, ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
        thread.start()
        _wait_until(lambda: server.started or not thread.is_alive())
        assert server.started
        try:
            yield f"http://127.0.0.1:{held.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=20)


def _wait_until(done: Any, seconds: float = 90) -> None:
    until = time.monotonic() + seconds
    while not done() and time.monotonic() < until:
        time.sleep(0.02)
