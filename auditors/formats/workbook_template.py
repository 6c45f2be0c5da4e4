"""The Excel template: an empty workbook to fill in, with drop-downs and a comment on each label."""

from collections.abc import Mapping

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from auditors.formats.building import is_list
from auditors.formats.code_names import few_codes
from auditors.formats.workbook_forms import FIRST_ACROSS, FIRST_DOWN, VALUE_COLUMN, new_sheet
from auditors.formats.workbook_labels import MAIN, sheet_blocks
from auditors.formats.workbook_saving import fill, put, saved
from knowledge.codes import CodeTable
from knowledge.fields import Block, FormField
from knowledge.library import Library
from knowledge.text import Text

BLOCKS = (
    *MAIN,
    "context",
    "documents.invoice",
    "documents.packing_list",
    "documents.bill_of_lading",
    "documents.contract",
)
LAST_LINE = 202
"""Last row of a list that has drop-downs."""

REQUIRED_FILL = fill("FFF2CC")
REQUIRED: Mapping[str, Text] = {
    "R": Text("必填", "required"),
    "C": Text("符合情形时填报", "where it applies"),
    "O": Text("选填", "optional"),
    "assigned": Text("系统返填，不用填", "given by the system, leave it blank"),
    "system": Text("系统填写，不用填", "filled in by the system, leave it blank"),
    "deleted": Text("已取消，不用填", "abolished, leave it blank"),
    "obsolete": Text("已停用，不用填", "no longer used, leave it blank"),
}

EXAMPLES: Mapping[str, str] = {
    "client_seq_no": "DRAFT0001",
    "customs_master": "2248",
    "ie_port": "2248",
    "manual_no": "C22486A50001",
    "contract_no": "EX-2026-017",
    "trade_code": "3122260011",
    "trade_uscc": "91310115MA1FL0T52J",
    "trade_name": "示例贸易（上海）有限公司",
    "overseas_consignor_name_en": "EXAMPLE PUMPEN GMBH",
    "overseas_consignee_name_en": "EXAMPLE PUMPS LLC",
    "owner_code": "3122260011",
    "owner_uscc": "91310115MA1FL0T52J",
    "owner_name": "示例贸易（上海）有限公司",
    "agent_code": "3122280077",
    "agent_uscc": "91310115MA1FL0T52J",
    "agent_name": "样板报关有限公司",
    "declarant_name": "张三",
    "transport_name": "EXAMPLE STAR/9074729",
    "voyage_no": "026W",
    "bill_no": "EXMU24030017",
    "goods_place": "洋山保税港区一期码头",
    "license_no": "26-AB-123456",
    "desp_port_code": "DEU061",
    "transit_port_code": "DEU061",
    "entry_port_code": "310001",
    "mark_no": "N/M",
    "fee_mark": "3",
    "insur_mark": "1",
    "hs_code": "8413703190",
    "goods_name": "离心泵",
    "goods_model": "4|3|输送清水|电动|品牌EX|型号P-10",
    "district_code": "31222",
    "origin_country": "DEU-德国",
    "destination_country": "CHN-中国",
    "trade_area_code": "DEU-德国",
    "trade_country": "DEU-德国",
    "unit": "001-台",
    "first_unit": "001-台",
    "second_unit": "035-千克",
    "container_no": "CSQU3054383",
    "goods_nos": "1,2",
    "goods_attr": "11,14",
    "edoc_id": "INV-001.pdf",
    "edoc_format": "US",
    "exchange_rates": "EUR=7.8654;USD=7.1",
}
BY_KIND = {
    "date": "2026-03-02",
    "moment": "2026-03-02 08:30",
    "number": "1180.5",
    "count": "4",
}


def template(library: Library) -> bytes:
    """Return the template: the main blocks and what is known from the commercial documents."""
    book = Workbook()
    book.remove(book.worksheets[0])
    blocks = sheet_blocks(library)
    for name in BLOCKS:
        block = blocks[name]
        sheet = new_sheet(book, block, lambda field: _hint(field, library))
        _colour_required(sheet, block)
        _add_choices(sheet, block, library)
    for table in _tables(blocks):
        _add_codes(book, library.table(table))
    return saved(book)


def _tables(blocks: Mapping[str, Block]) -> list[str]:
    fields = (field for name in BLOCKS for field in blocks[name].fields.values())
    return sorted({field.table for field in fields if field.table})


def _colour_required(sheet: Worksheet, block: Block) -> None:
    for at, field in enumerate(block.fields.values()):
        if field.required == "R" and is_list(block.id):
            sheet.cell(FIRST_ACROSS - 1, at + 1).fill = REQUIRED_FILL
        elif field.required == "R":
            sheet.cell(at + FIRST_DOWN, 1).fill = REQUIRED_FILL
            sheet.cell(at + FIRST_DOWN, VALUE_COLUMN).fill = REQUIRED_FILL


def _add_choices(sheet: Worksheet, block: Block, library: Library) -> None:
    """Add drop-downs; they offer and never refuse: some tables are partial, and a code will do."""
    held: dict[str, DataValidation] = {}
    for at, field in enumerate(block.fields.values()):
        if choices := _choices(field, library):
            if choices not in held:
                held[choices] = DataValidation(
                    type="list", formula1=choices, allow_blank=True, showErrorMessage=False
                )
            held[choices].add(_cells(block, at))
    for choice in held.values():
        sheet.add_data_validation(choice)


def _choices(field: FormField, library: Library) -> str:
    """Return where the choices of a field stand: on a hidden sheet, or few in the rule itself."""
    if field.table:
        count = len(_current(library.table(field.table)))
        return f"'{_codes_title(field.table)}'!$B$2:$B${count + 1}"
    few = few_codes(field)
    return f'"{",".join(f"{code}-{name.zh}" for code, name in few.items())}"' if few else ""


def _cells(block: Block, at: int) -> str:
    if is_list(block.id):
        letter = get_column_letter(at + 1)
        return f"{letter}{FIRST_ACROSS}:{letter}{LAST_LINE}"
    return f"{get_column_letter(VALUE_COLUMN)}{at + FIRST_DOWN}"


def _codes_title(table: str) -> str:
    return f"代码 {table}"[:31]


def _current(table: CodeTable) -> dict[str, Text]:
    """Return the codes without an end, which are those a new declaration may use."""
    return {row.code: row.name for row in table.rows if row.span.until is None}


def _add_codes(book: Workbook, table: CodeTable) -> None:
    sheet: Worksheet = book.create_sheet(_codes_title(table.id.partition(".")[2]))
    sheet.sheet_state = "hidden"
    put(sheet, 1, 1, "code")
    put(sheet, 1, 2, "code-name")
    for row, (code, name) in enumerate(_current(table).items(), 2):
        put(sheet, row, 1, code)
        put(sheet, row, 2, f"{code}-{name.zh}")


def _hint(field: FormField, library: Library) -> str:
    """Say of a field what it means, whether it is needed, its size and an example."""
    required = REQUIRED[field.required]
    meaning = _meaning(field, library)
    example = _example(field, library)
    lines = [
        f"{field.label.zh} / {field.label.en}",
        *([meaning.zh, meaning.en] if meaning else []),
        f"{required.zh} / {required.en}",
        f"长度 / size: {field.size}" if field.size else "",
        f"示例 / example: {example}" if example else "",
    ]
    return "\n".join(filter(None, lines))


def _meaning(field: FormField, library: Library) -> Text | None:
    """Return what the place that rules a field says of it."""
    source = library.source(field.basis.source) if field.basis.place else None
    return source.places.get(field.basis.place) if source else None


def _example(field: FormField, library: Library) -> str:
    if field.name in EXAMPLES:
        return EXAMPLES[field.name]
    choices = _current(library.table(field.table)) if field.table else few_codes(field)
    if choices:
        code, name = next(iter(choices.items()))
        return f"{code}-{name.zh}"
    return BY_KIND.get(field.kind, "")
