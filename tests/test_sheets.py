"""Every rule, case by case."""

from typing import Any

import pytest

from auditors.catalogue import catalogue
from tests.sheets import cases, sheets, verdict

SHEETS = sheets()
CASES = [
    pytest.param(sheet, case, id=f"{code} {name}")
    for code, sheet in SHEETS.items()
    for name, case in cases(sheet)
]


@pytest.mark.parametrize(("sheet", "case"), CASES)
def test_case(sheet: dict[str, Any], case: dict[str, Any]) -> None:
    """A rule names the places its sheet names, and no others."""
    assert not verdict(sheet, case)


BATCH = {"CN-F030"}
"""Rules that speak of several drafts at once, which no sheet can show: see test_batch.py."""


@pytest.mark.parametrize("code", [code for code in catalogue() if code not in BATCH])
def test_speaks_and_is_silent(code: str) -> None:
    """Each rule is shown at least once speaking and once silent."""
    found = [bool(case["found"]) for _, case in cases(SHEETS[code])]
    assert any(found)
    assert not all(found)
