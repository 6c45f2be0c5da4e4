"""Files of the command line: which ones are meant, reading them, and writing whole or not at all."""

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from auditors.formats import FORMS
from auditors.formats.reading import MAX_BYTES, Unreadable
from knowledge.text import Text

STANDARD_INPUT = "-"
NOT_DRAFTS = (".", "~$")
"""How the names of hidden files begin, and of the marks Excel sets beside an open workbook."""


class NotWritten(click.FileError):
    """A file cannot be written: wrong usage, and not a finding."""

    exit_code = 2

    def format_message(self) -> str:
        """Return what is said of it, in both languages."""
        name = self.ui_filename
        return f"cannot write {name}: {self.message} / 无法写入 {name}，核对路径和权限"


def meant(names: Iterable[str]) -> list[str]:
    """Return the files meant, each once: a folder stands for the drafts in it, by name."""
    files: list[str] = []
    for name in names:
        folder = Path(name)
        files += _drafts_in(folder) if name != STANDARD_INPUT and folder.is_dir() else [name]
    once: dict[str, str] = {}
    for name in files:
        once.setdefault(os.path.realpath(name), name)
    return list(once.values())


def _drafts_in(folder: Path) -> list[str]:
    drafts = (file for file in folder.rglob("*") if file.suffix.lower() in FORMS)
    return sorted(
        str(file) for file in drafts if file.is_file() and not file.name.startswith(NOT_DRAFTS)
    )


def shown(name: str) -> str:
    """Return the name of a file as it can be printed, whatever bytes it is made of."""
    if name == STANDARD_INPUT:
        return "<stdin>"
    return os.fsencode(name).decode("utf-8", "replace")


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

    What is no file, such as `/dev/null` or a pipe, is written to directly.

    Raises:
        NotWritten: it cannot be written; what stood there before still does.
    """
    real = Path(os.path.realpath(target))
    try:
        if real.exists() and not real.is_file():
            _write(real, pieces)
            return
        with _aside(real) as aside:
            _write(aside, pieces)
    except OSError as fault:
        raise NotWritten(shown(str(target)), fault.strerror or str(fault)) from None


def _write(target: Path, pieces: Iterable[bytes]) -> None:
    with target.open("wb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        with contextlib.suppress(OSError):  # a pipe cannot be synchronised
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
