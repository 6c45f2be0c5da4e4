"""The report as JSON: its shape is promised to programs."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from auditors.catalogue import catalogue
from auditors.engine import VERSION
from auditors.render.plain import rule_data
from tests.reports import FAULTY, SOUND, audited, broken, example, rendered

WORDING = {"zh": str, "en": str}
PLACE = {
    "field": str,
    "label": WORDING,
    "pointer": str,
    "xpath": (str, None),
    "cell": (str, None),
}
FINDING = {
    "code": str,
    "severity": {"error", "warning", "info"},
    "title": WORDING,
    "message": WORDING,
    "places": [PLACE],
    "found": str,
    "expected": str,
    "basis": [{"citation": str, "title": str, "url": str}],
    "fixes": [
        {
            "class": {"safe", "suggested"},
            "op": {"add", "replace", "remove"},
            "path": str,
            "value": object,
        }
    ],
}
REPORT = {
    "draft": {
        "name": str,
        "client_seq_no": (str, None),
        "ie_flag": (str, None),
        "trade_mode": (str, None),
        "items": int,
    },
    "as_of": str,
    "profile": {"default", "strict"},
    "complete": bool,
    "summary": {"error": int, "warning": int, "info": int},
    "findings": [FINDING],
    "skipped": [{"code": str, "why": str}],
    "broken": [{"code": str, "fault": str}],
    "versions": {"declarant": str, "rules": str},
}
RULE = {
    "code": str,
    "family": str,
    "title": WORDING,
    "severity": {"error", "error*", "warning", "info"},
    "basis": [str],
    "since": (str, None),
    "until": (str, None),
    "status": {"law", "broker", "calc", "logic", "unverified", "disputed"},
    "page": str,
}


def fits(value: Any, shape: Any) -> bool:
    """Whether plain data has a shape: exactly these keys, each of its kind, in this order."""
    match shape:
        case dict():
            return list(value) == list(shape) and all(fits(value[key], shape[key]) for key in shape)
        case list():
            return isinstance(value, list) and all(fits(each, shape[0]) for each in value)
        case set():
            return value in shape
        case tuple():
            return any(value is each if each is None else isinstance(value, each) for each in shape)
        case _:
            return isinstance(value, shape)


@pytest.mark.parametrize(
    "each",
    [
        example(),
        example(SOUND),
        broken(),
        audited("{"),
        audited("{}", profile="strict"),
        audited(FAULTY.with_suffix(".xml").read_bytes(), "draft.xml", "xml"),
        audited(FAULTY.with_suffix(".xlsx").read_bytes(), "draft.xlsx", "xlsx"),
    ],
    ids=["faulty", "sound", "broken", "unreadable", "empty", "message", "workbook"],
)
def test_the_shape_of_a_report(each: Any) -> None:
    """Every report has these keys and no others, in this order."""
    assert fits(json.loads(rendered("json", each)), REPORT)


def test_what_a_finding_says() -> None:
    """Code, places in every notation, basis with the official site, and the change in full."""
    data = json.loads(rendered("json", example()))
    report = example().report
    assert data["summary"] == report.summary
    assert data["as_of"] == "2026-11-20"
    assert data["versions"] == {"declarant": VERSION, "rules": str(len(catalogue()))}
    weight = next(each for each in data["findings"] if each["code"] == "CN-W001")
    place = weight["places"][0]
    assert (place["field"], place["pointer"]) == ("header.net_weight", "/header/net_weight")
    assert (place["xpath"], place["cell"]) == ("/DecMessage/DecHead/NetWt", None)
    assert all(each["url"].startswith("http") for each in weight["basis"] if each["url"])
    removed = next(each for each in data["findings"] if each["code"] == "CN-C021")["fixes"]
    assert removed == [{"class": "safe", "op": "remove", "path": "/header/org_code", "value": None}]


def test_the_operations_of_a_fix() -> None:
    """What stands there is replaced, what does not is added; numbers are texts and exact."""
    content = '{"header": {"net_weight": " 12.50 ", "fee": {"mark": "3", "rate": "１"}}}'
    data = json.loads(rendered("json", audited(content)))
    fixes = {fix["path"]: fix for each in data["findings"] for fix in each["fixes"]}
    assert fixes["/header/net_weight"]["op"] == "replace"
    assert fixes["/header/net_weight"]["value"] == "12.50"
    assert fixes["/header/mark_no"] == {
        "class": "safe",
        "op": "add",
        "path": "/header/mark_no",
        "value": "N/M",
    }
    assert fixes["/header/fee/rate"]["value"] == "1"


def test_a_workbook_gives_cells() -> None:
    """A finding in a workbook says which cell it is about."""
    each = audited(FAULTY.with_suffix(".xlsx").read_bytes(), "draft.xlsx", "xlsx")
    data = json.loads(rendered("json", each))
    assert any(place["cell"] for found in data["findings"] for place in found["places"])


def test_one_report_is_an_object_and_several_are_a_list() -> None:
    """A folder of one draft is a list of one."""
    one, two = example(), example(SOUND)
    assert isinstance(json.loads(rendered("json", one)), dict)
    assert [each["draft"]["name"] for each in json.loads(rendered("json", one, two))] == [
        "import_sea_faulty.json",
        "import_sea.json",
    ]
    assert len(json.loads(rendered("json", one, single=False))) == 1
    assert json.loads(rendered("json", single=False)) == []


@pytest.mark.parametrize("rule", catalogue().values(), ids=lambda rule: rule.code)
def test_the_shape_of_a_rule(rule: Any) -> None:
    """What `declarant rules --format json` lists of each rule."""
    data = rule_data(rule)
    assert fits(data, RULE)
    assert data["family"] == data["code"][3]
    assert data["page"] == f"docs/rules/{rule.code}.md"
    assert data["basis"] == [str(citation) for citation in rule.basis]


def test_numbers_and_days_are_written_plainly() -> None:
    """No exponent, no float, no local date."""
    data = json.loads(rendered("json", audited('{"header": {"net_weight": "1E+3"}}')))
    weight = next(
        each for each in data["findings"] if each["places"][0]["field"] == "header.net_weight"
    )
    assert weight["found"] == format(Decimal("1E+3"), "f")
    assert date.fromisoformat(data["as_of"])
