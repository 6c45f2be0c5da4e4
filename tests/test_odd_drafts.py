"""Drafts as odd as they come: the rules bear them all."""

import random
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from auditors.declaration import Declaration
from auditors.engine import audit
from auditors.names import PARTS
from knowledge.library import shipped
from tests.sheets import cases, report_of, sheets

SHEETS = sheets()

ODD: dict[str, list[Any]] = {
    "number": [
        None,
        *map(Decimal, ("0", "-1", "1E-30", "1E+40", "NaN", "-0", "0.00001", "1E-400")),
    ],
    "count": [None, 0, -1, 10**25],
    "text": [None, "", " ", "x" * 5000, "；；|", "\x00", "@@@", "/", "N/M", "１", "\ud7ff"],
    "code": [None, "", " ", "0", "x" * 300, "中文", "\u0661", "/", "000", "-", "１１０"],
    "date": [None, date(1, 1, 1), date(2026, 11, 20)],
    "codes": [(), ("",), ("x", "x"), ("中",)],
    "counts": [(), (0,), (-1,), (99, 10**20), (1, 1)],
}


def test_no_draft_is_too_odd_for_the_rules() -> None:
    """Drafts of the sheets with some fields made nonsense: no rule breaks over them."""
    chance = random.Random(20261120)
    every = [(sheet, case) for sheet in SHEETS.values() for _, case in cases(sheet)]
    for sheet, case in chance.sample(every, 200):
        base = report_of(sheet, case)
        for _ in range(4):
            odd = base.draft
            for block in chance.choices(["header", "items", "containers", "licences"], k=3):
                odd = _made_odd(odd, block, chance)
            report = audit(odd, base.library.on(base.day))
            assert report.broken == (), odd


def _made_odd(draft: Declaration, block: str, chance: random.Random) -> Declaration:
    field = chance.choice(list(shipped().fields[block].fields.values()))
    change = {field.name: chance.choice(ODD[field.kind])}
    held = getattr(draft, block)
    if block not in PARTS:
        return msgspec.structs.replace(draft, **{block: msgspec.structs.replace(held, **change)})
    if not held:
        return draft
    at = chance.randrange(len(held))
    part = msgspec.structs.replace(held[at], **change)
    return msgspec.structs.replace(draft, **{block: (*held[:at], part, *held[at + 1 :])})
