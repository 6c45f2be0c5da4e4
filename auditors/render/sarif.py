"""A report as SARIF 2.1.0, which editors and code-review sites show beside the file.

Source: OASIS, Static Analysis Results Interchange Format 2.1.0.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

import msgspec

from auditors.catalogue import catalogue
from auditors.engine import VERSION
from auditors.finding import Severity
from auditors.formats.lines import Lines
from auditors.place import Place
from auditors.render.audited import Audited
from auditors.render.plain import as_data, place_data, rule_data
from auditors.render.text import FAILED
from auditors.report import Found, Report
from auditors.rule import Rule
from knowledge.text import Language

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


def render_sarif(audited: Iterable[Audited], language: Language) -> Iterator[str]:
    """Give a SARIF log with one run, its results as the reports come."""
    rules = list(catalogue().values())
    index = {rule.code: at for at, rule in enumerate(rules)}
    driver = {
        "name": "declarant",
        "version": VERSION,
        "semanticVersion": VERSION,
        "rules": [_rule(rule, language) for rule in rules],
    }
    yield f'{{"$schema":{_json(SCHEMA)},"version":"2.1.0","runs":[{{'
    yield f'"tool":{{"driver":{_json(driver)}}},"columnKind":"unicodeCodePoints","results":['
    notices: list[dict[str, Any]] = []
    complete, separator = True, ""
    for each in audited:
        complete = complete and each.report.complete
        notices += _notices(each.report, index, language)
        for result in _results(each, index, language):
            yield separator + _json(result)
            separator = ","
    invocation = {"executionSuccessful": complete, "toolExecutionNotifications": notices}
    yield f'],"invocations":[{_json(invocation)}]}}]}}\n'


def _json(data: Any) -> str:
    return msgspec.json.encode(data).decode()


def _rule(rule: Rule, language: Language) -> dict[str, Any]:
    data = rule_data(rule)
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title.said_in(language)},
        "fullDescription": {"text": rule.page or rule.title.said_in(language)},
        "help": {"text": rule.page or rule.title.said_in(language)},
        "defaultConfiguration": {"level": LEVELS[rule.weighs("default")]},
        "properties": {name: data[name] for name in ("title", "basis", "since", "until", "status")},
    }


def _notices(report: Report, index: dict[str, int], language: Language) -> list[dict[str, Any]]:
    """What could not be judged is told in the log, never passed in silence."""
    skipped = [
        _notice(index, each.code, "note", each.why.said_in(language), report)
        for each in report.skipped
    ]
    failed = FAILED.said_in(language)
    broken = [
        _notice(index, each.code, "error", f"{failed}: {each.fault}", report)
        for each in report.broken
    ]
    return skipped + broken


def _notice(
    index: dict[str, int], code: str, level: str, text: str, report: Report
) -> dict[str, Any]:
    return {
        "level": level,
        "message": {"text": f"{code}: {text}"},
        "associatedRule": {"id": code, "index": index[code]},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(report.name)}}}],
    }


def _results(
    audited: Audited, index: dict[str, int], language: Language
) -> Iterator[dict[str, Any]]:
    report = audited.report
    lines = Lines(audited.reading, report.library.fields) if audited.reading else None
    described = as_data(report)["findings"]
    for found, data in zip(report.findings, described, strict=True):
        yield {
            "ruleId": found.rule.code,
            "ruleIndex": index[found.rule.code],
            "level": LEVELS[found.severity],
            "message": {"text": found.message.said_in(language)},
            "locations": [_location(found.places[0], report, lines)],
            "relatedLocations": [
                {"id": at} | _location(place, report, lines)
                for at, place in enumerate(found.places[1:], 1)
            ],
            "partialFingerprints": {"place/v1": f"{found.rule.code}:{_where(found)}"},
            "properties": {
                name: data[name] for name in ("message", "found", "expected", "basis", "fixes")
            },
        }


def _where(found: Found) -> str:
    return ",".join(map(str, found.places))


def _location(place: Place, report: Report, lines: Lines | None) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(report.name)}}
    if lines and (line := lines.find(place)):
        physical["region"] = {"startLine": line.number}
        if line.column:
            physical["region"]["startColumn"] = line.column
    data = place_data(place, report)
    notations = {name: data[name] for name in ("pointer", "xpath", "cell") if data[name]}
    logical = {"fullyQualifiedName": str(place) or "/", "kind": "member"}
    return {
        "physicalLocation": physical,
        "logicalLocations": [logical | {"properties": notations | {"label": data["label"]}}],
    }


def _uri(name: str) -> str:
    """A file name as a URI reference; a colon would be read as the end of a scheme."""
    path = name.replace("\\", "/")
    if re.match("[A-Za-z]:/", path):
        return f"file:///{quote(path, safe='/:~-._')}"
    return quote(path, safe="/~-._")
