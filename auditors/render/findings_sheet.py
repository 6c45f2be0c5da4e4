"""The sheet of a marked workbook that lists what an audit found and what it could not judge."""

from collections.abc import Callable, Iterator, Sequence

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from auditors.finding import Fix
from auditors.formats.workbook_labels import FINDINGS
from auditors.formats.workbook_saving import fill, printable, put
from auditors.notation import label, written
from auditors.place import Place
from auditors.render.plain import basis, both
from auditors.render.text import FAILED, FIXES, NAMES, NOT_JUDGED
from auditors.report import Found, Report
from knowledge.text import Text

HEADINGS = (
    ("级别 Severity", 14),
    ("代码 Code", 11),
    ("位置 Place", 34),
    ("单元格 Cell", 24),
    ("填报 Found", 22),
    ("应为 Expected", 18),
    ("说明", 52),
    ("Message", 52),
    ("依据 Basis", 44),
    ("处理 What to do", 44),
)
CELL_COLUMN = 4
FIRST = 3
"""Row of the first finding, below the summary and the headings."""
COLOURS = {"error": "FFC7CE", "warning": "FFEB9C", "info": "DDEBF7"}
BOLD = Font(bold=True)
LINK = Font(color="0563C1", underline="single")
WRAPPED = Alignment(wrap_text=True, vertical="top")
SEE = Text("按说明核对并改正", "check and correct as the message says")


def add_findings(book: Workbook, report: Report, address: Callable[[Place], str]) -> None:
    """Put the list of findings at the end of a workbook, in place of an older one, and show it."""
    if FINDINGS in book.sheetnames:
        book.remove(book[FINDINGS])
    sheet: Worksheet = book.create_sheet(FINDINGS)
    put(sheet, 1, 1, _summary(report)).font = BOLD
    for column, (heading, width) in enumerate(HEADINGS, 1):
        put(sheet, 2, column, heading).font = BOLD
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, texts in enumerate(_rows(report, address), FIRST):
        _add(sheet, row, texts)
    for row, found in enumerate(report.findings, FIRST):
        sheet.cell(row, 1).fill = fill(COLOURS[found.severity])
    sheet.freeze_panes = f"A{FIRST}"
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(HEADINGS))}{max(sheet.max_row, FIRST)}"
    for other in book.worksheets:
        other.sheet_view.tabSelected = False
    book.active = sheet


def _summary(report: Report) -> str:
    counts = report.summary
    said = "；".join(f"{counts[weight]} {both(name)}" for weight, name in NAMES.items())
    incomplete = "；审核不完整，不能视为无误 / the audit is incomplete: not a clean result"
    day = f"审核日 / as of {report.day}，{report.profile}"
    return f"{report.name}  {said}；{day}{'' if report.complete else incomplete}".strip()


def _rows(report: Report, address: Callable[[Place], str]) -> Iterator[Sequence[str]]:
    for found in report.findings:
        yield _row(found, report, address)
    for skipped in report.skipped:
        yield both(NOT_JUDGED), skipped.code, "", "", "", "", skipped.why.zh, skipped.why.en
    for broken in report.broken:
        yield both(FAILED), broken.code, "", "", "", "", broken.fault, broken.fault


def _row(found: Found, report: Report, address: Callable[[Place], str]) -> Sequence[str]:
    place = found.places[0]
    return (
        both(NAMES[found.severity]),
        found.rule.code,
        f"{both(label(place, report.library.fields))}\n{place}" if place.block else "",
        address(place),
        found.found,
        found.expected,
        found.message.zh,
        found.message.en,
        "\n".join(_basis(found, report)),
        "\n".join(_to_do(found, report)),
    )


def _basis(found: Found, report: Report) -> Iterator[str]:
    for citation in found.rule.basis:
        told = basis(citation, report.library)
        yield f"{told['citation']} {told['title']}"


def _to_do(found: Found, report: Report) -> Iterator[str]:
    yield from (described(fix, report) for fix in found.fixes)
    if not found.fixes:
        yield both(SEE)


def described(fix: Fix, report: Report) -> str:
    """Return a change in both languages: what becomes what, and whether it is certain."""
    assert isinstance(fix.where, Place)
    value = written(fix.value) or "（清空）/ (empty)"
    return f"{both(FIXES[fix.kind])}: {both(label(fix.where, report.library.fields))} → {value}"


def _add(sheet: Worksheet, row: int, texts: Sequence[str]) -> None:
    for column, text in enumerate(texts, 1):
        cell = put(sheet, row, column, printable(text) or None)
        cell.alignment = WRAPPED
        if column == CELL_COLUMN and text:
            title, _, coordinate = text.rpartition("!")
            quoted = title.replace("'", "''")
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{coordinate}")
            cell.font = LINK
