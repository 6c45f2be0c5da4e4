"""The doctor: names what is wrong, says what to do in both languages, changes nothing, tells no secret."""

import json
import os
import socket
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from pydantic import ValidationError
from sqlalchemy import text

from assistant import doctor
from assistant.checkups import machine
from assistant.doctor import Line, examine, unusable
from assistant.preparing import prepare
from assistant.settings import FILE, IndexSettings, ModelSettings, Settings
from assistant.storage.engine import open_engine
from knowledge.index.generations import serving
from tests.ops.running import program


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return the folder of a site that is well."""
    prepare(Settings(site=tmp_path / "site"))
    return tmp_path / "site"


def lines(settings: Settings, port: int = 1) -> dict[str, Line]:
    """Return what the doctor finds, by name; the gravest where a name comes twice."""
    held: dict[str, Line] = {}
    for line in examine(settings, port=port):
        if line.name not in held or line.state == "fault":
            held[line.name] = line
    return held


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
    return port


def test_a_sound_site_is_well_and_left_as_it_was(site: Path) -> None:
    """Nothing is at fault where nothing is, and no file is made or changed by looking."""
    before = {file: file.stat().st_mtime_ns for file in site.rglob("*") if file.is_file()}
    found = lines(Settings(site=site), _free_port())
    assert {line.state for line in found.values()} <= {"ok", "warn"}, found
    after = {file: file.stat().st_mtime_ns for file in site.rglob("*") if file.is_file()}
    kept = {file for file in after if not file.name.endswith(("-wal", "-shm"))}
    assert {file: before.get(file) for file in kept} == {file: after[file] for file in kept}


def test_a_site_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """A site nobody has started is told so, with what sets it up, and is no fault."""
    found = lines(Settings(site=tmp_path / "none"), _free_port())
    assert not (tmp_path / "none").exists()
    assert {found[name].state for name in ("site", "key", "database", "index")} == {"warn"}
    assert "declarant serve" in found["site"].do.en


def _no_key(site: Path) -> None:
    (site / "journal.key").unlink()


def _cut_key(site: Path) -> None:
    (site / "journal.key").write_bytes(b"abc")


def _no_database(site: Path) -> None:
    for file in site.glob("declarant.db*"):
        file.unlink()


def _no_tables(site: Path) -> None:
    _in_database(site, "DELETE FROM alembic_version")


def _newer_tables(site: Path) -> None:
    _in_database(site, "UPDATE alembic_version SET version_num = '9999'")


def _damaged_database(site: Path) -> None:
    held = sqlite3.connect(site / "declarant.db")
    held.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    held.close()
    file = site / "declarant.db"
    content = bytearray(file.read_bytes())
    content[8_192:] = b"\x5a" * (len(content) - 8_192)
    file.write_bytes(content)


def _no_index(site: Path) -> None:
    (site / "index" / "current").unlink()


def _damaged_index(site: Path) -> None:
    folder = site / "index"
    file = folder / serving(folder).generation / "passages.npz"
    file.write_bytes(file.read_bytes()[:1_000])


def _lost_text(site: Path) -> None:
    (site / "texts").mkdir()
    (site / "texts" / "index.json").write_text('{"wrong": 1}', "utf-8")


def _open_to_others(site: Path) -> None:
    site.chmod(0o755)
    (site / "journal.key").chmod(0o644)


def _of_the_future(site: Path) -> None:
    later = time.time() + 9_000
    os.utime(site / "journal.key", (later, later))


def _in_database(site: Path, statement: str) -> None:
    engine = open_engine(f"sqlite:///{site / 'declarant.db'}")
    with engine.connect() as connection:
        connection.execute(text(statement))
        connection.commit()
    engine.dispose()


@pytest.mark.parametrize(
    ("harm", "name", "state"),
    [
        (_no_key, "key", "fault"),
        (_cut_key, "key", "fault"),
        (_no_database, "database", "warn"),
        (_no_tables, "tables", "warn"),
        (_newer_tables, "tables", "fault"),
        (_damaged_database, None, "fault"),
        (_no_index, "index", "warn"),
        (_damaged_index, "index", "fault"),
        (_lost_text, "texts", "fault"),
        (_open_to_others, "permissions", "warn"),
        (_of_the_future, "clock", "warn"),
    ],
    ids=lambda each: getattr(each, "__name__", each),
)
def test_what_is_wrong_is_found(
    site: Path, harm: Callable[[Path], None], name: str | None, state: str
) -> None:
    """Each harm is named with its gravity and with what to do, in both languages."""
    harm(site)
    found = [line for line in examine(Settings(site=site), port=_free_port()) if line.state != "ok"]
    told = next(line for line in found if name in (None, line.name) and line.state == state)
    assert all(told.says)
    assert all(told.do)


@pytest.mark.parametrize(
    ("settings", "name", "state"),
    [
        ({"database": "postgresql+psycopg://u:hidden@127.0.0.1:1/x"}, "database", "fault"),
        ({"database": "oracle://u:hidden@x/y"}, "database", "fault"),
        ({"index": IndexSettings(embedder="/nowhere/model")}, "embedder", "fault"),
        (
            {"model": ModelSettings(name="openai:m", base_url="http://127.0.0.1:1/v1")},
            "model",
            "warn",
        ),
        ({"model": ModelSettings(name="openai:m")}, "model", "warn"),
    ],
)
def test_what_is_set_and_not_there_is_found(
    site: Path, settings: dict[str, object], name: str, state: str
) -> None:
    """A database, an embedder and a model that are set and cannot be used are told, without secrets."""
    found = lines(Settings(site=site, **settings), _free_port())  # type: ignore[arg-type]
    assert found[name].state == state
    assert all(found[name].do)
    assert "hidden" not in str(found)


def test_another_key_than_that_of_the_database_is_found(site: Path) -> None:
    """A key that is one, but not the one that sealed what is kept, is a fault."""
    asked = program("ask", "滞报金怎么算", "--site", site)
    assert asked.returncode == 0, asked.stderr
    (site / "journal.key").write_bytes(Fernet.generate_key())
    found = lines(Settings(site=site), _free_port())
    assert found["key"].state == "fault"
    assert "backup" in found["key"].do.en


def test_a_port_that_is_taken_is_found(site: Path) -> None:
    """A port that a stranger holds is a fault, a free one is not."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        held.settimeout(5)
        assert lines(Settings(site=site), held.getsockname()[1])["port"].state == "fault"
    assert lines(Settings(site=site), _free_port())["port"].state == "ok"


def test_a_full_disk_is_found(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too little room is a fault, little room a warning."""
    for free, state in ((1_000_000, "fault"), (1_000_000_000, "warn"), (90_000_000_000, "ok")):
        usage = type("Usage", (), {"free": free})
        monkeypatch.setattr("shutil.disk_usage", lambda _, usage=usage: usage)
        assert next(iter(machine.disk(Settings(site=site)))).state == state


def test_a_check_up_that_fails_stops_no_other(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be looked at is a fault by itself; the rest is looked at."""

    def broken(settings: Settings) -> list[Line]:
        raise RuntimeError("secret words")

    monkeypatch.setattr(machine, "CHECKUPS", (broken, machine.clock))
    found = lines(Settings(site=site), _free_port())
    assert found["broken"].state == "fault"
    assert found["clock"].state == "ok"
    assert "secret" not in str(found)


def test_wrong_settings_are_named_without_their_values(tmp_path: Path) -> None:
    """A wrong setting is told by its name; its value may be a secret."""
    (tmp_path / FILE).write_text('[model]\napi_key = 7\n[web]\nsecret_word = "hidden"\n', "utf-8")
    with pytest.raises(ValidationError) as fault:
        Settings.of(tmp_path)
    told = unusable(fault.value)
    assert told.state == "fault"
    assert "web.secret_word" in told.says.en
    assert "hidden" not in str(told)


def test_the_command_tells_by_exit_code_and_in_json(site: Path) -> None:
    """Exit code 0 where nothing is at fault, 1 where something is; JSON has both languages."""
    port = str(_free_port())
    well = program("doctor", "--site", site, "--port", port, "--json")
    held = [json.loads(line) for line in well.stdout.splitlines()]
    assert well.returncode == 0, well.stdout
    assert {"zh", "en"} == held[0]["says"].keys()
    _cut_key(site)
    ill = program("doctor", "--site", site, "--port", port, "--lang", "en")
    assert ill.returncode == 1
    assert "fault  key" in ill.stdout
    (site / FILE).write_text("policy = [", "utf-8")
    wrong = program("doctor", "--site", site, "--port", port)
    assert wrong.returncode == 1
    assert "Traceback" not in wrong.stderr + wrong.stdout
    assert doctor.NOTHING == ("", "")
