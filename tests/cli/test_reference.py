"""What the auditor knows: rules, fields, codes, and the workbooks it writes."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from auditors.catalogue import catalogue
from knowledge.library import shipped
from tests.cli.command import AS_OF, run
from tests.reports import FAULTY


def test_the_list_of_rules() -> None:
    """As text by family, as JSON with the promised keys."""
    data = json.loads(run("rules", "--format", "json").stdout)
    assert [each["code"] for each in data] == list(catalogue())
    assert list(data[0]) == [
        *("code", "family", "title", "severity", "basis"),
        *("since", "until", "status", "page"),
    ]
    assert list(data[0]["title"]) == ["zh", "en"]
    for language in ("zh", "en"):
        said = run("rules", "--lang", language).stdout
        for rule in catalogue().values():
            assert re.search(
                rf"^  {rule.code}  .*{re.escape(getattr(rule.title, language))}$", said, re.M
            )


@pytest.mark.parametrize("asked", ["CN-W001", "cn-w001", "W001", "w001", "w1"])
def test_a_rule_is_explained(asked: str) -> None:
    """However its code is written."""
    result = run("explain", asked)
    assert result.exit_code == 0
    for part in (
        "CN-W001  净重不能大于毛重",
        "Wrong:",
        "Right:",
        "Limits:",
        "局限：",
        "cn-gacc-2019-18#",
    ):
        assert part in result.stdout
    assert "Net weight must not exceed gross weight" in run("explain", asked, "--lang", "en").stdout


@pytest.mark.parametrize("rule", catalogue().values(), ids=lambda rule: rule.code)
def test_every_rule_is_explained(rule: Any) -> None:
    """Title, page and basis of each."""
    result = run("explain", rule.code)
    assert result.exit_code == 0
    assert rule.page in result.stdout
    assert all(str(citation) in result.stdout for citation in rule.basis)


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (["explain", "CN-W999"], "CN-W0"),
        (["explain", "z1"], "CN-"),
        (["fields", "gross_wieght"], "gross_weight"),
        (["codes", "transport_mod"], "transport_mode"),
        (["codes", "currency", "US"], "USD"),
    ],
)
def test_what_is_not_known_brings_up_what_is_near(arguments: Sequence[str], near: str) -> None:
    """A slip of the keyboard is met with a hint."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert re.search(f"near / 相近: .*{near}", result.stderr)


def test_fields_are_found_by_name_place_and_label() -> None:
    """And all of them are listed, or given as data."""
    for asked in ("gross_weight", "header.gross_weight", "毛重(千克)"):
        said = run("fields", asked).stdout
        assert "header.gross_weight  毛重(千克) / Gross weight (kg)" in said
        assert "DecHead/GrossWet" in said
    every = run("fields").stdout.splitlines()
    assert len(every) == sum(len(block.fields) for block in shipped().fields.values())
    data = json.loads(run("fields", "gross_weight", "--format", "json").stdout)
    assert (data[0]["name"], data[0]["block"], data[0]["kind"]) == (
        "gross_weight",
        "header",
        "number",
    )
    assert len(json.loads(run("fields", "--format", "json").stdout)) == len(every)


def test_code_tables_are_listed_shown_and_looked_up() -> None:
    """With how complete they are, since more is not judged."""
    assert "transport_mode  " in run("codes").stdout
    shown = run("codes", "transport_mode").stdout
    assert re.search(r"完整（[\d/]+）", shown)
    assert re.search(r"^  2  水路运输", shown, re.M)
    one = run("codes", "transport_mode", "2", "--lang", "en").stdout.splitlines()
    assert len(one) == 2
    data = json.loads(run("codes", "transport_mode", "--format", "json").stdout)
    assert data["complete"]
    assert len(data["rows"]) > 10
    assert {"code", "name", "since", "until", "status", "more"} == set(data["rows"][0])
    for name in shipped().tables():
        assert run("codes", name).exit_code == 0
        assert json.loads(run("codes", name, "--format", "json").stdout)["id"] == f"cn.{name}"


def test_a_template_is_written_and_can_be_audited(tmp_path: Path) -> None:
    """An empty workbook is a draft of nothing but what is missing."""
    target = tmp_path / "empty.xlsx"
    result = run("template", target)
    assert (result.exit_code, result.stdout.strip()) == (0, str(target))
    assert run("audit", target, *AS_OF).exit_code == 1


def test_a_marked_workbook_is_written(tmp_path: Path) -> None:
    """The report as a workbook, of a workbook and of JSON."""
    for source in (FAULTY, FAULTY.with_suffix(".xlsx")):
        target = tmp_path / "marked.xlsx"
        result = run("audit", source, "--format", "xlsx", "--output", target, *AS_OF)
        assert result.exit_code == 1
        assert target.read_bytes().startswith(b"PK")
