"""The index on disk: one file, written aside and renamed, so that it is whole or not there."""

import io
import os
import tempfile
import time
import zipfile
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from knowledge.errors import PackError
from knowledge.index.lexical import Words
from knowledge.passage import Passage

NAME = "passages.npz"
SHAPE = "1"
"""Raised when the file or the terms in it change; older files are then built anew."""
FORGOTTEN_SECONDS = 3_600
"""A half-written file older than this was left by a process that died."""


UNREADABLE = (
    *(OSError, EOFError, ValueError, KeyError, TypeError, AttributeError),
    *(zipfile.BadZipFile, msgspec.MsgspecError),
)
"""What reading a file that is no index, or half of one, may raise."""

_PASSAGES = msgspec.json.Decoder(tuple[Passage, ...])
_PASSAGES.decode(b"[]")  # types are worked out now: doing so in two threads at once is not safe


class Kept(NamedTuple):
    """What is kept: a hash of what it was built from, the passages and their words."""

    stamp: str
    passages: tuple[Passage, ...]
    words: Words


def save(folder: Path, kept: Kept) -> Path:
    """Write the index to a folder and return its file.

    Raises:
        OSError: it cannot be written; what was there still is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    target = folder / NAME
    handle, name = tempfile.mkstemp(dir=folder, prefix=f".{NAME}.")
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            _write(file, kept)
            file.flush()
            os.fsync(file.fileno())
        aside.chmod(0o644)
        aside.replace(target)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return target


def load(folder: Path) -> Kept:
    """Read the index kept in a folder.

    Raises:
        PackError: there is none, it is of another version, or it is damaged.
    """
    file = folder / NAME
    remedy = "Build it: declarant knowledge build"
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as held:
            if str(held["shape"]) != SHAPE:
                raise PackError(file, "it was written by another version", remedy)
            words = Words(
                vocabulary={term: n for n, term in enumerate(_text(held["terms"]).split("\n"))},
                starts=held["starts"],
                docs=held["docs"],
                impacts=held["impacts"],
                size=int(held["size"]),
            )
            passages = _PASSAGES.decode(held["passages"].tobytes())
            return Kept(str(held["stamp"]), passages, words)
    except FileNotFoundError:
        raise PackError(file, "there is no index", remedy) from None
    except UNREADABLE as fault:
        raise PackError(file, f"the index cannot be read: {fault}", remedy) from None


def _write(file: io.BufferedIOBase, kept: Kept) -> None:
    np.savez(
        file,
        shape=np.array(SHAPE),
        stamp=np.array(kept.stamp),
        passages=np.frombuffer(msgspec.json.encode(kept.passages), np.uint8),
        terms=np.frombuffer("\n".join(kept.words.vocabulary).encode(), np.uint8),
        starts=kept.words.starts,
        docs=kept.words.docs,
        impacts=kept.words.impacts,
        size=np.array(kept.words.size),
    )


def _text(array: np.ndarray) -> str:
    return array.tobytes().decode()


def _sweep(folder: Path) -> None:
    """Remove what dead processes left half-written."""
    for left in folder.glob(f".{NAME}.*"):
        try:
            if time.time() - left.stat().st_mtime > FORGOTTEN_SECONDS:
                left.unlink()
        except FileNotFoundError:
            continue
