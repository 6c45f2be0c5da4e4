"""Exit codes: the worst draft counts, and nothing is clean by accident."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from auditors import auditing
from auditors.catalogue import catalogue
from auditors.formats.plain_json import read_json
from auditors.plan import Plan, compile_plan
from tests.cli.command import AS_OF, run


@pytest.mark.parametrize(
    ("files", "fail_on", "code"),
    [
        (["clean"], "error", 0),
        (["clean"], "warning", 0),
        (["warning"], "error", 0),
        (["warning"], "warning", 1),
        (["warning"], "never", 0),
        (["error"], "error", 1),
        (["error"], "warning", 1),
        (["error"], "never", 0),
        (["clean", "error"], "error", 1),
        (["error", "clean"], "error", 1),
        (["broken"], "error", 3),
        (["broken"], "never", 3),
        (["clean", "broken", "error"], "error", 3),
        (["error", "broken", "clean"], "never", 3),
        (["missing"], "error", 3),
        (["clean", "missing"], "never", 3),
    ],
)
def test_the_exit_code_is_that_of_the_worst_draft(
    drafts: Path, files: Sequence[str], fail_on: str, code: int
) -> None:
    """Unreadable outweighs findings, whatever counts as a failure."""
    names = [drafts / f"{name}.json" for name in files]
    result = run("audit", *names, "--fail-on", fail_on, *AS_OF, "--format", "json")
    assert result.exit_code == code, result.output
    reports = json.loads(result.stdout)
    assert len(reports if isinstance(reports, list) else [reports]) == len(files)


@pytest.mark.parametrize(
    "arguments",
    [
        ["audit"],
        ["audit", "{empty}"],
        ["audit", "-"],
        ["audit", "{clean}", "--format", "docx"],
        ["audit", "{clean}", "--as-of", "yesterday"],
        ["audit", "{clean}", "--fail-on", "info"],
        ["audit", "{clean}", "--format", "xlsx"],
        ["audit", "{drafts}", "--format", "xlsx", "--output", "{empty}/a.xlsx"],
        ["audit", "{clean}", "--output", "{empty}"],
        ["audit", "{clean}", "--output", "{empty}/no/such/folder.json"],
        ["audit", "{clean}", "--output", "{clean}/below_a_file.json"],
        ["audit", "{clean}", "--fix", "{empty}/no/such/folder.json"],
        ["audit", "{clean}", "--fix", "{empty}/draft.docx"],
        ["audit", "{drafts}", "--fix", "{empty}/one.json"],
        ["audit", "{clean}", "{twin}", "--fix", "{empty}"],
        ["explain", "CN-W999"],
        ["explain"],
        ["fields", "no_such_field"],
        ["codes", "no_such_table"],
        ["codes", "currency", "XXXX"],
        ["template", "{empty}"],
        ["template", "{empty}/no/such/folder.xlsx"],
        ["frobnicate"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_two(drafts: Path, tmp_path: Path, arguments: Sequence[str]) -> None:
    """A call that cannot be meant says why, and writes nothing."""
    twin = tmp_path / "twin" / "clean.json"
    twin.parent.mkdir()
    shutil.copy(drafts / "clean.json", twin)
    empty = tmp_path / "empty"
    empty.mkdir()
    places = {"drafts": drafts, "clean": drafts / "clean.json", "twin": twin, "empty": empty}
    result = run(*(each.format(**places) for each in arguments))
    assert result.exit_code == 2, result.output
    assert "Error" in result.stderr
    assert "Traceback" not in result.output
    assert not list(empty.iterdir())


def test_a_broken_rule_is_never_clean(drafts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it would have said is not known: exit code 1, and the report says so."""

    def fails(*asked: Any) -> None:
        raise ZeroDivisionError

    def plan(day: Any) -> Plan:
        rules = {**catalogue(), "CN-W001": catalogue()["CN-W001"]._replace(check=fails)}
        return compile_plan(rules.values())

    monkeypatch.setattr("auditors.engine.plan_of", plan)
    result = run("audit", drafts / "clean.json", *AS_OF)
    assert result.exit_code == 1
    assert "规则故障，已搁置[CN-W001] ZeroDivisionError" in result.stdout
    assert run("audit", drafts / "clean.json", *AS_OF, "--fail-on", "never").exit_code == 0


def test_a_fault_of_ours_costs_no_other_draft(
    drafts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that fails on one file is told of, and the others are audited."""

    def fails_on_one(content: bytes, library: Any, name: str, form: Any) -> Any:
        if name.endswith("error.json"):
            raise LookupError("our slip")
        return read_json(content, library, name)

    monkeypatch.setattr(auditing, "read", fails_on_one)
    result = run("audit", drafts / "error.json", drafts / "clean.json", "--lang", "en", *AS_OF)
    assert result.exit_code == 3
    assert "The program failed on this file: LookupError: our slip" in result.stdout
    assert "clean.json: 0 errors" in result.stdout
