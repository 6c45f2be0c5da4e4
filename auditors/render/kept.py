"""A report kept as data, and brought back without its draft."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from auditors.catalogue import catalogue
from auditors.declaration import Declaration, Header, Item
from auditors.finding import Fix
from auditors.notation import Stood
from auditors.place import Place
from auditors.render import pieces
from auditors.render.audited import Audited
from auditors.render.plain import as_data
from auditors.report import Broken, Found, Report, Skipped
from knowledge.library import Library
from knowledge.text import Language, Text

FORMS = ("json", "text", "sarif", "junit", "html", "md")
"""Renderings that need no draft; a workbook is drawn from the draft itself."""


class Kept(msgspec.Struct, frozen=True):
    """What is kept of a report."""

    report: msgspec.Raw
    """The report as JSON."""
    fixed: tuple[str, ...] = ()
    """The places of the fixes, in the order of the report."""
    unjudged: tuple[Text, ...] = ()
    """Why rules could not judge, in the order of the report."""


def keep(report: Report) -> tuple[bytes, bytes]:
    """Return a report as JSON, and what is to be kept of it."""
    shown = msgspec.json.encode(as_data(report))
    fixed = tuple(str(fix.where) for found in report.findings for fix in found.fixes)
    unjudged = tuple(each.why for each in report.skipped)
    return shown, msgspec.json.encode(Kept(msgspec.Raw(shown), fixed, unjudged))


def shown(content: bytes) -> bytes:
    """Return the JSON of a report that was kept."""
    return bytes(msgspec.json.decode(content, type=Kept).report)


def brought_back(content: bytes, library: Library) -> Report:
    """Return a report that was kept; of its draft there is only what the report tells.

    Raises:
        KeyError: it names a rule that this program does not know.
    """
    kept = msgspec.json.decode(content, type=Kept)
    data = msgspec.json.decode(kept.report)
    fixed = iter(kept.fixed)
    return Report(
        draft=_draft(data["draft"]),
        name=data["draft"]["name"],
        day=date.fromisoformat(data["as_of"]),
        profile=data["profile"],
        findings=tuple(_found(each, fixed) for each in data["findings"]),
        skipped=tuple(
            Skipped(each["code"], why)
            for each, why in zip(data["skipped"], kept.unjudged, strict=True)
        ),
        broken=tuple(Broken(**each) for each in data["broken"]),
        readable=data["complete"] or bool(data["broken"]),
        versions=data["versions"],
        stood=_stood(data["findings"], kept.fixed),
        library=library,
    )


def rendered(content: bytes, library: Library, form: str, language: Language) -> bytes:
    """Return a report that was kept in one of `FORMS`.

    Raises:
        KeyError: it names a rule that this program does not know.
    """
    if form == "json":
        return shown(content)
    audited = Audited(brought_back(content, library))
    text = b"".join(pieces(form, [audited], language, single=True))
    return _with_fixes(text, content) if form == "sarif" else text


def _with_fixes(sarif: bytes, content: bytes) -> bytes:
    """Whether a fix adds or replaces, only the draft could tell anew."""
    log = msgspec.json.decode(sarif)
    data = msgspec.json.decode(shown(content))
    for result, found in zip(log["runs"][0]["results"], data["findings"], strict=True):
        result["properties"]["fixes"] = found["fixes"]
    return msgspec.json.encode(log) + b"\n"


def _draft(data: Mapping[str, Any]) -> Declaration:
    header = Header(
        client_seq_no=data["client_seq_no"],
        ie_flag=data["ie_flag"],
        trade_mode=data["trade_mode"],
    )
    return Declaration(header=header, items=(Item(),) * data["items"])


def _found(data: Mapping[str, Any], fixed: Iterator[str]) -> Found:
    return Found(
        rule=catalogue()[data["code"]],
        severity=data["severity"],
        message=Text(**data["message"]),
        places=tuple(Place.parse(each["field"]) for each in data["places"]),
        found=data["found"],
        expected=data["expected"],
        fixes=tuple(_fix(each, Place.parse(next(fixed))) for each in data["fixes"]),
    )


def _fix(data: Mapping[str, Any], where: Place) -> Fix:
    value = data["value"]
    return Fix(data["class"], where, tuple(value) if isinstance(value, list) else value)


def _stood(findings: list[Any], fixed: tuple[str, ...]) -> Stood:
    """Where fields stood in the file, as far as the report tells."""
    places = [each for found in findings for each in found["places"]]
    fixes = [fix for found in findings for fix in found["fixes"]]
    cells = {Place.parse(each["field"]): each["cell"] for each in places if each["cell"]}
    pointers = {Place.parse(each["field"]): each["pointer"] for each in places}
    pointers |= {Place.parse(where): fix["path"] for where, fix in zip(fixed, fixes, strict=True)}
    odd = {place: pointer for place, pointer in pointers.items() if pointer != place.pointer}
    return Stood(cells, odd)
