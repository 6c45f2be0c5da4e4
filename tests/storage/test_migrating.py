"""The tables of a database are brought up to date, once."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, inspect, text

from assistant.storage import migrating, service_tables
from assistant.storage.engine import open_engine
from assistant.storage.migrating import FOLDER, HEAD, migrate, version_of
from knowledge.curation import tables as case_tables
from knowledge.errors import PackError

OURS: list[MetaData] = [service_tables.audit_log.metadata, case_tables.metadata]


def test_the_migrated_tables_are_those_of_the_program(database: Engine) -> None:
    """After the migrations nothing is missing, too much or otherwise than the program has it."""
    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        merged = MetaData()
        for each in OURS:
            for table in each.tables.values():
                table.to_metadata(merged)
        assert compare_metadata(context, merged) == []


def test_the_tables_of_both_floors_have_different_names() -> None:
    """No table is described twice."""
    names = [name for each in OURS for name in each.tables]
    assert len(names) == len(set(names)) == 18


def test_the_program_knows_its_newest_migration() -> None:
    """The version the program works with is that of the last file of migrations."""
    script = ScriptDirectory(str(FOLDER), version_locations=[str(FOLDER / "versions")])
    assert script.get_heads() == [HEAD]


def test_a_second_migration_changes_nothing(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the tables are up to date, Alembic is not asked."""
    monkeypatch.setattr(migrating, "_upgrade", lambda connection: pytest.fail("upgraded again"))
    assert version_of(database) == HEAD
    migrate(database)


def test_a_database_of_a_newer_program_is_refused(database: Engine) -> None:
    """A version this program does not know is named, and nothing is touched."""
    with database.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(PackError, match="newer program"):
        migrate(database)
    assert version_of(database) == "9999"
    assert "turns" in inspect(database).get_table_names()


def test_two_processes_starting_at_once_do_no_harm(url: str) -> None:
    """Processes that open an empty database together each find it whole."""
    program = (
        "import sys\n"
        "from assistant.storage.engine import open_engine\n"
        "from assistant.storage.migrating import migrate, version_of\n"
        "engine = open_engine(sys.argv[1])\n"
        "migrate(engine)\n"
        "print(version_of(engine))\n"
    )
    command = [sys.executable, "-c", program, url]
    started = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)
    ]
    told = [process.communicate(timeout=120) for process in started]
    assert [out.decode().strip() for out, _ in told] == [HEAD] * 3, told
    engine = open_engine(url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar() == 1
    engine.dispose()


def test_a_database_up_to_date_is_opened_without_alembic(tmp_path: Path) -> None:
    """Opening a site anew imports no Alembic: it takes longer than an answer."""
    url = f"sqlite:///{tmp_path / 'site.db'}"
    engine = open_engine(url)
    migrate(engine)
    engine.dispose()
    program = (
        "import sys\n"
        "from assistant.storage.engine import open_engine\n"
        "from assistant.storage.migrating import migrate\n"
        "import assistant.journal\n"
        "migrate(open_engine(sys.argv[1]))\n"
        "print('alembic' in sys.modules, 'psycopg' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, url], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "False"]
