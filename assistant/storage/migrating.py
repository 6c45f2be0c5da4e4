"""Brings the tables of a database up to date, once, however many processes start together.

Alembic is imported only where there is something to do: it takes longer than an answer does.
"""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from knowledge.errors import PackError

HEAD = "0003"
"""The version of the tables this program works with."""
FOLDER = Path(__file__).parent / "migrations"
LOCK_NUMBER = 0x6465636C
"""The advisory lock of PostgreSQL: `decl`."""


def migrate(engine: Engine) -> None:
    """Bring the tables to the version of this program, where they are not.

    Raises:
        OSError: the lock file cannot be written.
        PackError: the database was made by a newer program.
        sqlalchemy.exc.SQLAlchemyError: the database cannot be reached or changed.
    """
    if version_of(engine) == HEAD:
        return
    with _sole(engine):
        if engine.dialect.name == "sqlite":
            _write_ahead(engine)
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK_NUMBER})"))
            _upgrade(connection)


def version_of(engine: Engine) -> str:
    """Return the version of the tables of a database; empty where it has none."""
    reading = engine.execution_options(reading=True)
    with contextlib.suppress(DBAPIError), reading.connect() as connection:
        held = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return str(held or "")
    return ""


def _upgrade(connection: Connection) -> None:
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    script = ScriptDirectory(str(FOLDER), version_locations=[str(FOLDER / "versions")])
    context = EnvironmentContext(
        Config(),
        script,
        fn=lambda revision, _: script._upgrade_revs(HEAD, revision),  # as Alembic's commands do
    )
    context.configure(connection=connection, transactional_ddl=True)
    try:
        context.run_migrations()
    except CommandError as fault:
        file = connection.engine.url.render_as_string(hide_password=True)
        said = f"its tables are of another version than {HEAD} ({fault})"
        raise PackError(file, said, "Install the newer program that made them") from None


@contextlib.contextmanager
def _sole(engine: Engine) -> Iterator[None]:
    """Keep other processes from changing the same file meanwhile."""
    file = engine.url.database
    if engine.dialect.name != "sqlite" or not file:
        yield
        return
    with Path(f"{file}.lock").open("a+b") as lock:
        _lock(lock.fileno())  # the system lets go of it when the process ends, however it ends
        yield


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)


def _write_ahead(engine: Engine) -> None:
    """Let readers go on while somebody writes; the file remembers it."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()
