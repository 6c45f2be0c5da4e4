"""The report as JUnit XML: it parses, and its counts are right."""

from typing import Any
from xml.etree import ElementTree as ET

import pytest

from auditors.render.audited import Audited
from tests.reports import SOUND, audited, broken, example, rendered

NASTY = r"<&>\"']]>\u001b[2J\u0000\ufffe\u009b甲"


def suites(*each: Audited, **options: Any) -> list[ET.Element]:
    """Return the suites of a rendering; their counts agree with what they hold."""
    root = ET.fromstring(rendered("junit", *each, **options))
    assert root.tag == "testsuites"
    for suite in root:
        cases = suite.findall("testcase")
        held = {
            kind: len(suite.findall(f"testcase/{kind}")) for kind in ("failure", "error", "skipped")
        }
        assert int(suite.attrib["tests"]) == len(cases)
        assert int(suite.attrib["failures"]) == held["failure"]
        assert int(suite.attrib["errors"]) == held["error"]
        assert int(suite.attrib["skipped"]) == held["skipped"]
        assert all(case.attrib["name"] and case.attrib["classname"] for case in cases)
    return list(root)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_report_is_a_suite_and_a_finding_a_case(language: str) -> None:
    """Errors and warnings fail, infos pass with a word, the rest is skipped."""
    each = example()
    [suite] = suites(each, language=language)
    counts = each.report.summary
    assert suite.attrib["name"] == "import_sea_faulty.json"
    assert suite.attrib["timestamp"] == "2026-11-20T00:00:00"
    assert int(suite.attrib["failures"]) == counts["error"] + counts["warning"]
    assert len(suite.findall("testcase/system-out")) == counts["info"]
    assert int(suite.attrib["skipped"]) == len(each.report.skipped)
    first = suite.find("testcase/failure")
    assert first is not None
    assert first.attrib["message"] == getattr(each.report.findings[0].message, language)
    assert first.text == " ".join(map(str, each.report.findings[0].rule.basis))


def test_a_draft_with_nothing_to_say_passes() -> None:
    """A build server shows it as one passing case."""
    quiet = example(SOUND)
    quiet = quiet._replace(report=quiet.report._replace(findings=(), skipped=()))
    [suite] = suites(quiet)
    assert [len(case) for case in suite] == [0]


def test_several_reports_are_several_suites() -> None:
    """A failed rule is an error, a file that cannot be read a failure."""
    faulty, failed, unreadable = suites(example(), broken(), audited("{"))
    assert int(faulty.attrib["failures"]) > 0
    assert int(failed.attrib["errors"]) == 1
    assert int(unreadable.attrib["failures"]) == 1
    assert suites(single=False) == []


def test_no_value_breaks_the_xml() -> None:
    """Markup, and characters XML cannot hold."""
    content = f'{{"header": {{"trade_mode": "{NASTY}", "net_weight": "{NASTY}"}}}}'
    said = rendered("junit", audited(content, "a<b>\"&'.json"))
    assert "\x1b" not in said
    assert "\x9b" not in said
    [suite] = suites(audited(content, "a<b>\"&'.json"))
    assert suite.attrib["name"] == "a<b>\"&'.json"
    messages = "".join(case.attrib["message"] for case in suite.iter("failure"))
    assert "<&>\"']]>" in messages
