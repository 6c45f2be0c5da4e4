"""Opens a database: SQLite in a file, or PostgreSQL."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

BUSY_SECONDS = 10
"""How long a writer waits for another one."""
SQLITE = (
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",  # WAL with NORMAL may lose the last turns when the power fails
    "PRAGMA secure_delete = ON",  # what was forgotten is overwritten, and not only let go
)


def open_engine(url: str) -> Engine:
    """Return the engine of a database; nothing is read or written yet.

    A transaction takes the right to write when it begins, so that it never fails half-way for
    another one; `execution_options(reading=True)` leaves that to others.

    Its faults never tell what was written: that may be somebody's words.

    Args:
        url: `sqlite:///file.db` or `postgresql+psycopg://…`.

    Raises:
        OSError: the folder of the file cannot be made.
        sqlalchemy.exc.ArgumentError: this is no such URL.
    """
    known = make_url(url)
    if known.get_backend_name() != "sqlite":
        return create_engine(known, pool_pre_ping=True, hide_parameters=True)
    if known.database:
        Path(known.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(known, hide_parameters=True)
    event.listen(engine, "connect", _prepared)
    event.listen(engine, "begin", _begun)
    return engine


def _prepared(connection: Any, record: Any) -> None:
    """Make a connection to SQLite safe; transactions are begun by us and not by its driver."""
    connection.isolation_level = None
    for pragma in SQLITE:
        connection.execute(pragma).close()


def _begun(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
