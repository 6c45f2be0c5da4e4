"""Generations of an index in one folder: built aside, switched at once, swept when forgotten.

A generation is a folder of its own; the small file `current` names the one that serves. Whoever has an
older one open goes on reading it: it is swept only an hour after it stopped serving.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from knowledge.errors import PackError

CURRENT, PREFIX, ASIDE = "current", "g-", ".current-"
FORGOTTEN_SECONDS = 3_600
"""A generation that does not serve and was not touched for so long is left over."""
REMEDY = "Build it: declarant knowledge build / 请重建：declarant knowledge build"


class Pointer(msgspec.Struct, frozen=True):
    """Which generation serves, and the stamp of what it was made from."""

    generation: str
    stamp: str


def serving(folder: Path) -> Pointer:
    """Return what serves in a folder.

    Raises:
        PackError: nothing does, or the pointer is damaged.
    """
    file = folder / CURRENT
    try:
        pointer = msgspec.json.decode(file.read_bytes(), type=Pointer)
    except FileNotFoundError:
        raise PackError(file, "there is no index", REMEDY) from None
    except (OSError, ValueError, msgspec.MsgspecError) as fault:
        raise PackError(file, f"the pointer cannot be read: {fault}", REMEDY) from None
    if (
        not pointer.generation.startswith(PREFIX)
        or Path(pointer.generation).name != pointer.generation
    ):
        raise PackError(file, f"it names no generation: {pointer.generation!r}", REMEDY)
    return pointer


@contextmanager
def aside(folder: Path) -> Iterator[Path]:
    """Give a new folder to build a generation in; it is removed where building fails.

    Raises:
        OSError: it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    made = Path(tempfile.mkdtemp(dir=folder, prefix=PREFIX))
    made.chmod(0o755)
    try:
        yield made
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def switch(folder: Path, pointer: Pointer) -> None:
    """Let a generation serve from now on, at once or not at all.

    Raises:
        OSError: it cannot be written; what served still does.
    """
    before = folder / CURRENT
    handle, name = tempfile.mkstemp(dir=folder, prefix=ASIDE)
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.encode(pointer))
            file.flush()
            os.fsync(file.fileno())
        written.chmod(0o644)
        _touch_served(folder)
        written.replace(before)
    except BaseException:
        written.unlink(missing_ok=True)
        raise


def touch(generation: Path) -> None:
    """Mark a generation as still being written."""
    os.utime(generation)


def _touch_served(folder: Path) -> None:
    """From now on counts the time until what served is swept."""
    try:
        touch(folder / serving(folder).generation)
    except (PackError, OSError):
        return


def _sweep(folder: Path) -> None:
    """Remove what serves no more, and what dead processes left half-written."""
    try:
        serves = serving(folder).generation
    except PackError:
        serves = ""
    for left in (*folder.glob(f"{PREFIX}*"), *folder.glob(f"{ASIDE}*")):
        try:
            old = time.time() - left.stat().st_mtime > FORGOTTEN_SECONDS
        except FileNotFoundError:
            continue
        if old and left.name != serves:
            shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(
                missing_ok=True
            )
