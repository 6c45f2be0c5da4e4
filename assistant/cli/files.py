"""Files of the command line: which ones are meant, reading them, and writing whole or not at all."""

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from auditors.formats import FORMS
from auditors.formats.reading import MAX_BYTES, Unreadable
from knowledge.text import Text

STANDARD_INPUT = "-"


def meant(names: Iterable[str]) -> list[str]:
    """Return the files meant: a folder stands for the drafts in it, in order of name."""
    files: list[str] = []
    for name in names:
        folder = Path(name)
        if name != STANDARD_INPUT and folder.is_dir():
            drafts = (file for file in folder.rglob("*") if file.suffix.lower() in FORMS)
            files += sorted(str(file) for file in drafts if file.is_file())
        else:
            files.append(name)
    return files


def content_of(name: str) -> bytes:
    """Return the bytes of a file, at most one more than is allowed.

    Raises:
        Unreadable: the system will not give them.
    """
    if name == STANDARD_INPUT:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        with Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as fault:
        reason = fault.strerror or type(fault).__name__
        raise Unreadable(
            Text(f"打不开文件：{reason}", f"The file cannot be opened: {reason}"),
            Text("核对文件名和权限", "Check its name and permissions"),
        ) from None


def write_whole(target: Path, pieces: Iterable[bytes]) -> None:
    """Write a file aside and rename it, so that nothing half-written is ever seen.

    Raises:
        OSError: it cannot be written; what stood there before still does.
    """
    with _aside(target) as aside, aside.open("wb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


@contextlib.contextmanager
def _aside(target: Path) -> Iterator[Path]:
    handle, name = tempfile.mkstemp(dir=target.parent or ".", prefix=f".{target.name}.")
    os.close(handle)
    aside = Path(name)
    try:
        yield aside
        aside.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
        aside.replace(target)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
