"""The audit log is one chain, however many write, and shows whoever tampers with it."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, func, select, text, update
from sqlalchemy.exc import DBAPIError

from assistant.storage.audit_log import FIRST, Act, AuditLog, hash_of
from assistant.storage.engine import open_engine
from assistant.storage.migrating import migrate
from assistant.storage.service_tables import audit_log
from tests.clock import Clock

HOME = Path(__file__).parents[2]


@pytest.fixture
def log(database: Engine) -> AuditLog:
    """Return a log with five acts."""
    held = AuditLog(database, Clock())
    for number in range(1, 6):
        held.note(
            Act("cli", "甲公司" if number % 2 else "乙公司", f"act {number}", "k-1", {"n": 1})
        )
    return held


def _unguarded(database: Engine) -> None:
    with database.begin() as connection:
        if database.dialect.name == "postgresql":
            connection.execute(text("DROP TRIGGER audit_log_guard ON audit_log"))
            return
        for what in ("UPDATE", "DELETE"):
            connection.execute(text(f"DROP TRIGGER audit_log_{what}"))


def test_a_sound_log_fits(log: AuditLog, database: Engine) -> None:
    """Each row fits; an empty log does, too; the head is the hash of the last row."""
    told = log.verify()
    assert (told.rows, told.broken) == (5, None)
    with database.connect() as connection:
        last = select(audit_log.c.hash).order_by(audit_log.c.number.desc()).limit(1)
        assert told.head == connection.execute(last).scalar()
    log.note(Act("cli", "甲公司", "act 6"))
    assert log.verify(told.head).seen
    assert not log.verify("a" * 64).seen


def test_an_empty_log_fits(database: Engine) -> None:
    """Before anything was done there is nothing to break."""
    told = AuditLog(database).verify()
    assert (told.rows, told.head, told.broken, told.seen) == (0, FIRST, None, True)


@pytest.mark.parametrize(
    "change",
    [
        update(audit_log).where(audit_log.c.number == 3).values(actor="nobody"),
        delete(audit_log).where(audit_log.c.number == 3),
        text("TRUNCATE audit_log"),
    ],
    ids=["changed", "removed", "emptied"],
)
def test_the_database_itself_refuses_changes(
    log: AuditLog, database: Engine, change: object
) -> None:
    """Rows can be neither changed nor removed by the program's own hand."""
    with pytest.raises(DBAPIError), database.begin() as connection:
        connection.execute(change)  # type: ignore[call-overload]
    assert log.verify().rows == 5


FIELDS = {
    "moment": Clock()().replace(year=2025),
    "actor": "user:b",
    "organisation": "丙公司",
    "action": "nothing",
    "subject": "k-2",
    "data": {"n": 2},
    "previous": "e" * 64,
    "hash": "f" * 64,
    "number": 99,
}


@pytest.mark.parametrize("field", FIELDS)
def test_the_first_changed_row_is_named(log: AuditLog, database: Engine, field: str) -> None:
    """Whatever is changed in a row, that row no longer fits, or the one its number leaves."""
    _unguarded(database)
    third = update(audit_log).where(audit_log.c.number == 3)
    with database.begin() as connection:
        connection.execute(third.values({field: FIELDS[field]}))
    told = log.verify()
    assert (told.rows, told.broken) == (2, 4 if field == "number" else 3)
    assert told.why.zh
    assert told.why.en


def test_a_row_hashed_anew_breaks_the_next(log: AuditLog, database: Engine) -> None:
    """Whoever also corrects the hash of a row they changed is told by the row after it."""
    _unguarded(database)
    with database.begin() as connection:
        third = audit_log.c.number == 3
        row = dict(connection.execute(select(audit_log).where(third)).mappings().one())
        row["actor"] = "nobody"
        changed = update(audit_log).where(third)
        connection.execute(changed.values(actor="nobody", hash=hash_of(row)))
    assert log.verify().broken == 4


@pytest.mark.parametrize("number", [1, 2, 5])
def test_a_removed_row_is_missed(log: AuditLog, database: Engine, number: int) -> None:
    """A row missing in the midst is named by the next; one cut off the end by the hash seen before."""
    seen = log.verify().head
    _unguarded(database)
    with database.begin() as connection:
        connection.execute(delete(audit_log).where(audit_log.c.number == number))
    told = log.verify(seen)
    assert told.broken == (number + 1 if number < 5 else None)
    assert not told.seen


def test_acts_are_listed_by_organisation(log: AuditLog) -> None:
    """An organisation sees its own acts, the newest first, a page at a time."""
    first = log.of("甲公司", limit=2)
    assert [each.act.action for each in first] == ["act 5", "act 3"]
    assert [each.act.action for each in log.of("甲公司", first[-1].number)] == ["act 1"]


def test_processes_that_write_together_keep_one_chain(url: str) -> None:
    """Rows of several processes at once stand one after another and all fit."""
    engine = open_engine(url)
    migrate(engine)
    program = (
        "import sys, threading\n"
        "from assistant.storage.audit_log import Act, AuditLog\n"
        "from assistant.storage.engine import open_engine\n"
        "log = AuditLog(open_engine(sys.argv[1]))\n"
        "def work():\n"
        "    for number in range(15):\n"
        "        log.note(Act('cli', 'local', f'act {number}'))\n"
        "threads = [threading.Thread(target=work) for _ in range(2)]\n"
        "[thread.start() for thread in threads]\n"
        "[thread.join() for thread in threads]\n"
    )
    command = [sys.executable, "-c", program, url]
    started = [subprocess.Popen(command, cwd=HOME, stderr=subprocess.PIPE) for _ in range(3)]
    told = [process.communicate(timeout=120) for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], told
    held = AuditLog(engine).verify()
    assert (held.rows, held.broken) == (90, None)
    engine.dispose()


def test_a_thousand_rows_and_more_are_checked(tmp_path: Path) -> None:
    """A log longer than what is read at once is checked to its end."""
    engine = open_engine(f"sqlite:///{tmp_path / 'site.db'}")
    migrate(engine)
    from assistant.storage.audit_log import note

    with engine.begin() as connection:
        for number in range(1_001):
            note(connection, Act("cli", "local", f"act {number}"), Clock()())
    assert AuditLog(engine).verify().rows == 1_001
    engine.dispose()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    actor=st.text(max_size=200),
    subject=st.text(max_size=300),
    data=st.dictionaries(
        st.text(max_size=8),
        st.one_of(st.text(max_size=20), st.integers(-(2**53), 2**53), st.booleans(), st.none()),
        max_size=4,
    ),
)
def test_whatever_is_written_fits_when_read(
    database: Engine, actor: str, subject: str, data: dict[str, object]
) -> None:
    """No sign or number, however odd, makes a row look tampered with."""
    log = AuditLog(database)
    log.note(Act(actor, "local", "act", subject, data))
    assert log.verify().broken is None


def test_rows_and_numbers_agree(log: AuditLog, database: Engine) -> None:
    """Numbers run from one without a gap."""
    with database.connect() as connection:
        many = select(func.min(audit_log.c.number), func.max(audit_log.c.number), func.count())
        assert tuple(connection.execute(many).one()) == (1, 5, 5)
