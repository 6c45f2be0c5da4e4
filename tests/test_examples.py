"""The examples: sound ones pass, faulty ones are found to hold what their sheet says, in every form."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml

from auditors.engine import audit, day_of
from auditors.fixing import fixed
from auditors.formats import read, write
from auditors.formats.reading import Form, Reading
from auditors.render import pieces
from auditors.render.audited import Audited
from auditors.report import Report
from auditors.rule import Profile
from examples.make import HOME, files, names
from knowledge.library import shipped

DAY = date(2026, 11, 20)
"""The messages have no room for the day of audit; everything else is read as of this day too."""
FACTS = shipped().on(DAY)
FORMS: tuple[Form, ...] = ("json", "xml", "xlsx")
EXPECTED: Mapping[str, Mapping[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "examples.yaml").read_text("utf-8")
)
SOUND = [name for name in names() if not name.endswith("_faulty")]
FAULTY = [name for name in names() if name.endswith("_faulty")]
each_form = pytest.mark.parametrize("form", FORMS)
each_sound = pytest.mark.parametrize("name", SOUND)
each_faulty = pytest.mark.parametrize("name", FAULTY)


def read_anew(name: str, form: Form) -> Reading:
    """Read one form of an example."""
    file = f"{name}.{form}"
    return read((HOME / file).read_bytes(), shipped(), file)


reading = cache(read_anew)
made = cache(lambda: dict(files()))


def audited(name: str, form: Form, profile: Profile = "default") -> Report:
    """Audit one form of an example."""
    return report_of(reading(name, form), profile)


def report_of(drafted: Reading, profile: Profile = "default") -> Report:
    """Audit a draft that was read."""
    return audit(drafted.draft, FACTS, profile, name=drafted.name, stood=drafted.stood)


def spoken(report: Report) -> list[str]:
    """Return each finding by its code and place."""
    return sorted(f"{found.rule.code} {found.places[0]}" for found in report.findings)


def as_json(report: Report) -> bytes:
    """Return a report as the command line prints it with `--format json`."""
    return b"".join(pieces("json", [Audited(report)], "zh", single=True))


def expected(name: str, form: Form) -> list[str]:
    """Return what the sheet says of one form of an example."""
    sheet = EXPECTED[name]
    found = [*sheet["found"], *([] if form == "xml" else sheet.get("not_in_xml", []))]
    other = sheet.get("in_xlsx", {}) if form == "xlsx" else {}
    return sorted(other.get(each, each) for each in found)


def test_every_example_comes_sound_and_faulty() -> None:
    """For each sound example there is a faulty one, and the sheet knows all of these."""
    assert [f"{name}_faulty" for name in SOUND if name != "one"] == FAULTY == sorted(EXPECTED)


@each_form
@each_sound
@pytest.mark.parametrize("profile", ["default", "strict"])
def test_a_sound_example_gives_no_finding(name: str, form: Form, profile: Profile) -> None:
    """Nothing is said of a sound draft, not even for information."""
    report = audited(name, form, profile)
    assert not spoken(report)
    assert report.complete


@pytest.mark.parametrize("form", ["json", "xlsx"])
@pytest.mark.parametrize("name", [*SOUND, *FAULTY])
def test_an_example_says_its_day(name: str, form: Form) -> None:
    """In any year it is audited as of the same day, without being told so."""
    assert day_of(reading(name, form).draft) == DAY


@each_form
@each_faulty
def test_a_faulty_example_holds_what_its_sheet_says(name: str, form: Form) -> None:
    """Each mistake is found where it was made, and nothing besides."""
    report = audited(name, form)
    assert spoken(report) == expected(name, form)
    assert report.complete


@each_faulty
def test_a_faulty_example_holds_several_kinds_of_mistakes(name: str) -> None:
    """Mistakes come from at least four families of rules."""
    report = audited(name, "json")
    assert len({found.rule.family for found in report.findings}) >= 4


@each_faulty
def test_what_the_message_has_no_room_for_is_not_judged(name: str) -> None:
    """A rule that is silent on the message only because something is lost says so."""
    report = audited(name, "xml")
    skipped = {each.code for each in report.skipped}
    lost = {each.split()[0] for each in EXPECTED[name].get("not_in_xml", [])}
    assert lost <= skipped


@pytest.mark.parametrize("form", ["xml", "xlsx"])
@pytest.mark.parametrize("name", [*SOUND, *FAULTY])
def test_every_form_gives_the_same_findings(name: str, form: Form) -> None:
    """Code, place, severity and what was found are the same in JSON and in another form.

    Rules that could judge only one of the two, for want of circumstances, are left out; they are
    the same rules for every draft of that kind, and the sheet names those that would have spoken.
    """
    first, second = audited(name, "json"), audited(name, form)
    apart = {each.code for each in first.skipped} ^ {each.code for each in second.skipped}
    other = EXPECTED[name].get("in_xlsx", {}) if name in EXPECTED and form == "xlsx" else {}
    apart |= {each.split()[0] for pair in other.items() for each in pair}
    assert _told(first, apart) == _told(second, apart)


def _told(report: Report, apart: set[str]) -> list[tuple[str, ...]]:
    return sorted(
        (found.rule.code, str(found.places[0]), found.severity, found.found)
        for found in report.findings
        if found.rule.code not in apart
    )


@pytest.mark.parametrize("name", [*SOUND, *FAULTY])
def test_a_workbook_holds_all_and_a_message_all_but_the_circumstances(name: str) -> None:
    """What a message leaves out are documents, circumstances and two fields it has no element for."""
    draft = reading(name, "json").draft
    assert not write(draft, shipped(), "xlsx").left_out
    left_out = {str(place) for place in write(draft, shipped(), "xml").left_out}
    beyond = {each for each in left_out if not each.startswith(("context.", "documents."))}
    assert {each.rpartition(".")[2] for each in beyond} <= {"pack_qty", "ec_no"}


def test_messages_and_workbooks_are_up_to_date() -> None:
    """`python -m examples.make` would write what is there."""
    stale = [
        file.name
        for file, content in made().items()
        if _inside(file.read_bytes()) != _inside(content)
    ]
    assert not stale, "run `python -m examples.make`"


def _inside(content: bytes) -> object:
    """A workbook is compared by what it holds: compressors differ in bytes, not in content."""
    if not content.startswith(b"PK"):
        return content
    with ZipFile(BytesIO(content)) as parts:
        return [(part.filename, part.date_time, parts.read(part)) for part in parts.infolist()]


def test_writing_twice_gives_the_same_bytes() -> None:
    """The same draft gives the same message and the same workbook."""
    assert made() == dict(files())


@each_form
@each_faulty
def test_auditing_twice_gives_the_same_bytes(name: str, form: Form) -> None:
    """Reports do not depend on when or how often they are made."""
    assert as_json(audited(name, form)) == as_json(report_of(read_anew(name, form)))


@each_form
@each_faulty
def test_safe_changes_settle_what_they_were_offered_for(name: str, form: Form) -> None:
    """After `--fix`, written and read again, nothing remains that had a safe change."""
    report = audited(name, form)
    draft, applied = fixed(report)
    settled = {(each.found.rule.code, each.found.places[0]) for each in applied}
    written = write(draft, shipped(), form).content
    for again in (draft, read(written, shipped(), f"fixed.{form}").draft):
        found = {(each.rule.code, each.places[0]) for each in audit(again, FACTS).findings}
        assert not settled & found


def test_the_demo_shows_every_severity_and_safe_changes() -> None:
    """`make demo` prints errors, a warning and a hint, and offers at least two safe changes."""
    report = audited("import_sea_faulty", "json")
    assert all(report.summary.values())
    assert len(fixed(report)[1]) >= 2


@each_faulty
def test_the_readme_names_each_code(name: str) -> None:
    """The table of the README lists what the faulty file holds."""
    lines = (HOME / "README.md").read_text("utf-8").splitlines()
    row = next(line for line in lines if line.startswith(f"| `{name}`"))
    listed = {word.strip("`,") for word in row.split() if word.startswith("`CN-")}
    sheet = EXPECTED[name]
    held = (*sheet["found"], *sheet.get("not_in_xml", []), *sheet.get("in_xlsx", {}).values())
    assert listed == {each.split()[0] for each in held}
