"""The Excel template: complete, empty, and read as it is filled in."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from auditors.declaration import Declaration, Message
from auditors.formats.workbook import read_workbook
from auditors.formats.workbook_labels import MAIN, sheet_blocks
from auditors.formats.workbook_template import BLOCKS, REQUIRED, template
from knowledge.library import shipped
from tests.formats.workbooks import opened

CONTENT = template(shipped())
FIELDS = {
    (name, field.name): field
    for name in BLOCKS
    for field in sheet_blocks(shipped())[name].fields.values()
}


@pytest.fixture(scope="module")
def book() -> Workbook:
    """The template, opened."""
    return opened(CONTENT)


def _value_cell(book: Workbook, block: str, field: str) -> Any:
    """Return the first cell to fill in for a field, its label, and what formats it."""
    sheet: Any = book[shipped().fields[block].sheet]
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, 2).value == field and sheet.cell(1, 2).value == "字段 Name":
            return sheet.cell(row, 3), sheet.cell(row, 1), sheet.cell(row, 3)
    names = [cell.value for cell in sheet[1]]
    column = names.index(field) + 1
    letter = get_column_letter(column)
    return sheet.cell(3, column), sheet.cell(2, column), sheet.column_dimensions[letter]


def test_an_empty_template_is_an_empty_draft() -> None:
    """Nothing is read from it and nothing noted."""
    draft = read_workbook(CONTENT, shipped()).draft
    assert draft == Declaration(message=Message(form="xlsx"))


def test_the_same_bytes_each_time() -> None:
    """No clock and no chance goes into it."""
    assert template(shipped()) == CONTENT


@pytest.mark.parametrize(("block", "name"), FIELDS)
def test_every_field(book: Workbook, block: str, name: str) -> None:
    """A field has its label, a comment that explains it, a fitting format and its colour."""
    field = FIELDS[block, name]
    cell, label, style = _value_cell(book, block, name)
    assert label.value == field.label.zh
    assert field.label.en in label.comment.text
    assert REQUIRED[field.required].zh in label.comment.text
    assert field.size in label.comment.text
    assert (style.number_format == "@") == (field.kind not in {"number", "count"})
    assert (label.fill.start_color.rgb == "00FFF2CC") == (field.required == "R")
    assert cell.value is None


def test_comments_explain() -> None:
    """Meaning, need, size and example, in both languages."""
    text = _value_cell(opened(CONTENT), "header", "trade_mode")[1].comment.text
    assert text.splitlines() == [
        "监管方式 / Customs procedure (trade mode)",
        "按贸易性质填4位监管方式代码,一份报关单只填一种",
        "4-digit trade mode by the nature of the trade, one per declaration",
        "必填 / required",
        "长度 / size: n4",
        "示例 / example: 0110-一般贸易",
    ]


@pytest.mark.parametrize(
    ("block", "name", "first"),
    [
        ("header", "trade_mode", "0110-一般贸易"),
        ("items", "unit", "001-台"),
        ("containers", "container_model", "11-普通2*标准箱（L）"),
        ("licences", "licence_code", "0-反制措施排除代码"),
        ("attached_documents", "edoc_code", "00000001-发票"),
        ("header", "ie_flag", '"I-进口,E-出口"'),
        ("header", "royalty_flag", '"0-否,1-是"'),
    ],
)
def test_choices(book: Workbook, block: str, name: str, first: str) -> None:
    """A field with codes offers them with their names, and refuses none."""
    sheet: Any = book[shipped().fields[block].sheet]
    coordinate = _value_cell(book, block, name)[0].coordinate
    found = [each for each in sheet.data_validations.dataValidation if coordinate in each.sqref]
    assert len(found) == 1
    assert not found[0].showErrorMessage
    formula = found[0].formula1
    if formula.startswith('"'):
        assert formula == first
        return
    title, _, cells = formula.partition("!")
    codes: Any = book[title.strip("'")]
    start, _, end = cells.replace("$", "").partition(":")
    assert codes.sheet_state == "hidden"
    assert codes[start].value == first
    assert codes[end].row == codes.max_row
    assert first == f"{codes['A2'].value}-{first.partition('-')[2]}"


def test_lists_offer_choices_on_many_lines(book: Workbook) -> None:
    """The drop-downs of a list go on below the first line."""
    sheet: Any = book["表体 Items"]
    assert any("J52" in each.sqref for each in sheet.data_validations.dataValidation)


def test_a_filled_template_is_read() -> None:
    """Choices as they are offered, numbers as numbers."""
    made = opened(CONTENT)
    for block, name, value in (
        ("header", "trade_mode", "0110-一般贸易"),
        ("header", "ie_flag", "I-进口"),
        ("header", "royalty_flag", "0-否"),
        ("header", "gross_weight", 1260.5),
        ("items", "g_no", 1),
        ("items", "unit", "001-台"),
        ("items", "hs_code", "0101210010"),
        ("documents.invoice", "total", 12600),
        ("context", "conveyance_arrival_date", "2026/3/2"),
    ):
        _value_cell(made, block, name)[0].value = value
    raw = BytesIO()
    made.save(raw)
    draft = read_workbook(raw.getvalue(), shipped()).draft
    assert (draft.header.trade_mode, draft.header.ie_flag) == ("0110", "I")
    assert (draft.header.royalty_flag, draft.header.gross_weight) == ("0", Decimal("1260.5"))
    assert (draft.items[0].unit, draft.items[0].hs_code) == ("001", "0101210010")
    assert draft.documents.invoice
    assert draft.documents.invoice.total == 12600
    assert str(draft.context.conveyance_arrival_date) == "2026-03-02"
    assert len(draft.message.named) == 4
    assert not draft.message.unknown


def test_panes_and_sheets(book: Workbook) -> None:
    """Labels stay in sight; the sheets with codes are hidden behind the others."""
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert [sheet.title for sheet in shown] == [shipped().fields[name].sheet for name in BLOCKS]
    assert [sheet.title for sheet in shown][: len(MAIN)] == [
        shipped().fields[name].sheet for name in MAIN
    ]
    assert {sheet.freeze_panes for sheet in shown} == {"C2", "A3"}
    assert len(book.worksheets) - len(shown) == len({each.table for each in FIELDS.values()} - {""})
