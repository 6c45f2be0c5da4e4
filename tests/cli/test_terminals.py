"""Terminals, pipes and locales."""

import json
import os
import pty
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import PROGRAM, process, run
from tests.reports import FAULTY, HOME


def test_colours_are_for_terminals(drafts: Path) -> None:
    """Asked for they come, else only where somebody can see them."""
    error = drafts / "error.json"
    assert "\x1b[1;31m" in run("audit", error, "--color", "always", color=True).stdout
    assert "\x1b" not in run("audit", error, "--color", "never", color=True).stdout
    assert "\x1b" not in process("audit", error).stdout.decode()
    assert b"\x1b[1;31m" in _on_a_terminal("audit", str(error))
    assert b"\x1b[1;31m" not in _on_a_terminal("audit", str(error), NO_COLOR="1")


def _on_a_terminal(*arguments: str, stream: str = "stdout", **more: str) -> bytes:
    """Run the program with one of its streams on a terminal, and return what came there."""
    ours, theirs = pty.openpty()
    streams: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = {**os.environ, "TERM": "xterm", **more}
    environment.pop("NO_COLOR", None) if "NO_COLOR" not in more else None
    with subprocess.Popen(
        [*PROGRAM, *arguments], cwd=HOME, env=environment, **(streams | {stream: theirs})
    ):
        os.close(theirs)
        said = b""
        while piece := _read(ours):
            said += piece
    os.close(ours)
    return said


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so where the other end is closed
        return b""


def test_a_progress_bar_is_for_many_files_on_a_terminal(drafts: Path, tmp_path: Path) -> None:
    """Neither for a few, nor where nobody sees it."""
    for number in range(25):
        shutil.copy(drafts / "clean.json", tmp_path / f"{number}.json")
    assert b"auditing" in _on_a_terminal("audit", str(tmp_path), stream="stderr")
    assert b"auditing" not in _on_a_terminal("audit", str(drafts), stream="stderr")
    assert process("audit", tmp_path).stderr == b""


@pytest.mark.parametrize("arguments", [["audit", "{file}"], ["rules"], ["codes", "country"]])
def test_a_pipe_may_be_closed_early(tmp_path: Path, arguments: Sequence[str]) -> None:
    """`| head -1` ends the program without a traceback."""
    raw = json.loads(FAULTY.read_text("utf-8"))
    raw["items"] = raw["items"] * 200
    file = tmp_path / "long.json"
    file.write_text(json.dumps(raw), "utf-8")
    command = [*PROGRAM, *(each.format(file=file) for each in arguments)]
    with subprocess.Popen(
        command, cwd=HOME, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout
        assert running.stderr
        assert running.stdout.read(1)
        running.stdout.close()
        said = running.stderr.read()
    assert said == b""


LOCALES: list[dict[str, str]] = [
    {"LC_ALL": "C"},
    {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "cp1252"},
]


@pytest.mark.parametrize("locale", LOCALES, ids=str)
def test_the_locale_does_not_matter(drafts: Path, locale: dict[str, str]) -> None:
    """What is said is UTF-8: reports, lists, help and complaints."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONIOENCODING"}
    for arguments, wanted in (
        (["audit", drafts / "error.json"], "净重不能大于毛重"),
        (["rules"], "净重不能大于毛重"),
        (["audit", "--help"], "审核报关单草稿"),
        (["audit", drafts, "--format", "xlsx"], "须指定"),
    ):
        done = process(*arguments, env={**environment, **locale})
        assert wanted in (done.stdout + done.stderr).decode()
        assert b"Traceback" not in done.stderr
