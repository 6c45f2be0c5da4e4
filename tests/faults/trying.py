"""What a fault is, and how each is tried on each sound draft."""

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from auditors.engine import audit
from auditors.formats.building import Builder
from auditors.report import Report
from knowledge.library import shipped
from tests.sheets import DAY, changed

HOME = Path(__file__).parent.parent / "drafts" / "sound"
FACTS = shipped().on(DAY)

Raw = dict[str, Any]
Slip = tuple[str, dict[str, Any]]
"""The place that must be named, and the changes that make the fault."""
Making = Callable[[Raw, Raw], Iterator[Slip]]
"""Gives the slips of one fault in a draft; its second argument is the header."""


class Fault(NamedTuple):
    """One kind of slip."""

    name: str
    codes: frozenset[str]
    """Rules one of which must speak."""
    slips: Making


class Missed(NamedTuple):
    """A fault in a draft that no rule noticed."""

    draft: str
    fault: str
    place: str
    instead: tuple[str, ...]
    """What was said instead."""


FAULTS: list[Fault] = []
UNJUDGED = {
    "a country the table at hand lacks": ("header.trade_area_code", "XQX", "CN-C009"),
    "an origin it lacks": ("items[1].origin_country", "DUE", "CN-C009"),
    "a unit of measure the table at hand lacks": ("items[1].unit", "999", "CN-C011"),
    "a nature of levy the table at hand lacks": ("header.cut_mode", "777", "CN-C006"),
    "an agreement the table at hand lacks": ("items[1].fta_code", "99", "CN-C019"),
    "an office the table at hand lacks": ("header.ie_port", "2299", "CN-C013"),
}
"""Slips against code tables that are shipped in part: nothing is found, but the rule says that it
did not judge, and the report is not complete. They are no part of the share."""


def fault(name: str, codes: str) -> Callable[[Making], Making]:
    """Take a function for a fault: what it is called, and the rules that may speak of it."""

    def taken(slips: Making) -> Making:
        FAULTS.append(Fault(name, frozenset(f"CN-{code}" for code in codes.split()), slips))
        return slips

    return taken


def drafts() -> dict[str, Raw]:
    """Return every sound draft by name."""
    files = sorted(HOME.glob("*.json"))
    return {file.stem: json.loads(file.read_text("utf-8")) for file in files}


def report_of(raw: Raw) -> Report:
    """Audit a raw draft."""
    draft = Builder(shipped(), "json", names_allowed=False).declaration(raw)
    return audit(draft, FACTS)


def spoken(report: Report) -> set[tuple[str, str]]:
    """Return each rule that spoke with each place it named."""
    return {(each.rule.code, str(place)) for each in report.findings for place in each.places}


def tried() -> Iterator[tuple[str, str, Missed | None]]:
    """Try every fault on every draft: the fault, the draft, and the miss if there was one."""
    for name, raw in drafts().items():
        before = spoken(report_of(raw))
        for kind in FAULTS:
            for place, change in kind.slips(raw, raw["header"]):
                said = spoken(report_of(changed(raw, change))) - before
                caught = any(code in kind.codes and where == place for code, where in said)
                missed = None if caught else Missed(name, kind.name, place, tuple(_short(said)))
                yield kind.name, name, missed


def _short(said: set[tuple[str, str]]) -> Iterator[str]:
    return (f"{code} {place}" for code, place in sorted(said))


def last_item(raw: Raw, *filled: str) -> Iterator[tuple[str, Raw]]:
    """Give the last item that has these fields, with its place."""
    at = [n for n, item in enumerate(raw["items"], 1) if all(item.get(name) for name in filled)]
    if at:
        yield f"items[{at[-1]}]", raw["items"][at[-1] - 1]


def last_box(raw: Raw) -> Iterator[tuple[str, Raw]]:
    """Give the last container with its place."""
    if boxes := raw["containers"]:
        yield f"containers[{len(boxes)}]", boxes[-1]


@cache
def _crossing(trade_mode: str, transport_mode: str) -> bool:
    moves = FACTS.row("trade_mode", trade_mode)
    mode = FACTS.row("transport_mode", transport_mode)
    if moves is None or mode is None:
        return False
    kind = mode.more["entry_kind"]
    return moves.more["physical_border_crossing"] == "1" and kind != "special"


def crosses(header: Raw) -> bool:
    """Return whether the goods of a header cross the border."""
    return _crossing(header["trade_mode"], header["transport_mode"])


def other_digit(sign: str) -> str:
    """Return a digit that is not the one given."""
    return str((int(sign) + 3) % 10)


def turned_about(text: str, start: int = 0) -> str | None:
    """Return a text with the first two unlike neighbouring digits changed about."""
    for at in range(start, len(text) - 1):
        here, there = text[at], text[at + 1]
        if here.isdigit() and there.isdigit() and here != there:
            return text[:at] + there + here + text[at + 2 :]
    return None
