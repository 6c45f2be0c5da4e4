"""Which files are meant: each once, and every one told of."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from assistant.cli.files import meant
from tests.cli.command import AS_OF, process, run


def test_a_folder_stands_for_its_drafts(drafts: Path, tmp_path: Path) -> None:
    """By name, at any depth; what is no draft, is hidden or belongs to Excel is passed over."""
    inner = tmp_path / "b" / "inner.JSON"
    inner.parent.mkdir()
    for file in (tmp_path / "c.json", tmp_path / "a.json", inner):
        shutil.copy(drafts / "clean.json", file)
    for name in ("notes.txt", "~$open.xlsx", ".hidden.json", "report.html"):
        (tmp_path / name).write_text("x")
    (tmp_path / "folder.json").mkdir()
    assert meant([str(tmp_path)]) == [
        str(tmp_path / name) for name in ("a.json", "b/inner.JSON", "c.json")
    ]
    result = run("audit", tmp_path, "--format", "json", "--fail-on", "never", *AS_OF)
    assert [Path(each["draft"]["name"]).name for each in json.loads(result.stdout)] == [
        "a.json",
        "inner.JSON",
        "c.json",
    ]


def test_a_folder_of_one_draft_is_a_list_of_one(drafts: Path, tmp_path: Path) -> None:
    """Programs need not guess which shape they get."""
    shutil.copy(drafts / "clean.json", tmp_path)
    assert isinstance(json.loads(run("audit", tmp_path, "--format", "json").stdout), list)
    alone = run("audit", tmp_path / "clean.json", "--format", "json")
    assert isinstance(json.loads(alone.stdout), dict)


def test_a_file_named_twice_is_audited_once(drafts: Path) -> None:
    """Else it would be its own double."""
    clean = drafts / "clean.json"
    result = run("audit", clean, clean, drafts / "." / "clean.json", "--format", "json", *AS_OF)
    assert result.exit_code == 0
    assert len(json.loads(result.stdout)) == 1


def test_standard_input_is_read_in_the_form_given(drafts: Path) -> None:
    """`-` is the draft on standard input."""
    content = (drafts / "error.json").read_bytes()
    result = run("audit", "-", "--input-format", "json", *AS_OF, input=content)
    assert result.exit_code == 1
    assert "--> <stdin>:1:" in result.stdout
    result = run("audit", "-", "--input-format", "xml", input=b"<DecMessage/>")
    assert result.exit_code == 1
    both = run("audit", "-", drafts / "clean.json", "--input-format", "json", input=b"{")
    assert both.exit_code == 3


def test_the_form_may_be_given(drafts: Path, tmp_path: Path) -> None:
    """Where a name tells nothing, or the wrong thing."""
    file = tmp_path / "draft.txt"
    shutil.copy(drafts / "clean.json", file)
    assert run("audit", file, *AS_OF).exit_code == 0
    file = file.rename(tmp_path / "draft.xml")
    assert run("audit", file, *AS_OF).exit_code == 3
    assert run("audit", file, "--input-format", "json", *AS_OF).exit_code == 0


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are Unicode")
def test_a_file_may_have_any_name(drafts: Path, tmp_path: Path) -> None:
    """Names that are no UTF-8, hold escapes or look like options are audited and printed."""
    names = [b"\xff\xfe.json", b"a\x1b[31m\nb.json", "报关单 1.json".encode(), b"-x.json"]
    for name in names:
        shutil.copy(drafts / "clean.json", tmp_path / os.fsdecode(name))
    for form in ("text", "json", "sarif", "junit", "html", "md"):
        result = process("audit", tmp_path, "--format", form, *AS_OF)
        assert result.returncode == 0, result.stderr
        assert b"Traceback" not in result.stderr
        assert b"\x1b" not in result.stdout
        result.stdout.decode()


def test_many_files_and_a_bad_one(drafts: Path, tmp_path: Path) -> None:
    """A thousand drafts, one of them no draft: all others are told of, in their order."""
    content = (drafts / "clean.json").read_text("utf-8")
    for number in range(1000):
        name = f"{number:04}"
        text = "{" if number == 400 else content.replace("DRAFT0001", f"DRAFT{name}")
        (tmp_path / f"{name}.json").write_text(text, "utf-8")
    result = run("audit", tmp_path, "--format", "json", *AS_OF)
    assert result.exit_code == 3
    reports = json.loads(result.stdout)
    assert [each["draft"]["name"][-9:-5] for each in reports] == [f"{n:04}" for n in range(1000)]
    assert [each["complete"] for each in reports].index(False) == 400
    assert sum(each["summary"]["error"] for each in reports) == 1
    assert result.stderr == ""
