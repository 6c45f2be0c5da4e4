"""Several drafts audited together."""

from datetime import date

import msgspec

from auditors.batch import Batch
from auditors.declaration import Declaration, Header
from auditors.engine import audit, unreadable
from auditors.formats.reading import Unreadable
from auditors.report import Report
from knowledge.library import shipped
from knowledge.text import Text

FACTS = shipped().on(date(2026, 11, 20))


def report(number: str | None, name: str, bill_no: str | None = None) -> Report:
    """Return the report of a draft of nothing but its client number and bill."""
    header = Header(client_seq_no=number, bill_no=bill_no or name)
    draft = msgspec.structs.replace(Declaration(), header=header)
    return audit(draft, FACTS, name=name)


def told_apart(reports: list[Report]) -> list[Report]:
    """Pass reports through a batch of their own."""
    return list(map(Batch().told_apart, reports))


def spoken_of(reports: list[Report]) -> list[str]:
    """Return the names of the files F030 speaks of."""
    return [
        each.name
        for each in told_apart(reports)
        if any(found.rule.code == "CN-F030" for found in each.findings)
    ]


def test_the_second_and_third_draft_with_one_number_are_spoken_of() -> None:
    """The first draft keeps its number, and the others name it."""
    batch = [report("D1", "a.json"), report("D1", "b.json"), report("D1", "c.json")]
    assert spoken_of(batch) == ["b.json", "c.json"]
    second = told_apart(batch)[1]
    assert "a.json" in second.findings[0].message.en
    assert str(second.findings[0].places[0]) == "header.client_seq_no"
    assert second.findings[1:] == batch[1].findings


def test_drafts_with_their_own_numbers_are_not_spoken_of() -> None:
    """Different numbers, and drafts without one, are left alone."""
    batch = [report("D1", "a"), report("D2", "b"), report(None, "c"), report(None, "d")]
    assert spoken_of(batch) == []
    assert told_apart(batch) == batch


def test_a_file_that_cannot_be_read_has_no_number() -> None:
    """The report of an unreadable file passes as it is."""
    fault = Unreadable(Text("文件是空的", "The file is empty"), Text("重新导出", "Export it again"))
    batch = [unreadable(fault, FACTS, name="a"), unreadable(fault, FACTS, name="b")]
    assert told_apart(batch) == batch


def test_the_same_draft_in_another_form_is_no_other_draft() -> None:
    """A draft audited as JSON and as XML is spoken of in neither."""
    batch = [report("D1", "a.json", "B1"), report("D1", "a.xml", "B1")]
    assert spoken_of(batch) == []
