"""Excel workbooks, written: what is written is read again, and text stays text."""

import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from auditors.blocks import BillOfLading, Context, Documents
from auditors.declaration import Container, Declaration, Header, Item, Message, Permit, Vehicle
from auditors.formats import read as read_any
from auditors.formats.workbook import read_workbook
from auditors.formats.workbook_writing import cell_value, sheets_of, write_workbook
from auditors.notation import value_at
from auditors.place import Place
from knowledge.library import shipped
from tests.formats.workbook_drafts import drafts
from tests.formats.workbooks import opened
from tests.sheets import HERE

MAIN = ["表头 Header", "表体 Items", "集装箱 Containers", "随附单证 Licences", "随附单据 Documents"]


def plain(draft: Declaration) -> Declaration:
    """Return a draft without what a reader noted."""
    return msgspec.structs.replace(draft, message=Message(), schema=None)


def again(draft: Declaration) -> Declaration:
    """Write a draft and read it again."""
    return plain(read_workbook(write_workbook(draft, shipped()).content, shipped()).draft)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(drafts(shipped()))
def test_what_is_written_is_read_again(draft: Declaration) -> None:
    """Every field of every block survives the way there and back, and stands where it is said."""
    written = write_workbook(draft, shipped())
    reading = read_workbook(written.content, shipped())
    assert plain(reading.draft) == draft
    assert reading.draft.message == Message(form="xlsx")
    assert written.left_out == ()
    cells = sheets_of(draft, shipped()).cells
    assert set(reading.stood.cells.items()) <= set(cells.items())


@pytest.mark.parametrize("name", ["cn_import", "cn_export"])
def test_sound_drafts(name: str) -> None:
    """The sound drafts go there and back; the bytes are the same each time."""
    content = (HERE / "drafts" / f"{name}.json").read_bytes()
    draft = read_any(content, shipped(), f"{name}.json").draft
    assert again(draft) == plain(draft)
    assert write_workbook(draft, shipped()) == write_workbook(draft, shipped())


def test_only_blocks_with_data_have_a_sheet() -> None:
    """The main five are always there, others when there is something to hold."""
    assert opened(write_workbook(Declaration(), shipped()).content).sheetnames == MAIN
    loading = BillOfLading(number="B1")
    draft = Declaration(documents=Documents(bill_of_lading=loading), context=Context())
    written = opened(write_workbook(draft, shipped()).content)
    assert written.sheetnames == [*MAIN, "提运单 BillOfLading"]


def test_layout() -> None:
    """The header runs down: label, name, value, English; lists run across from the third row."""
    draft = Declaration(header=Header(seq_no="0001"), items=(Item(g_no=1, qty=Decimal("2.5")),))
    written = opened(write_workbook(draft, shipped()).content)
    header, items = written[MAIN[0]], written[MAIN[1]]
    assert [cell.value for cell in header[2]] == [
        "数据中心统一编号",
        "seq_no",
        "0001",
        "Single Window reference number",
    ]
    assert (header["C2"].number_format, header["C2"].data_type) == ("@", "s")
    assert [items["A1"].value, items["A2"].value, items["A3"].value] == ["g_no", "项号", 1]
    assert items["A2"].comment.text == "Item number"
    assert items["I3"].value == 2.5


@pytest.mark.parametrize(
    "text", ["=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx", "\rx"]
)
def test_text_is_never_a_formula(text: str) -> None:
    """A text that a spreadsheet would run is marked as text and comes back as it was."""
    draft = Declaration(header=Header(note=text), items=(Item(goods_name=text),))
    content = write_workbook(draft, shipped()).content
    with ZipFile(BytesIO(content)) as parts:
        sheets = [name for name in parts.namelist() if "worksheets/sheet" in name]
        assert all(b"<f" not in parts.read(name) for name in sheets)
        assert b'quotePrefix="1"' in parts.read("xl/styles.xml")
    assert again(draft) == draft


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (Decimal("1260.5"), Decimal("1260.5")),
        (Decimal("0.1"), Decimal("0.1")),
        (Decimal("123456789012345"), Decimal("123456789012345")),
        (Decimal("1234567890123456"), "1234567890123456"),
        (Decimal("12345678901234.56"), "12345678901234.56"),
        (Decimal("1E+20"), Decimal("1E+20")),
        (Decimal("NaN"), None),
        (Decimal("Infinity"), None),
    ],
)
def test_numbers(value: Decimal, cell: Any) -> None:
    """A number is a number where Excel keeps its every digit, else a text."""
    field = shipped().fields["header"].fields["gross_weight"]
    assert cell_value(field, value) == cell
    assert type(cell_value(field, value)) is type(cell)


def test_a_day_put_right_as_text() -> None:
    """A change may have put a day as text; it is written as it stands."""
    field = shipped().fields["header"].fields["ie_date"]
    assert cell_value(field, "20260302") == "20260302"


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "x" * 32_768, " ", "_x0041_", "\ufffe"])
def test_what_no_cell_can_hold_is_named(text: str) -> None:
    """Nothing is lost in silence."""
    draft = Declaration(
        header=Header(note=text, contract_no="C1"), items=(Item(g_no=1, stuff=text),)
    )
    written = write_workbook(draft, shipped())
    assert written.left_out == (Place("header", 0, "note"), Place("items", 1, "stuff"))
    assert again(draft).header == Header(contract_no="C1")


def test_parts_that_no_line_can_hold_are_named() -> None:
    """A part with nothing in it makes no line; what is kept from the message has no cell."""
    loading = BillOfLading(numbers=("A 1", "B"))
    draft = Declaration(
        items=(Item(), Item(g_no=2)),
        containers=(Container(), Container(container_no="CSQU3054383")),
        documents=Documents(bill_of_lading=loading),
        extras=("<SddTax/>",),
    )
    assert [str(place) for place in write_workbook(draft, shipped()).left_out] == [
        "extras",
        "items[1]",
        "containers[1]",
        "documents.bill_of_lading.numbers",
    ]
    assert [item.g_no for item in again(draft).items] == [2]


def _permit(number: str, *vins: str) -> Permit:
    return Permit(permit_no=number, vin=tuple(Vehicle(vin_code=vin) for vin in vins))


@pytest.mark.parametrize(
    ("numbers", "left_out"),
    [((1, 2), ()), ((None, None), ()), ((2, 1), ()), ((1, 1), ()), ((2, None), (2,))],
)
def test_inner_parts_point_at_their_item(
    numbers: tuple[int | None, ...], left_out: tuple[int, ...]
) -> None:
    """By item number or by count; where either would mislead, the part is left out and named."""
    items = tuple(
        Item(
            g_no=number,
            goods_name="车",
            goods_limits=(_permit("A", "V1"), _permit("2", "V2", "V3")),
        )
        for number in numbers
    )
    draft = Declaration(items=items)
    named = {place.block.partition(".")[0] for place in write_workbook(draft, shipped()).left_out}
    assert named == {f"items[{number}]" for number in left_out}
    kept = tuple(
        msgspec.structs.replace(item, goods_limits=()) if number in left_out else item
        for number, item in enumerate(items, 1)
    )
    assert again(draft).items == kept


def test_every_value_stands_where_it_is_said() -> None:
    """The cells that a marked workbook relies on."""
    moment = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
    draft = Declaration(
        header=Header(bill_no="B1"),
        context=Context(declared_at=moment, exchange_rates={"EUR": Decimal("7.80")}),
    )
    sheets = sheets_of(draft, shipped())
    filled = {place: cell for place, cell in sheets.cells.items() if value_at(draft, place)}
    assert {str(place): _at(sheets.book, cell) for place, cell in filled.items()} == {
        "header.bill_no": "B1",
        "context.declared_at": "2026-03-02T08:30:00+08:00",
    }
    rates = Place("context", 0, "exchange_rates")
    assert _at(sheets.book, sheets.cells[rates]) == "EUR=7.80"


def _at(book: Any, address: str) -> Any:
    title, _, cell = address.rpartition("!")
    return book[title][cell].value


def test_excel_is_fetched_only_when_it_is_needed() -> None:
    """Reading JSON does not wait for `openpyxl`."""
    code = "import sys, auditors.formats, auditors.render; sys.exit('openpyxl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
