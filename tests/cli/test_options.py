"""Language, profile and day."""

import json
import time
from pathlib import Path

from auditors.catalogue import catalogue
from auditors.engine import VERSION
from tests.cli.command import AS_OF, process, run
from tests.reports import FAULTY, HOME, SOUND
from tests.sheets import cases, changed, sheets


def test_the_language_is_that_asked_for(drafts: Path) -> None:
    """Chinese unless told otherwise."""
    error = drafts / "error.json"
    assert "错误[CN-W001] 净重不能大于毛重" in run("audit", error, *AS_OF).stdout
    english = run("audit", error, "--lang", "en", *AS_OF).stdout
    assert "error[CN-W001] Net weight must not exceed gross weight" in english
    assert run("audit", error, "--lang", "fr").exit_code == 2


def test_strict_makes_unread_errors_errors(tmp_path: Path) -> None:
    """A rule marked error* warns, and fails the draft only in the strict profile."""
    raw = json.loads((HOME / "tests/drafts/cn_import.json").read_text("utf-8"))
    unread = next(rule for rule in catalogue().values() if rule.severity == "error*")
    sheet = sheets()[unread.code]
    case = next(case for _, case in cases(sheet) if case["found"] and "day" not in case)
    raw = json.loads((HOME / "tests/drafts" / sheet["draft"]).read_text("utf-8"))
    file = tmp_path / "draft.json"
    file.write_text(json.dumps(changed(raw, case["set"]), default=str), "utf-8")
    usual = json.loads(run("audit", file, "--format", "json", *AS_OF).stdout)
    strict = json.loads(
        run("audit", file, "--format", "json", "--profile", "strict", *AS_OF).stdout
    )
    assert (usual["profile"], strict["profile"]) == ("default", "strict")
    for report, weight in ((usual, "warning"), (strict, "error")):
        found = [each for each in report["findings"] if each["code"] == unread.code]
        assert {each["severity"] for each in found} == {weight}


def test_the_day_is_as_asked(drafts: Path) -> None:
    """`--as-of` outweighs what the draft says."""
    for day in ("2026-11-20", "2020-01-01"):
        said = run("audit", drafts / "clean.json", "--as-of", day, "--format", "json").stdout
        assert json.loads(said)["as_of"] == day


def test_the_version_is_said() -> None:
    """`--version` and `-h` answer at once."""
    assert run("--version").stdout == f"declarant, version {VERSION}\n"
    assert "审核报关单草稿" in run("audit", "-h").stdout
    start = time.monotonic()
    assert process("--version").returncode == 0
    assert time.monotonic() - start < 20


def test_the_sound_examples_pass() -> None:
    """What the README shows first."""
    assert run("audit", SOUND).exit_code == 0
    assert run("audit", FAULTY).exit_code == 1
