"""A site in one file, and a site from such a file: its folder, keys and database as of one moment.

The index is left out: it is built from the rest. The file holds the key of the site; whoever has it
can read everything.
"""

import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from assistant.settings import Settings
from assistant.storage.engine import open_engine
from assistant.storage.migrating import version_of
from assistant.storage.sealing import KEY
from knowledge.errors import PackError

DATABASE, DUMP = "declarant.db", "database.dump"
LEFT_OUT = frozenset(("index", DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}.lock"))


def back_up(settings: Settings, file: Path) -> None:
    """Write a site to a file that only its owner reads; the service may run meanwhile.

    Raises:
        OSError: the file cannot be written, or the site cannot be read.
        PackError: there is no such site, or its database cannot be read.
    """
    if not (settings.site / KEY).exists():
        raise PackError(settings.site, "there is no site with a key", "Name the site: --site DIR")
    with tempfile.TemporaryDirectory(dir=file.absolute().parent, prefix=".backup-") as name:
        aside = Path(name)
        dump = _dumped(settings, aside)
        whole = aside / "whole"
        with tarfile.open(whole, "x:gz") as archive:
            archive.add(dump, dump.name)
            for each in _kept(settings.site):
                archive.add(each, str(each.relative_to(settings.site)), recursive=False)
        with whole.open("rb") as written:
            os.fsync(written.fileno())
        whole.chmod(0o600)
        whole.replace(file)


def restore(settings: Settings, file: Path) -> None:
    """Make a site from a file; there may be none yet, and its database has to be empty.

    Raises:
        OSError: the site cannot be written.
        PackError: there is one already, or the file cannot be used.
    """
    site = settings.site.absolute()
    if site.exists() and any(site.iterdir()):
        raise PackError(site, "it is not empty", "Give another --site, or move it away")
    site.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=site.parent, prefix=".restore-") as name:
        fresh = Path(name) / "site"
        fresh.mkdir(mode=0o700)
        _unpacked(file, fresh)
        _filled(settings, fresh, file)
        if site.exists():
            site.rmdir()
        fresh.rename(site)


def _kept(site: Path) -> Iterator[Path]:
    """Everything of a site but what is built, what belongs to the database, and what is half-written."""
    for each in sorted(site.rglob("*")):
        inside = each.relative_to(site).parts
        hidden = any(part.startswith(".") for part in inside)
        if inside[0] not in LEFT_OUT and not hidden and not each.is_symlink():
            yield each


def _dumped(settings: Settings, aside: Path) -> Path:
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        return _copied(Path(url.database or ""), aside / DATABASE)
    dump = aside / DUMP
    _run("pg_dump", url, aside, "--format=custom", f"--file={dump}")
    return dump


def _copied(file: Path, target: Path) -> Path:
    """A copy as of one moment, whatever is written meanwhile."""
    if not file.exists():
        raise PackError(file, "there is no database", "Start the service once: declarant serve")
    try:
        with closing(sqlite3.connect(file)) as held, closing(sqlite3.connect(target)) as copy:
            held.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as fault:
        raise PackError(file, f"it cannot be read ({fault})", "Look: declarant doctor") from None
    return target


def _unpacked(file: Path, folder: Path) -> None:
    try:
        with tarfile.open(file, "r:gz") as archive:
            archive.extractall(folder, filter="data")
    except (tarfile.TarError, EOFError, ValueError, OSError) as fault:
        raise PackError(file, f"it cannot be unpacked ({fault})", "Take another backup") from None
    if not (folder / KEY).exists():
        raise PackError(file, f"there is no {KEY} in it", "Take a file of `declarant backup`")


def _filled(settings: Settings, fresh: Path, file: Path) -> None:
    """Bring the database where it belongs."""
    url = make_url(settings.database_url)
    dump, copy = fresh / DUMP, fresh / DATABASE
    if url.get_backend_name() == "sqlite":
        if not copy.exists():
            raise PackError(file, "it is of a PostgreSQL database", "Set DECLARANT_DATABASE")
        if settings.database and url.database:
            if Path(url.database).exists():
                raise PackError(url.database, "there is a database already", "Move it away")
            shutil.move(copy, url.database)
        return
    if not dump.exists():
        raise PackError(file, "it is of a SQLite database", "Leave DECLARANT_DATABASE unset")
    engine = open_engine(settings.database_url)
    held = version_of(engine)
    engine.dispose()
    if held:
        raise PackError(str(url), "the database is not empty", "Make an empty one: createdb")
    _run("pg_restore", url, fresh.parent, "--no-owner", "--single-transaction", "--exit-on-error", str(dump))  # fmt: skip
    dump.unlink()


def _run(program: str, url: URL, aside: Path, *arguments: str) -> None:
    """Run a program of PostgreSQL; the password goes by a file, which other users cannot list."""
    found = shutil.which(program)
    if found is None:
        raise PackError(program, "it is not installed", "Install the client of PostgreSQL")
    known = url.set(drivername="postgresql")
    if url.password:
        secret = aside / "pass"
        secret.touch(mode=0o600)
        word = str(url.password).replace("\\", "\\\\").replace(":", "\\:")
        secret.write_text(f"*:*:*:*:{word}\n")
        known = known._replace(password=None).update_query_dict({"passfile": str(secret)})
    to = f"--dbname={known.render_as_string(hide_password=False)}"
    done = subprocess.run([found, to, *arguments], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        said = done.stderr.strip().rpartition("\n")[2]
        raise PackError(program, f"it failed ({said})", "Look: declarant doctor")
