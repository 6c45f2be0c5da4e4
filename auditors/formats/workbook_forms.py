"""Empty sheets of the form: labels, names, formats and widths, down the side or along the top."""

from collections.abc import Callable

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from auditors.formats.building import is_list
from auditors.formats.workbook_saving import TEXT, comment, fill, put
from knowledge.fields import Block, FormField

Hint = Callable[[FormField], str]
"""What the comment on the label of a field says."""

DOWN_HEADINGS = ("栏目 Label", "字段 Name", "填报内容 Value", "English")
DOWN_WIDTHS = (34, 26, 44, 48)
VALUE_COLUMN = 3
FIRST_DOWN = 2
"""Row of the first field where labels stand down the side."""
FIRST_ACROSS = 3
"""Row of the first part where labels stand along the top: names, labels, then the parts."""

LABEL_FONT = Font(bold=True)
NAME_FONT = Font(color="808080", size=9)
LABEL_FILL = fill("E7E6E6")
WRAPPED = Alignment(wrap_text=True, vertical="top")
NUMBERS = {"number", "count"}


def new_sheet(book: Workbook, block: Block, hint: Hint) -> Worksheet:
    """Add the empty sheet of a block to a workbook."""
    sheet: Worksheet = book.create_sheet(block.sheet)
    if is_list(block.id):
        _across(sheet, block, hint)
    else:
        _down(sheet, block, hint)
    return sheet


def _down(sheet: Worksheet, block: Block, hint: Hint) -> None:
    for column, (heading, width) in enumerate(zip(DOWN_HEADINGS, DOWN_WIDTHS, strict=True), 1):
        cell = put(sheet, 1, column, heading)
        cell.font, cell.fill = LABEL_FONT, LABEL_FILL
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, field in enumerate(block.fields.values(), FIRST_DOWN):
        _label(put(sheet, row, 1, field.label.zh), hint(field))
        put(sheet, row, 2, field.name).font = NAME_FONT
        put(sheet, row, 4, field.label.en).font = NAME_FONT
        value = sheet.cell(row, VALUE_COLUMN)
        value.alignment = WRAPPED
        if field.kind not in NUMBERS:
            value.number_format = TEXT
    sheet.freeze_panes = "C2"


def _across(sheet: Worksheet, block: Block, hint: Hint) -> None:
    for column, field in enumerate(block.fields.values(), 1):
        put(sheet, 1, column, field.name).font = NAME_FONT
        label = put(sheet, 2, column, field.label.zh)
        label.fill = LABEL_FILL
        _label(label, hint(field))
        letter = sheet.column_dimensions[get_column_letter(column)]
        letter.width = min(max(2 * len(field.label.zh) + 2, len(field.name), 10), 30)
        if field.kind not in NUMBERS:
            letter.number_format = TEXT
    sheet.freeze_panes = "A3"


def _label(cell: Cell, said: str) -> None:
    cell.font = LABEL_FONT
    if said:
        cell.comment = comment(said, said.count("\n") + 3)
