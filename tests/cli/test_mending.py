"""`--fix`: the safe changes, each listed, and none left."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import AS_OF, run
from tests.reports import FAULTY, HOME


def test_fixing_makes_the_safe_changes_and_lists_each(tmp_path: Path) -> None:
    """Nothing else changes, and the audit of the result offers none of them again."""
    target = tmp_path / "fixed.json"
    before = json.loads(run("audit", FAULTY, "--format", "json", *AS_OF).stdout)
    safe = [fix for each in before["findings"] for fix in each["fixes"] if fix["class"] == "safe"]
    left = [fix for each in before["findings"] for fix in each["fixes"] if fix["class"] != "safe"]
    assert safe
    assert left
    result = run("audit", FAULTY, "--fix", target, "--format", "json", *AS_OF)
    assert f"自动修正 {len(safe)} 处，写入 {target}" in result.stderr
    assert result.stderr.count(" → ") == len(safe)
    after = json.loads(result.stdout)
    assert after["draft"]["name"] == str(target)
    assert not [
        fix for each in after["findings"] for fix in each["fixes"] if fix["class"] == "safe"
    ]
    assert len(after["findings"]) == len(before["findings"]) - len(safe)
    again = json.loads(run("audit", target, "--format", "json", *AS_OF).stdout)
    assert again == after
    paths = {fix["path"] for fix in safe}
    assert paths == _changed_paths(FAULTY, target)


def _changed_paths(before: Path, after: Path) -> set[str]:
    old, new = (_values(json.loads(file.read_text("utf-8")), "") for file in (before, after))
    return {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)}


def _values(raw: Any, path: str) -> dict[str, Any]:
    if isinstance(raw, dict):
        return {
            at: value
            for key, each in raw.items()
            for at, value in _values(each, f"{path}/{key}").items()
        }
    if isinstance(raw, list):
        return {
            at: value
            for key, each in enumerate(raw)
            for at, value in _values(each, f"{path}/{key}").items()
        }
    return {path: str(raw)}


@pytest.mark.parametrize("form", ["json", "xml", "xlsx"])
def test_untidy_figures_are_mended(tmp_path: Path, form: str) -> None:
    """Blanks and wide digits are gone from the file, and from the report of it."""
    raw = json.loads((HOME / "tests/drafts/cn_import.json").read_text("utf-8"))
    raw["header"] |= {"net_weight": " 1180 ", "gross_weight": "１２６０", "mark_no": ""}
    raw["items"][0]["goods_name"] = " 离心泵\u00a0"
    source = tmp_path / "draft.json"
    source.write_text(json.dumps(raw), "utf-8")
    target = tmp_path / f"fixed.{form}"
    result = run("audit", source, "--fix", target, "--format", "json", *AS_OF)
    assert result.exit_code == 0, result.output
    codes = {each["code"] for each in json.loads(result.stdout)["findings"]}
    assert not codes & {"CN-F024", "CN-F025", "CN-F027", "CN-F012"}
    assert "自动修正 4 处" in result.stderr


def test_fixing_several_files_takes_a_folder(drafts: Path, tmp_path: Path) -> None:
    """Each keeps its name; one that cannot be read is not written."""
    result = run("audit", drafts, "--fix", tmp_path, *AS_OF)
    assert result.exit_code == 3
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "clean.json",
        "error.json",
        "warning.json",
    ]


def test_what_is_listed_gives_the_terminal_no_orders(tmp_path: Path) -> None:
    """A value that is mended is printed without its control characters."""
    source = tmp_path / "draft.json"
    source.write_text(r'{"header": {"trade_name": "\u001b[2J甲"}}')
    result = run("audit", source, "--fix", tmp_path / "fixed.json")
    assert "�[2J甲 → [2J甲" in result.stderr
    assert "\x1b" not in result.output
