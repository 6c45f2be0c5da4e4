"""A file is written whole or not at all."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import auditing
from assistant.cli.files import write_whole
from tests.cli.command import AS_OF, PROGRAM, run
from tests.reports import HOME


def test_the_report_goes_to_a_file(drafts: Path, tmp_path: Path) -> None:
    """The same bytes as on standard output, and nothing printed."""
    target = tmp_path / "report.json"
    result = run("audit", drafts / "error.json", "--format", "json", "--output", target, *AS_OF)
    assert (result.exit_code, result.stdout) == (1, "")
    printed = run("audit", drafts / "error.json", "--format", "json", *AS_OF)
    assert target.read_text("utf-8") == printed.stdout
    assert [file.name for file in tmp_path.iterdir()] == ["report.json"]


def test_a_rendering_that_fails_leaves_the_old_file(
    drafts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a report is none."""

    def half(*given: Any, **options: Any) -> Iterator[bytes]:
        yield b"half"
        raise RuntimeError("in the middle")

    target = tmp_path / "report.txt"
    target.write_text("the old one")
    monkeypatch.setattr(auditing, "pieces", half)
    result = run("audit", drafts / "clean.json", "--output", target)
    assert isinstance(result.exception, RuntimeError)
    assert target.read_text() == "the old one"
    assert [file.name for file in tmp_path.iterdir()] == ["report.txt"]


SLOWLY = """
import sys, time
from pathlib import Path
from assistant.cli.files import write_whole
def pieces():
    yield b"half"
    print("begun", flush=True)
    time.sleep(60)
write_whole(Path(sys.argv[1]), pieces())
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_process_that_is_killed_leaves_the_old_file(tmp_path: Path, how: signal.Signals) -> None:
    """However it ends, what stood there still does."""
    target = tmp_path / "report.txt"
    target.write_text("the old one")
    command = [sys.executable, "-c", SLOWLY, str(target)]
    with subprocess.Popen(
        command, cwd=HOME, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as running:
        assert running.stdout
        assert running.stdout.readline() == b"begun\n"
        running.send_signal(how)
    assert running.returncode != 0
    assert target.read_text() == "the old one"
    if how == signal.SIGINT:
        assert [file.name for file in tmp_path.iterdir()] == ["report.txt"]


def test_links_modes_and_devices_are_respected(tmp_path: Path) -> None:
    """A link stays a link, a file keeps its mode, and `/dev/null` stays what it is."""
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_whole(link, [b"new"])
    assert link.is_symlink()
    assert real.read_text() == "new"
    assert real.stat().st_mode & 0o777 == 0o640
    write_whole(Path(os.devnull), [b"gone"])
    assert not Path(os.devnull).is_file()
    write_whole(tmp_path / "fresh.txt", [b"a", b"b"])
    assert (tmp_path / "fresh.txt").read_bytes() == b"ab"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_said_in_a_word(drafts: Path) -> None:
    """On standard output as in a file: exit code 2, and no traceback."""
    with Path("/dev/full").open("wb") as full:
        command = [*PROGRAM, "audit", str(drafts / "clean.json")]
        done = subprocess.run(command, cwd=HOME, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(b"Error: cannot write <stdout>: ")
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    assert run("audit", drafts / "clean.json", "--output", "/dev/full").exit_code == 2
