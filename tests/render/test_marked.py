"""A report in the user's own workbook."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from auditors.engine import audit, unreadable
from auditors.formats import read as read_any
from auditors.formats.reading import Reading, Unreadable
from auditors.formats.workbook import read_workbook
from auditors.render import marked as marked_module
from auditors.render.findings_sheet import HEADINGS
from auditors.render.marked import OURS, marked
from auditors.report import Broken, Report
from knowledge.library import shipped
from knowledge.text import Text
from tests.formats.workbooks import Rows, book, opened, with_part
from tests.sheets import DAY, HERE

RED = "00FFC7CE"
SHEETS: dict[str, Rows] = {
    "我的表头": (),
    "表头": (
        ("进口报关单草稿",),
        ("进出口标志", "I"),
        ("监管方式", "9999"),
        ("毛重", "1260"),
        ("净重", "2000"),
        ("标记唛码", None),
        ("合计", "=B4+1"),
    ),
    "表体": (("项号", "商品编号"), (1, "84137031"), (2, "8413703190")),
}
FINDINGS = "审核结果 Findings"


def audited(content: bytes, name: str = "draft.xlsx") -> tuple[Report, Reading]:
    """Read and audit a file."""
    reading = read_any(content, shipped(), name)
    report = audit(reading.draft, shipped().on(DAY), name=name, stood=reading.stood)
    return report, reading


def own(then: Callable[[Workbook], None] | None = None) -> tuple[Report, Any]:
    """Return the report of a workbook of somebody's own, and the workbook marked."""
    report, reading = audited(book(SHEETS, then))
    return report, opened(marked(report, reading))


def listed(marked_book: Any) -> list[list[Any]]:
    """Return the rows below the headings of the list of findings."""
    return [list(row) for row in marked_book[FINDINGS].iter_rows(min_row=3, values_only=True)]


def test_cells_are_coloured_and_explained() -> None:
    """The cell of a finding has its colour and a comment in both languages; others stay."""
    report, made = own()
    sheet = made["表头"]
    assert sheet["B5"].fill.start_color.rgb == RED
    found = next(each for each in report.findings if each.rule.code == "CN-W001")
    text = sheet["B5"].comment.text
    assert text.startswith(OURS)
    assert "[错误 / error] CN-W001" in text
    assert found.message.zh in text
    assert found.message.en in text
    assert sheet["B2"].comment is None
    assert sheet["B2"].fill.fill_type is None
    assert sheet["A5"].comment is None


def test_blank_cells_are_marked() -> None:
    """A field left blank is marked where it is to be filled in, with the change that is safe."""
    _, made = own()
    cell = made["表头"]["B6"]
    assert cell.value is None
    assert "CN-F027" in cell.comment.text
    assert "→ 可自动修正 / safe fix: 标记唛码 / Marks and numbers → N/M" in cell.comment.text


def test_the_workbook_stays_as_it_was() -> None:
    """Sheets, values and formulas are the user's; a list of findings comes at the end."""
    _, made = own()
    assert made.sheetnames == ["我的表头", "表头", "表体", FINDINGS]
    assert made.active.title == FINDINGS
    assert made["表头"]["B7"].value == "=B4+1"
    assert [cell.value for cell in made["表头"]["A"]] == [row[0] for row in SHEETS["表头"]]


def test_findings_of_lines() -> None:
    """A finding in an item is marked in its line; a field with no column, in the first cell."""
    report, made = own()
    assert made["表体"]["B2"].fill.start_color.rgb == RED
    assert "CN-F006" in made["表体"]["B2"].comment.text
    blank = [found for found in report.findings if str(found.places[0]) == "items[2].goods_name"]
    assert blank
    assert "CN-F005" in made["表体"]["A3"].comment.text


def test_the_list_has_every_finding() -> None:
    """Code, severity, place, cell, values, both messages, basis and what to do."""
    report, made = own()
    rows = listed(made)
    assert len(HEADINGS) == len(rows[0]) == 10
    assert [row[1] for row in rows[: len(report.findings)]] == [
        found.rule.code for found in report.findings
    ]
    row = next(row for row in rows if row[1] == "CN-C001")
    assert row[0] == "错误 / error"
    assert row[2] == "监管方式 / Customs procedure (trade mode)\nheader.trade_mode"
    assert row[3:5] == ["表头!B3", "9999"]
    found = next(found for found in report.findings if found.rule.code == "CN-C001")
    assert row[6:8] == list(found.message)
    assert "cn-gacc-2019-18#14" in row[8]
    assert row[9] == "按说明核对并改正 / check and correct as the message says"
    safe = next(row for row in rows if row[1] == "CN-F027")
    assert safe[5] == "N/M"
    assert "可自动修正" in safe[9]
    link = next(cell for cell in made[FINDINGS]["D"] if cell.value == "表头!B3")
    assert link.hyperlink.location == "'表头'!B3"


def test_what_was_not_judged_is_listed_too() -> None:
    """A list without findings is no clean result where rules could not judge."""
    report, made = own()
    rows = listed(made)[len(report.findings) :]
    assert [row[1] for row in rows] == [skipped.code for skipped in report.skipped]
    assert {row[0] for row in rows} == {"未判断 / not judged"}
    assert made[FINDINGS]["A1"].value.startswith("draft.xlsx")
    assert str(DAY) in made[FINDINGS]["A1"].value


def test_a_rule_that_failed_is_listed() -> None:
    """What broke is told, and that the audit is not complete."""
    report, reading = audited(book(SHEETS))
    broken = report._replace(broken=(Broken("CN-W001", "KeyError: '='"),))
    made: Any = opened(marked(broken, reading))
    assert listed(made)[-1][:2] == ["规则故障，已搁置 / rule failed and set aside", "CN-W001"]
    assert "不能视为无误" in made[FINDINGS]["A1"].value


def test_the_users_comments_stay() -> None:
    """Our words come below the user's."""

    def comment(made: Workbook) -> None:
        made["表头"]["B5"].comment = Comment("向客户核实", "张三")
        made["表头"]["B2"].comment = Comment("不改", "张三")

    _, made = own(comment)
    assert made["表头"]["B5"].comment.text.startswith(f"向客户核实\n{OURS}\n")
    assert made["表头"]["B2"].comment.text == "不改"


def test_marks_of_an_earlier_audit_go() -> None:
    """Marking a marked workbook anew leaves no trace of what was put right meanwhile."""

    def comment(made: Workbook) -> None:
        made["表头"]["B5"].comment = Comment("向客户核实", "张三")
        made["表头"]["B2"].fill = PatternFill("solid", start_color="FFC7CE")

    made = own(comment)[1]
    made["表头"]["B5"] = 1200
    made["表头"]["B3"] = "1210"
    raw = BytesIO()
    made.save(raw)
    report, reading = audited(raw.getvalue())
    again: Any = opened(marked(report, reading))
    assert again["表头"]["B5"].comment.text == "向客户核实"
    assert again["表头"]["B5"].fill.fill_type is None
    assert again["表头"]["B3"].comment is None
    assert again["表头"]["B2"].fill.start_color.rgb == RED
    assert again["表头"]["B6"].comment.text.count(OURS) == 1
    assert again.sheetnames.count(FINDINGS) == 1
    assert len(again.sheetnames) == 4


def test_a_merged_cell_is_marked_once() -> None:
    """Lines that share a merged cell share its mark."""

    def merge(made: Workbook) -> None:
        made["表体"].merge_cells("B2:B3")

    _, made = own(merge)
    assert made["表体"]["B2"].comment.text.count("CN-F006") == 2


def test_a_draft_from_elsewhere_is_written_first() -> None:
    """A JSON draft becomes a workbook with the same marks; reading it finds the same again."""
    content = (HERE / "drafts" / "cn_import.json").read_bytes()
    content = content.replace(b'"net_weight": "1180"', b'"net_weight": "2000"')
    content = content.replace("离心泵".encode(), b"=1+1")
    report, reading = audited(content, "draft.json")
    made = marked(report, reading)
    assert made == marked(report, reading)
    sheet: Any = opened(made)["表头 Header"]
    assert [cell.fill.start_color.rgb for cell in sheet["C"] if cell.comment] == [RED]
    again, _ = audited(made)
    assert [(found.rule.code, found.places) for found in again.findings] == [
        (found.rule.code, found.places) for found in report.findings
    ]
    assert again.draft.items[0].goods_name == "=1+1"
    assert marked(report) == made


def test_a_huge_workbook_is_written_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would not fit into memory is not opened whole."""
    monkeypatch.setattr(marked_module, "MAX_UNPACKED", 100)
    _, made = own()
    assert made.sheetnames[0] == "表头 Header"
    assert made["表头 Header"]["C62"].comment


def test_a_workbook_that_cannot_be_written_again() -> None:
    """A part that reading does not need may be broken: the draft is written anew and marked."""

    def comment(made: Workbook) -> None:
        made["表头"]["B5"].comment = Comment("向客户核实", "张三")

    name = "xl/comments/comment1.xml"
    content = with_part(book(SHEETS, comment), name, lambda _: b"<comments><broken")
    made: Any = opened(marked(*audited(content)))
    assert made.sheetnames[0] == "表头 Header"
    assert made["表头 Header"]["C62"].comment


def test_a_file_that_could_not_be_read() -> None:
    """There is nothing to mark: the list says why."""
    with pytest.raises(Unreadable) as refused:
        read_workbook(b"%PDF-1.7", shipped())
    report = unreadable(refused.value, shipped().on(DAY), name="draft.xlsx")
    made: Any = opened(marked(report))
    assert made.sheetnames == [FINDINGS]
    row = listed(made)[0]
    assert row[1] == "CN-M001"
    assert Text(*row[6:8]) == report.findings[0].message
    assert "不能视为无误" in made[FINDINGS]["A1"].value
