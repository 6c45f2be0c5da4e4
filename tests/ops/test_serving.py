"""The service as it is started and stopped: by one command, gracefully, never open by mistake."""

import json
import os
import signal
import socket
import time
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.ops.running import Running, program, running

psutil: Any = import_module("psutil")
ASKED = {"question": "滞报金怎么算", "as_of": "2026-11-21"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a site that the first start sets up."""
    return tmp_path_factory.mktemp("served") / "site"


@pytest.fixture(scope="module")
def address(site: Path) -> str:
    """Return the site's folder once a service has set it up and stopped."""
    with running(site) as service:
        reply = httpx.post(f"{service.address}/v1/ask", json=ASKED, timeout=30)
        assert reply.status_code == 200, reply.text
        assert service.stopped() == 0
        assert "broken off" not in service.log
    return service.address


def test_a_fresh_site_sets_itself_up(site: Path, address: str) -> None:
    """The first start makes the folder, its key, tables and index, for its owner alone."""
    assert {"journal.key", "declarant.db", "index"} <= {each.name for each in site.iterdir()}
    assert site.stat().st_mode & 0o077 == 0


def _begun(service: Running) -> socket.socket:
    """A call whose body is half there."""
    parts = urlsplit(service.address)
    held = socket.create_connection((parts.hostname, parts.port or 80), 20)
    body = json.dumps(ASKED).encode()
    head = f"POST /v1/ask HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/json\r\n"
    held.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body[:10])
    time.sleep(0.5)
    return held


@pytest.mark.parametrize("workers", ["1", "2"])
def test_calls_that_have_begun_end_when_it_stops(site: Path, address: str, workers: str) -> None:
    """After SIGTERM nobody new is let in, who was in gets the answer, and the exit code is 0."""
    with running(site, "--workers", workers) as service:
        held = _begun(service)
        service.process.send_signal(signal.SIGTERM)
        time.sleep(1.5)
        held.sendall(json.dumps(ASKED).encode()[10:])
        reply = b"".join(iter(lambda: held.recv(65_536), b""))
        held.close()
        assert reply.startswith(b"HTTP/1.1 200"), reply[:200]
        assert service.process.wait(40) == 0


def _workers(service: Running) -> list[Any]:
    children = psutil.Process(service.process.pid).children()
    alive = [each for each in children if each.status() != psutil.STATUS_ZOMBIE]
    return [each for each in alive if "spawn_main" in " ".join(each.cmdline())]


def _until(done: object, seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while not done() and time.monotonic() < until:  # type: ignore[operator]
        time.sleep(0.1)
    assert done()  # type: ignore[operator]


def test_a_dead_worker_is_replaced_and_none_outlives_its_starter(site: Path, address: str) -> None:
    """The service answers on when a worker is killed; when the starter is, the workers end too."""
    with running(site, "--workers", "2") as service:
        before = {each.pid for each in _workers(service)}
        os.kill(min(before), signal.SIGKILL)
        _until(lambda: len({each.pid for each in _workers(service)} - before) == 1)
        reply = httpx.post(f"{service.address}/v1/ask", json=ASKED, timeout=30)
        assert reply.status_code == 200
        left = _workers(service)
        service.process.kill()
        service.process.wait(10)
        _, alive = psutil.wait_procs(left, timeout=40)
        assert not alive


def test_another_address_is_not_served_without_a_key(site: Path, address: str) -> None:
    """Without a key the service refuses every address but this machine's, and says what to do."""
    done = program("serve", "--site", site, "--host", "0.0.0.0", "--port", "0")
    assert done.returncode == 1
    assert "declarant key create" in done.stderr
    assert "尚未建密钥" in done.stderr


def test_a_port_that_is_taken_is_told(site: Path, address: str) -> None:
    """A port somebody else has is named, with what to do."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        port = str(held.getsockname()[1])
        done = program("serve", "--site", site, "--port", port)
    assert done.returncode == 1
    assert port in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("set", "said"),
    [
        ({"DECLARANT_POLICY": "sloppy"}, "policy"),
        ({"DECLARANT_DATABASE": "nonsense-secret"}, "postgresql+psycopg://"),
        ({"DECLARANT_DATABASE": "postgresql+psycopg://a:hidden-secret@127.0.0.1:1/b"}, "doctor"),
    ],
)
def test_wrong_settings_are_told_without_their_values(
    site: Path, address: str, set: dict[str, str], said: str
) -> None:
    """A setting that cannot be used is named; what it holds may be secret."""
    done = program("serve", "--site", site, "--port", "0", **set)
    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr
