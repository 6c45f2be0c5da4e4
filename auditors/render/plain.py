"""A report as plain data: the JSON that programs read, and what other renderings start from."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec

from auditors.finding import SILENT, Fix
from auditors.notation import label, value_at, xpath
from auditors.place import Place
from auditors.render.audited import Audited
from auditors.report import Found, Report
from auditors.rule import Rule
from knowledge.citation import Citation
from knowledge.library import Library
from knowledge.text import Language, Text


def as_data(report: Report) -> dict[str, Any]:
    """Return a report as plain data; same report, same data, in the same order."""
    return {
        "draft": _draft(report),
        "as_of": report.day.isoformat(),
        "profile": report.profile,
        "complete": report.complete,
        "summary": report.summary,
        "findings": [_finding(found, report) for found in report.findings],
        "skipped": [{"code": each.code, "why": both(each.why)} for each in report.skipped],
        "broken": [{"code": each.code, "fault": each.fault} for each in report.broken],
        "versions": dict(report.versions),
    }


class Json:
    """Renders one report as an object, or several as a list."""

    def __init__(self, single: bool) -> None:
        self.single = single

    def __call__(self, audited: Iterable[Audited], language: Language) -> Iterator[str]:
        """Give the JSON text, a report at a time; both languages are in it."""
        if self.single:
            yield from (_written(each.report) + "\n" for each in audited)
            return
        separator = "[\n"
        for each in audited:
            yield separator + _written(each.report)
            separator = ",\n"
        yield "\n]\n" if separator != "[\n" else "[]\n"


def _written(report: Report) -> str:
    return msgspec.json.format(msgspec.json.encode(as_data(report)), indent=2).decode()


def both(text: Text) -> str:
    """Return both wordings in one line."""
    return f"{text.zh} / {text.en}"


def basis(citation: Citation, library: Library) -> dict[str, str]:
    """Return a citation with the title of its source and the official site."""
    source = library.source(citation.source)
    return {
        "citation": str(citation),
        "title": both(source.title) if source else citation.source,
        "url": source.url if source else "",
    }


class Cited(NamedTuple):
    """A source and the places of it that a rule cites."""

    title: Text
    url: str
    citations: tuple[str, ...]


def cited(rule: Rule, library: Library) -> list[Cited]:
    """Return the basis of a rule, each source once."""
    places: dict[str, list[str]] = {}
    for citation in rule.basis:
        places.setdefault(citation.source, []).append(str(citation))
    named = [(library.source(name), tuple(citations)) for name, citations in places.items()]
    return [
        Cited(source.title if source else SILENT, source.url if source else "", citations)
        for source, citations in named
    ]


def rule_data(rule: Rule) -> dict[str, Any]:
    """Return a rule as plain data, as `declarant rules --format json` lists it."""
    return {
        "code": rule.code,
        "family": rule.family,
        "title": two(rule.title),
        "severity": rule.severity,
        "basis": [str(citation) for citation in rule.basis],
        "since": rule.span.since.isoformat() if rule.span.since else None,
        "until": rule.span.until.isoformat() if rule.span.until else None,
        "status": rule.status,
        "page": f"docs/rules/{rule.code}.md",
    }


def two(text: Text) -> dict[str, str]:
    """Return both wordings by language."""
    return {"zh": text.zh, "en": text.en}


def _draft(report: Report) -> dict[str, Any]:
    header = report.draft.header
    return {
        "name": report.name,
        "client_seq_no": header.client_seq_no,
        "ie_flag": header.ie_flag,
        "trade_mode": header.trade_mode,
        "items": len(report.draft.items),
    }


def _finding(found: Found, report: Report) -> dict[str, Any]:
    return {
        "code": found.rule.code,
        "severity": found.severity,
        "title": two(found.rule.title),
        "message": two(found.message),
        "places": [place_data(place, report) for place in found.places],
        "found": found.found,
        "expected": found.expected,
        "basis": [basis(citation, report.library) for citation in found.rule.basis],
        "fixes": [_fix(fix, report) for fix in found.fixes],
    }


def place_data(place: Place, report: Report) -> dict[str, Any]:
    """Return a place in every notation there is for it."""
    return {
        "field": str(place),
        "label": two(label(place, report.library.fields)),
        "pointer": report.stood.pointers.get(place, place.pointer),
        "xpath": xpath(place, report.library.fields),
        "cell": report.stood.cells.get(place),
    }


def _fix(fix: Fix, report: Report) -> Mapping[str, Any]:
    assert isinstance(fix.where, Place)
    operation = "replace" if value_at(report.draft, fix.where) else "add"
    return {
        "class": fix.kind,
        "op": "remove" if fix.value is None else operation,
        "path": report.stood.pointers.get(fix.where, fix.where.pointer),
        "value": _plain(fix.value),
    }


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
        case _:
            return value
