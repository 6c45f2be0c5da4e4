"""The engine: one plan, two ways to walk it, and nothing said or left unsaid by accident."""

import os
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from auditors.blocks import Context
from auditors.catalogue import catalogue
from auditors.declaration import Declaration, Header, Item
from auditors.engine import audit, day_of, unreadable
from auditors.formats import read
from auditors.formats.building import Builder
from auditors.formats.reading import Unreadable, at_line
from auditors.notation import label
from auditors.part import CHINA
from auditors.place import Place
from auditors.report import Broken, Report, Skipped
from auditors.rule import Rule
from knowledge.errors import CannotJudge
from knowledge.library import shipped
from knowledge.text import Text
from tests.reports import FORMS, example, rendered
from tests.sheets import DAY, cases, changed, found_by, report_of, sheets

HOME = Path(__file__).parents[1]
SHEETS = sheets()
SOUND = read((HOME / "tests/drafts/cn_import.json").read_bytes(), shipped(), "cn_import.json").draft
FACTS = shipped().on(DAY)


def draft(**blocks: Any) -> Declaration:
    """Return the sound draft with some blocks replaced."""
    return msgspec.structs.replace(SOUND, **blocks)


def with_header(**fields: Any) -> Declaration:
    """Return the sound draft with some fields of its header replaced."""
    return draft(header=msgspec.structs.replace(SOUND.header, **fields))


def codes(report: Report) -> list[str]:
    """Return the codes of what was found, in the order of the report."""
    return [found.rule.code for found in report.findings]


def instead(code: str, check: Any) -> dict[str, Rule]:
    """Return the catalogue with another check in one rule's place."""
    return {**catalogue(), code: catalogue()[code]._replace(check=check)}


# -- rules that fail -------------------------------------------------------------------------


def _fails(*asked: Any) -> None:
    raise ZeroDivisionError("a slip of the pen")


def test_a_rule_that_fails_costs_no_other() -> None:
    """It is set aside and named, the rest is said, and the report is not complete."""
    heavy = with_header(net_weight=Decimal(5000))
    whole = audit(heavy, FACTS)
    assert "CN-W001" in codes(whole)
    assert whole.complete
    report = audit(heavy, FACTS, rules=instead("CN-W001", _fails))
    assert report.broken == (Broken("CN-W001", "ZeroDivisionError: a slip of the pen"),)
    assert not report.complete
    assert codes(report) == [code for code in codes(whole) if code != "CN-W001"]


def test_a_rule_that_fails_in_the_careful_walk_costs_no_other() -> None:
    """Also where a withheld field sends the rules the slow way."""
    odd = read(b'{"header": {"net_weight": "heavy"}}', shipped(), "", "json").draft
    always = catalogue()["CN-W002"]._replace(check=_fails, asks={"day": False}, over="header")
    report = audit(odd, FACTS, rules={**catalogue(), "CN-W002": always})
    assert [each.code for each in report.broken] == ["CN-W002"]
    assert codes(report) == codes(audit(odd, FACTS))


@pytest.mark.parametrize(
    "fault", [RecursionError("deep"), MemoryError(), KeyError("x"), OSError(5)]
)
def test_whatever_a_rule_raises_is_set_aside(fault: Exception) -> None:
    """Any exception of a rule is named, and the audit goes on."""

    def check(*asked: Any) -> None:
        raise fault

    report = audit(SOUND, FACTS, rules=instead("CN-W001", check))
    assert [each.code for each in report.broken] == ["CN-W001"]
    assert type(fault).__name__ in report.broken[0].fault


def test_a_rule_that_cannot_judge_is_skipped_with_its_reason() -> None:
    """What a rule says it cannot judge is listed in both languages, and nothing is broken."""

    def check(*asked: Any) -> None:
        raise CannotJudge("缺汇率", "no rate known")

    report = audit(SOUND, FACTS, rules=instead("CN-W001", check))
    assert Skipped("CN-W001", Text("缺汇率", "no rate known")) in report.skipped
    assert report.complete


# -- what could not be judged ----------------------------------------------------------------


def test_circumstances_that_were_not_given_are_listed() -> None:
    """Each rule that waits for something not given is skipped, by its name on the form."""
    given = {each.code for each in audit(SOUND, FACTS).skipped}
    report = audit(draft(context=Context()), FACTS)
    more = {each.code for each in report.skipped} - given
    assert "CN-D004" in more
    arrival = label(Place("context", 0, "conveyance_arrival_date"), shipped().fields)
    assert Text(f"未提供：{arrival.zh}", f"not given: {arrival.en}") in [
        each.why for each in report.skipped if each.code == "CN-D004"
    ]
    assert list(report.skipped) == sorted(set(report.skipped))


def test_what_is_not_asked_for_is_not_listed() -> None:
    """A rule whose conditions do not hold waits for nothing."""
    export = msgspec.structs.replace(SOUND.header, ie_flag="E")
    report = audit(draft(header=export, context=Context()), FACTS)
    assert "CN-D004" not in {each.code for each in report.skipped}


def test_an_ill_formed_field_is_withheld_from_the_rules() -> None:
    """A rule that asks for it is skipped, and none takes it for blank."""
    raw = msgspec.json.decode((HOME / "tests/drafts/cn_import.json").read_bytes())
    odd = Builder(shipped(), "json").declaration(changed(raw, {"header.net_weight": "heavy"}))
    report = audit(odd, FACTS)
    assert [(found.rule.code, str(found.places[0])) for found in report.findings] == [
        ("CN-F020", "header.net_weight")
    ]
    assert report.findings[0].found == "heavy"
    why = next(each.why for each in report.skipped if each.code == "CN-W001")
    assert why == Text(
        "净重(千克)格式有误，先改正它", "Net weight (kg) is ill-formed; put it right first"
    )


def test_a_withheld_procedure_is_no_crossing() -> None:
    """Rules that ask whether goods cross the border wait for both fields that tell."""
    odd = with_header(trade_mode="01１")
    report = audit(odd, FACTS)
    assert report.complete
    assert any("监管方式" in each.why.zh for each in report.skipped)


@pytest.mark.parametrize("value", ["NaN", "-NaN", "sNaN", "Infinity", "-Infinity"])
def test_a_number_that_is_none_breaks_nothing(value: str) -> None:
    """A program may hand in what no file can say; the field is ill-formed and withheld."""
    item = msgspec.structs.replace(SOUND.items[0], qty=Decimal(value))
    odd = msgspec.structs.replace(with_header(net_weight=Decimal(value)), items=(item,))
    report = audit(odd, FACTS)
    assert report.complete
    assert {"CN-F020", "CN-F021"} <= set(codes(report))


# -- days and profiles -----------------------------------------------------------------------


def test_the_day_is_as_asked_else_as_the_draft_says_else_today() -> None:
    """What the caller says comes first, then the circumstances, then the day of declaration."""
    declared = Header(declare_date=date(2026, 1, 3))
    both = Declaration(header=declared, context=Context(as_of_date=date(2026, 1, 2)))
    assert day_of(both, date(2026, 1, 1)) == date(2026, 1, 1)
    assert day_of(both) == date(2026, 1, 2)
    assert day_of(Declaration(header=declared)) == date(2026, 1, 3)
    before = datetime.now(CHINA).date()
    assert before <= day_of(Declaration()) <= datetime.now(CHINA).date()


WEIGHED = [
    (code, name)
    for code, sheet in SHEETS.items()
    if code in catalogue() and catalogue()[code].severity == "error*"
    for name, case in cases(sheet)
    if case["found"] and "severity" not in case and "profile" not in case
]


@pytest.mark.parametrize(("code", "name"), WEIGHED)
def test_strict_takes_errors_that_are_unread_as_errors(code: str, name: str) -> None:
    """A rule marked error* warns, and is an error in the strict profile."""
    case = dict(cases(SHEETS[code]))[name]
    usual = found_by(report_of(SHEETS[code], case), code)
    strict = found_by(report_of(SHEETS[code], {**case, "profile": "strict"}), code)
    own = [found.severity for found in usual if found.severity != "warning"]
    assert all(weight == "info" for weight in own)
    assert [found.severity for found in strict] == [
        "error" if found.severity == "warning" else found.severity for found in usual
    ]


def test_some_rules_are_marked() -> None:
    """The cases above are not empty by accident."""
    assert WEIGHED


# -- sameness --------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_the_same_draft_gives_the_same_bytes(form: str) -> None:
    """Twice in one process."""
    assert rendered(form, example()) == rendered(form, example())


PROGRAM = """
import hashlib
from tests.reports import FORMS, broken, example, rendered
for form in FORMS:
    print(form, hashlib.sha256(rendered(form, example(), broken()).encode()).hexdigest())
"""


def test_the_same_draft_gives_the_same_bytes_in_any_process() -> None:
    """Whatever the order of hashes is."""
    said = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            cwd=HOME,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "4711")
    }
    assert len(said) == 1


# -- drafts made in a program ----------------------------------------------------------------


def _emptied(part: Any) -> Any:
    """Fill every empty text of a part with an empty string, as programs like to."""
    if isinstance(part, tuple):
        return tuple(_emptied(each) for each in part)
    if not isinstance(part, msgspec.Struct):
        return part
    hints = {field.name: field.type for field in msgspec.structs.fields(part)}
    values = {name: getattr(part, name) for name in hints}
    changes = {name: _emptied(value) for name, value in values.items() if value is not None}
    changes |= {
        name: "" for name, hint in hints.items() if values[name] is None and hint == str | None
    }
    return msgspec.structs.replace(part, **changes)


@pytest.mark.parametrize(
    "file", sorted((HOME / "examples").glob("*.json")), ids=lambda file: file.stem
)
def test_an_empty_string_is_an_empty_field(file: Path) -> None:
    """A draft whose blanks are empty strings is judged like one whose blanks are None."""
    plain = read(file.read_bytes(), shipped(), file.name).draft
    empty = msgspec.structs.replace(_emptied(plain), schema=plain.schema, message=plain.message)
    assert empty.header != plain.header
    facts = shipped().on(day_of(plain))
    wanted, found = audit(plain, facts), audit(empty, facts)
    assert [each[:4] for each in found.findings] == [each[:4] for each in wanted.findings]
    assert (found.skipped, found.broken) == (wanted.skipped, wanted.broken)


def test_an_empty_declaration_is_audited() -> None:
    """Nothing filled: what must be filled is asked for, and nothing breaks."""
    report = audit(Declaration(), FACTS)
    assert report.complete
    assert report.summary["error"] > 10
    assert all(found.rule.family in "FMCXTDP" for found in report.findings)


# -- order -----------------------------------------------------------------------------------


def test_findings_stand_in_the_order_of_the_form() -> None:
    """Message, header, items and containers; within each part and field, then by code."""
    item = msgspec.structs.replace(SOUND.items[0], g_no=2, qty=None, hs_code="1")
    faulty = msgspec.structs.replace(
        with_header(trade_name=None, ie_flag="X", mark_no=" N/M", pack_no=-1),
        items=(SOUND.items[0], item, Item(g_no=3)),
        containers=(msgspec.structs.replace(SOUND.containers[0], container_no="CSQU3054384"),),
    )
    report = audit(faulty, FACTS)
    ranks = [_rank(found.places[0]) for found in report.findings]
    assert len(ranks) > 15
    assert ranks == sorted(ranks)
    assert len({(each.rule.code, each.places, each.message) for each in report.findings}) == len(
        ranks
    )


def _rank(place: Place) -> tuple[int, int, int]:
    block = place.block.partition("[")[0]
    order = ["message", "header", "items", "containers"]
    fields = list(shipped().fields[block].fields) if block in shipped().fields else []
    at = order.index(block) if block in order else len(order)
    return at, place.number, fields.index(place.field) if place.field in fields else -1


def test_an_unreadable_file_is_one_finding_and_never_complete() -> None:
    """The report says what is wrong, where, and what to do."""
    fault = Unreadable(Text("坏了", "It is broken"), Text("修好", "Mend it"), at_line(3), "CN-M001")
    report = unreadable(fault, FACTS, name="a.json")
    assert codes(report) == ["CN-M001"]
    assert report.findings[0].message == Text(
        "坏了（第3行）。修好。", "It is broken (line 3). Mend it."
    )
    assert not report.complete
    assert report.worst() == "error"
