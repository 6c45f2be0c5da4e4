"""Files of the store: written aside and renamed, one writer at a time."""

import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from knowledge.errors import PackError

LOCK = ".lock"
ASIDE = ".aside-"


def write_json(target: Path, data: Any) -> None:
    """Write a file aside, sync it and rename it: whoever reads sees the old or the new one.

    Raises:
        OSError: it cannot be written; what stood there before still does.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=ASIDE)
    aside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False, separators=(",", ":"))
            file.flush()
            os.fsync(file.fileno())
        aside.chmod(0o644)
        aside.replace(target)
        _sync(target.parent)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def _sync(folder: Path) -> None:
    """Make the new name itself last, where the system lets a folder be synced."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_json(file: Path) -> Any:
    """Read a file of the store.

    Raises:
        PackError: it is missing or was changed by hand.
    """
    try:
        return json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as fault:
        raise PackError(file, f"it cannot be read ({type(fault).__name__})", "Restore it, or import the texts again") from None  # fmt: skip


@contextlib.contextmanager
def sole_writer(folder: Path) -> Iterator[None]:
    """Wait until no other process writes to the folder, and keep others out meanwhile.

    The system lets go of the lock when the process ends, however it ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a+b") as file:
        _lock(file.fileno())
        for left in folder.rglob(f"{ASIDE}*"):  # of a writer that was killed
            left.unlink(missing_ok=True)
        yield


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)
