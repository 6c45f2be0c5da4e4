"""A database is opened so that nothing committed is lost and nobody waits in vain."""

import stat
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select, text
from sqlalchemy.exc import ArgumentError, StatementError

from assistant.storage.engine import open_engine
from assistant.storage.migrating import migrate
from assistant.storage.sealing import KEY, Seal, Unsealable
from knowledge.curation.tables import case_events
from knowledge.errors import PackError


def test_sqlite_is_opened_to_keep_what_it_was_given(tmp_path: Path) -> None:
    """The log is written ahead and synced at each commit, and what is deleted is overwritten."""
    engine = open_engine(f"sqlite:///{tmp_path / 'new' / 'site.db'}")
    migrate(engine)
    with engine.connect() as connection:
        held = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in (
                "journal_mode",
                "synchronous",
                "secure_delete",
                "foreign_keys",
                "busy_timeout",
            )
        }
    engine.dispose()
    full = 2
    assert held == {
        "journal_mode": "wal",
        "synchronous": full,
        "secure_delete": 1,
        "foreign_keys": 1,
        "busy_timeout": 10_000,
    }


def test_readers_go_on_while_somebody_writes(database: Engine) -> None:
    """A transaction that only reads does not wait for one that writes."""
    reading = database.execution_options(reading=True)
    with database.begin() as writer:
        writer.execute(insert(case_events).values(_event(1)))
        with reading.connect() as reader:
            assert reader.execute(select(case_events)).all() == []


def test_writers_wait_for_each_other(database: Engine) -> None:
    """Many threads that read and then write lose nothing and meet no fault."""

    def work(name: str) -> None:
        for number in range(1, 6):
            with database.begin() as connection:
                connection.execute(select(case_events)).all()
                connection.execute(insert(case_events).values(_event(number, name)))

    threads = [threading.Thread(target=work, args=(f"c-{each}",)) for each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with database.connect() as connection:
        assert len(connection.execute(select(case_events)).all()) == 20


def test_moments_and_words_read_back_alike(database: Engine) -> None:
    """A moment of any zone comes back in UTC, and signs no database keeps are replaced."""
    moment = datetime(2026, 11, 20, 9, 30, tzinfo=timezone(timedelta(hours=8)))
    row = _event(1) | {"moment": moment, "data": {"z": "净\0重\ud800", "a": [1, None]}}
    with database.begin() as connection:
        connection.execute(insert(case_events).values(row))
        held = connection.execute(select(case_events)).mappings().one()
        raw = connection.execute(text("SELECT data FROM case_events")).scalar()
    assert held["moment"] == moment
    assert held["moment"].tzinfo is UTC
    assert held["data"] == {"z": "净\0重?", "a": [1, None]}
    assert raw == '{"a":[1,null],"z":"净\\u0000重?"}'


def test_a_moment_without_a_zone_is_refused(database: Engine) -> None:
    """A bare moment is a mistake of ours, and said to be one."""
    row = _event(1) | {"moment": datetime(2026, 11, 20)}  # noqa: DTZ001
    with pytest.raises(StatementError, match="no time zone"), database.begin() as connection:
        connection.execute(insert(case_events).values(row))


def test_a_fault_does_not_tell_what_was_written(database: Engine) -> None:
    """The message of a database's fault holds no value of the row."""
    row = _event(1) | {"actor": "somebody's words"}
    with pytest.raises(Exception, match="case_events") as fault, database.begin() as connection:  # noqa: PT012
        connection.execute(insert(case_events).values(row))
        connection.execute(insert(case_events).values(row))
    assert "somebody's words" not in str(fault.value)


def test_what_is_no_url_is_refused() -> None:
    """Nonsense is no database."""
    with pytest.raises(ArgumentError):
        open_engine("nonsense")


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    """The key file is made on first use with mode 0600, and used again."""
    made = Seal.of(tmp_path / "site")
    file = tmp_path / "site" / KEY
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert Seal.of(tmp_path / "site").unseal(made.seal("原话".encode())) == "原话".encode()
    assert [each.name for each in (tmp_path / "site").iterdir()] == [KEY]


def test_threads_that_make_the_key_together_have_one(tmp_path: Path) -> None:
    """Whoever is second uses the key of the first."""
    seals: list[Seal] = []
    threads = [threading.Thread(target=lambda: seals.append(Seal.of(tmp_path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    sealed = seals[0].seal(b"x")
    assert [each.unseal(sealed) for each in seals] == [b"x"] * 8


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    """What one site sealed another cannot open, nor anybody a changed one."""
    mine, other = Seal.of(tmp_path / "a"), Seal.of(tmp_path / "b")
    sealed = mine.seal(b"words")
    assert b"words" not in sealed
    with pytest.raises(Unsealable):
        other.unseal(sealed)
    with pytest.raises(Unsealable):
        mine.unseal(sealed[:-4])
    assert mine.hash(b"words") != other.hash(b"words")
    assert mine.hash(b"words") == Seal.of(tmp_path / "a").hash(b"words")


def test_a_file_that_holds_no_key_is_named(tmp_path: Path) -> None:
    """A spoilt key file is a fault with a remedy; a missing one is made only where asked."""
    (tmp_path / KEY).write_text("not a key")
    with pytest.raises(PackError, match="Restore it"):
        Seal.of(tmp_path)
    with pytest.raises(FileNotFoundError):
        Seal.of(tmp_path / "none", make=False)


def _event(number: int, case: str = "c-1") -> dict[str, object]:
    return {
        "case_id": case,
        "number": number,
        "moment": datetime(2026, 11, 20, tzinfo=UTC),
        "organisation": "local",
        "actor": "assistant",
        "kind": "asked",
        "data": {},
    }
