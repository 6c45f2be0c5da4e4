"""Sheets of cases: a sound draft changed field by field, and the places a rule then names.

A customs officer can add a case: copy one, change `set` and `found`. Keys of a case:

- `set`: new values by place, `header.net_weight: 1000`, `items[1].qty: "2.5"`; null empties a
  field; `items[3]: {…}` adds a line, a copy of the last one with these changes; a whole block
  may be set too, `containers: []`; `{of: 字, times: 256}` is a long text.
- `form`: json, xml or xlsx, what the draft is taken to come from; `message`: what its reader
  noticed, `{version: "3.1"}` or `{formulas: [{place: items[1].qty, found: =A1*2}]}`.
- `file`: the text of a whole file, in place of the draft; `encoding`: of its bytes.
- `found`: the places the rule must name, in any order; `[]` when it must be silent.
- `day`: the day of the audit; `profile`: default or strict; `complete`: code tables to be taken
  as complete; `severity`: what each finding must weigh; `skipped: true`: the rule must say that
  it cannot judge; `fixes: {place: value}`: the changes it must offer, safe or suggested; `says`:
  words that each finding must have in Chinese.
"""

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from auditors.declaration import Declaration
from auditors.engine import audit, unreadable
from auditors.formats import Unreadable, read
from auditors.formats.building import Builder
from auditors.notation import written
from auditors.place import Oddity, Place
from auditors.report import Found, Report
from auditors.rule import Rule
from knowledge.fields import FieldTable
from knowledge.library import SHIPPED, Library, shipped

HERE = Path(__file__).parent
DAY = date(2026, 11, 20)
ALLOWED = {
    "set", "form", "message", "file", "encoding", "found", "day", "profile", "complete",
    "severity", "skipped", "fixes", "says",
}  # fmt: skip


def sheets() -> dict[str, dict[str, Any]]:
    """Return every sheet by the code of its rule."""
    files = sorted((HERE / "rules").glob("*/*.yaml"))
    read = (yaml.safe_load(file.read_text("utf-8")) for file in files)
    return {sheet["rule"]: sheet for sheet in read}


def cases(sheet: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return the cases of a sheet by name."""
    yield from sheet["cases"].items()


Rules = Mapping[str, Rule] | None


def report_of(
    sheet: Mapping[str, Any],
    case: Mapping[str, Any],
    rules: Rules = None,
    fields: FieldTable | None = None,
) -> Report:
    """Audit the draft of a sheet as a case changes it; with other rules or fields, if wanted."""
    assert not case.keys() - ALLOWED, f"unknown keys {case.keys() - ALLOWED}"
    library = _library(tuple(case.get("complete", ())), fields)
    facts = library.on(case.get("day", DAY))
    if "file" in case:
        content = case["file"].encode(case.get("encoding", "utf-8"))
        try:
            draft = read(content, library).draft
        except Unreadable as fault:
            return unreadable(fault, facts)
    else:
        draft = _draft(sheet["draft"], case, library)
    return audit(draft, facts, case.get("profile", "default"), rules=rules)


def _draft(name: str, case: Mapping[str, Any], library: Library) -> Declaration:
    raw = json.loads((HERE / "drafts" / name).read_text("utf-8"))
    form = case.get("form", "json")
    builder = Builder(library, form, names_allowed=form == "xlsx")
    noticed = {kind: _noticed(said) for kind, said in case.get("message", {}).items()}
    return builder.declaration(changed(raw, case.get("set", {})), **noticed)


def _noticed(said: Any) -> Any:
    if isinstance(said, str):
        return said
    return tuple(Oddity(**each | {"place": Place.parse(each["place"])}) for each in said)


def found_by(report: Report, code: str) -> list[Found]:
    """Return the findings of one rule."""
    return [found for found in report.findings if found.rule.code == code]


def verdict(
    sheet: Mapping[str, Any],
    case: Mapping[str, Any],
    rules: Rules = None,
    fields: FieldTable | None = None,
) -> str:
    """Return what is wrong with a case, or an empty string when the rule does as it says."""
    report, code = report_of(sheet, case, rules, fields), sheet["rule"]
    found = found_by(report, code)
    faults = [f"broken: {each}" for each in report.broken]
    named = sorted(str(each.places[0]) for each in found)
    if named != sorted(case["found"]):
        faults.append(f"found {named}, expected {sorted(case['found'])}")
    if "severity" in case and {each.severity for each in found} - {case["severity"]}:
        faults.append(f"weighs {[each.severity for each in found]}")
    if case.get("skipped", False) != any(each.code == code for each in report.skipped):
        faults.append(f"skipped: {[each.why.en for each in report.skipped if each.code == code]}")
    if any(case.get("says", "") not in each.message.zh for each in found):
        faults.append(f"says {[each.message.zh for each in found]}")
    if "fixes" in case:
        offered = {str(fix.where): written(fix.value) for each in found for fix in each.fixes}
        wanted = {place: str(value or "") for place, value in case["fixes"].items()}
        if offered != wanted:
            faults.append(f"offers {offered}")
    return "; ".join(faults)


def changed(raw: dict[str, Any], by: Mapping[str, Any]) -> dict[str, Any]:
    """Return a raw draft with some places set anew."""
    draft = copy.deepcopy(raw)
    for written_place, value in by.items():
        _set(draft, Place.parse(written_place), _in_full(value))
    return draft


def _in_full(value: Any) -> Any:
    if isinstance(value, dict) and value.keys() == {"of", "times"}:
        return value["of"] * value["times"]
    return value


def _set(draft: dict[str, Any], place: Place, value: Any) -> None:
    holder = draft
    *outer, last = place.block.split(".")
    for step in outer:
        holder = holder.setdefault(step, {})
    if place.number:
        parts = holder.setdefault(last, [])
        while len(parts) < place.number:
            parts.append(copy.deepcopy(parts[-1]) if parts else {})
        if place.field:
            parts[place.number - 1][place.field] = value
        else:
            parts[place.number - 1].update(value)
    elif place.field:
        holder.setdefault(last, {})[place.field] = value
    else:
        holder[last] = value


class _Varied(Library):
    """The shipped library with some tables taken as complete, or with other fields."""

    def __init__(self, complete: tuple[str, ...], fields: FieldTable | None) -> None:
        super().__init__(SHIPPED)
        self._tables |= {name: shipped().table(name) for name in shipped().tables()}
        for name in complete:
            self._tables[name] = replace(self.table(name), complete=True, shape=None)
        if fields:
            self.__dict__["fields"] = fields


_libraries: dict[tuple[tuple[str, ...], int], Library] = {}


def _library(complete: tuple[str, ...], fields: FieldTable | None) -> Library:
    """Return the library of a case; the last one made is kept, for the next case."""
    if not complete and not fields:
        return shipped()
    key = complete, id(fields)
    if key not in _libraries:
        _libraries.clear()
        _libraries[key] = _Varied(complete, fields)
    return _libraries[key]
