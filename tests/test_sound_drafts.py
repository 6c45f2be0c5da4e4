"""Sound drafts give no false alarm, whatever form they are in; single faults in them are caught."""

import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml

from auditors.engine import audit
from auditors.formats import read, write
from auditors.formats.reading import Form
from auditors.report import Report
from knowledge.library import shipped
from tests.faults import FACTS, FAULTS, HOME, UNJUDGED, drafts, report_of, tried
from tests.sheets import changed

NAMES = sorted(file.stem for file in HOME.glob("*.json"))
KNOWN: dict[str, dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "sound_drafts.yaml").read_text("utf-8")
)
LEAST_SHARE = 0.98
each_draft = pytest.mark.parametrize("name", NAMES)


@cache
def report(name: str) -> Report:
    """Audit a sound draft as it stands."""
    content = (HOME / f"{name}.json").read_bytes()
    return audit(read(content, shipped(), f"{name}.json").draft, FACTS)


results = cache(lambda: tuple(tried()))


def said(found: Report) -> set[str]:
    """Return each finding by its code and place."""
    return {f"{each.rule.code} {each.places[0]}" for each in found.findings}


@each_draft
def test_a_sound_draft_is_left_alone(name: str) -> None:
    """No error; a warning only where the sheet gives its reason; nothing broken."""
    assert report(name).broken == ()
    assert [each for each in report(name).findings if each.severity == "error"] == []
    assert said(report(name)) == KNOWN.get(name, {}).keys()


@each_draft
@pytest.mark.parametrize("form", ["json", "xml", "xlsx"])
def test_a_sound_draft_is_sound_in_every_form(name: str, form: Form) -> None:
    """Written and read again it says no more than it said before."""
    content = write(report(name).draft, shipped(), form).content
    again = audit(read(content, shipped(), f"{name}.{form}").draft, FACTS)
    assert said(again) <= said(report(name))


def test_reasons_are_given_for_drafts_there_are() -> None:
    """The sheet names no draft that is gone."""
    assert KNOWN.keys() <= set(NAMES)


def test_single_faults_are_caught() -> None:
    """Of all single slips in all drafts at least 98 % are named by the right rule at the place."""
    missed = [miss for *_, miss in results() if miss]
    share = 1 - len(missed) / len(results())
    sys.stdout.write(f"{len(FAULTS)} faults, {len(results())} slips, {share:.2%} caught\n")
    assert share >= LEAST_SHARE, Counter(miss.fault for miss in missed).most_common()


def test_every_fault_fits_some_draft() -> None:
    """No fault is idle, and none has the name of another."""
    names = [fault.name for fault in FAULTS]
    assert len(names) == len(set(names))
    assert {name for name, *_ in results()} == set(names)


@pytest.mark.parametrize("slip", UNJUDGED)
def test_codes_a_partial_table_lacks_are_said_to_be_unjudged(slip: str) -> None:
    """Such a slip is not passed over in silence."""
    place, value, code = UNJUDGED[slip]
    for raw in drafts().values():
        skipped = {each.code for each in report_of(changed(raw, {place: value})).skipped}
        assert code in skipped
