"""Excel workbooks, read: layouts, labels and sheets as people have them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook

from auditors.formats import read as read_any
from auditors.formats.reading import Unreadable
from auditors.place import Place
from knowledge.library import shipped
from tests.formats.workbooks import Rows, book, header, noted, read

ITEMS: Rows = (("项号", "商品编号", "商品名称", "成交数量"), (1, "8413703190", "离心泵", 4))


@pytest.mark.parametrize(
    "title",
    ["表体", "Items", "items", "表体 Items", "表 体", "表体信息", "表体 (2)", "Goods items"],
)
def test_sheet_names(title: str) -> None:
    """A sheet is known by either half of its name, its label or the block's id."""
    draft = read({title: ITEMS}).draft
    assert [item.hs_code for item in draft.items] == ["8413703190"]
    assert not draft.message.unknown


def test_order_of_sheets_does_not_matter() -> None:
    """The items may stand before the header, and inner parts before their items."""
    permits = (("所属商品项号", "许可证编号"), (1, "A1"))
    draft = read({"产品许可": permits, "表体": ITEMS, "表头": [("件数", 4)]}).draft
    assert draft.header.pack_no == 4
    assert draft.items[0].goods_limits[0].permit_no == "A1"


def test_where_fields_stood() -> None:
    """Each field that was read, blank or not, tells its cell."""
    cells = read(
        {"表头": [("件数", "pack_no", 4), ("净重", "net_weight")], "表体": ITEMS}
    ).stood.cells
    assert cells[Place("header", 0, "pack_no")] == "表头!C1"
    assert cells[Place("header", 0, "net_weight")] == "表头!C2"
    assert cells[Place("items", 1, "qty")] == "表体!D2"


def test_unknown_labels_are_noted_and_no_more() -> None:
    """A label nobody knows is named, with the label it may have been meant for."""
    message = header(("件数", 4), ("申报海官", "2248"), ("备注栏内部", "x"), ("空的", None)).message
    assert noted(message.unknown)[0] == ("header", "申报海官", "申报地海关")
    assert [odd.found for odd in message.unknown] == ["申报海官", "备注栏内部"]


def test_unknown_columns_are_noted_where_they_hold_something() -> None:
    """A column of the user's own is named; one without a heading is named by its letter."""
    rows = (("项号", "内部编码", "采购员"), (1, "X9", None), (2, None, None, None, "?"))
    message = read({"表体": rows}).draft.message
    assert noted(message.unknown) == [("items", "内部编码", ""), ("items", "E", "")]


def test_a_column_that_counts_lines_is_no_news() -> None:
    """Serial numbers stand on many sheets; where they are no item numbers they say nothing."""
    rows = (("序号", "集装箱号", "No."), (1, "CSQU3054383", 7))
    assert not read({"集装箱": rows}).draft.message.unknown


def test_unknown_sheets_are_noted_unless_empty_or_hidden() -> None:
    """A sheet that was not read is named; a copy of a sheet that was read is, too."""

    def hide(made: Workbook) -> None:
        made["隐藏"].sheet_state = "hidden"

    sheets: dict[str, Rows] = {
        "表体": ITEMS,
        "items": ITEMS,
        "计算": [(1,)],
        "Sheet3": [],
        "隐藏": [(1,)],
    }
    sheets |= {"审核结果 Findings": [("x",)], "集装相": [(1,)]}
    message = read(sheets, hide).draft.message
    assert [odd.found for odd in message.unknown] == ["items", "计算", "集装相"]
    assert noted(message.unknown)[2] == ("", "集装相", "集装箱 Containers")


def test_several_declarations_are_refused() -> None:
    """A header with two lines of data is two declarations."""
    with pytest.raises(Unreadable) as refused:
        read({"表头": [("trade_mode", "gross_weight"), ("0110", 1), ("0110", 2)]})
    assert "2" in refused.value.says.zh
    assert refused.value.where.en == "表头"


def test_a_second_invoice_is_noted() -> None:
    """Of other blocks that there are once, the first line is read."""
    rows = [("invoice_no", "total"), ("A", 1), ("B", 2)]
    draft = read({"发票": rows}).draft
    assert draft.documents.invoice is not None
    assert draft.documents.invoice.invoice_no == "A"
    assert noted(draft.message.repeated) == [("documents.invoice", "发票", "")]


def test_no_sheet_of_a_declaration() -> None:
    """The refusal names the sheets there are and those wanted."""
    with pytest.raises(Unreadable) as refused:
        read({"Sheet1": [("a", 1)], "商品": [("b",)]})
    assert "Sheet1、商品" in refused.value.says.zh
    assert "表头 Header" in refused.value.do.en


def test_inner_parts_find_their_items() -> None:
    """Permits point by item number, vehicles by permit count or number; orphans are noted."""
    items = (("项号", "商品名称"), (1, "甲"), (3, "车"))
    permits = (
        ("所属商品项号", "许可证编号"),
        (3, "P1"),
        (3, "P2"),
        (2, "P3"),
        (7, "P4"),
        (None, "P5"),
    )
    vehicles = (
        ("item", "permit", "VIN"),
        (3, 2, "V1"),
        (3, "P1", "V2"),
        (1, None, "V3"),
        (3, 9, "V4"),
    )
    draft = read({"表体": items, "产品许可": permits, "车辆": vehicles}).draft
    assert [[permit.permit_no for permit in item.goods_limits] for item in draft.items] == [
        [],
        ["P1", "P2", "P3"],
    ]
    assert [[car.vin_code for car in each.vin] for each in draft.items[1].goods_limits[:2]] == [
        ["V2"],
        ["V1"],
    ]
    assert [(str(odd.place), odd.found, odd.said) for odd in draft.message.unreadable] == [
        ("items.goods_limits[4]", "7", "item"),
        ("items.goods_limits[5]", "None", "item"),
        ("items.goods_limits.vin[3]", "1", "item"),
        ("items.goods_limits.vin[4]", "3", "item"),
    ]


def test_blocks_within_blocks() -> None:
    """Documents, circumstances and transit find their places."""
    draft = read(
        {
            "发票": [("发票总额", "12600"), ("发票币制", "EUR")],
            "情况": [("审核基准日", date(2026, 3, 2)), ("计征汇率", "EUR=7.8654；USD：7.1")],
            "转关": [("转关单号", "T1")],
            "转关提单": [("航次", "026W"), ("提单号", "B1")],
            "转关集装箱": [("集装箱号",), ("CSQU3054383",)],
        }
    ).draft
    assert draft.documents.invoice
    assert draft.documents.invoice.total == 12600
    assert draft.context.as_of_date == date(2026, 3, 2)
    assert draft.context.exchange_rates == {"EUR": Decimal("7.8654"), "USD": Decimal("7.1")}
    assert draft.transit
    assert draft.transit.means
    assert draft.transit.means.trn_voyage_no == "026W"
    assert draft.transit.containers[0].trn_container_no == "CSQU3054383"


def test_rows_beyond_the_last_that_is_looked_at_are_noted() -> None:
    """Nothing is cut off in silence."""

    def far_below(made: Workbook) -> None:
        made["表体"]["A2500"] = 9

    message = read({"表体": ITEMS}, far_below).draft.message
    assert [(odd.found, odd.said) for odd in message.unreadable] == [("表体!2001:2500", "rows")]


def test_moments() -> None:
    """A moment without a zone is Beijing time, as a cell or as text."""
    rows = [
        ("货物运抵监管场所时间", datetime.fromisoformat("2026-03-02 08:30")),
        ("装货时间", "2026-03-02 08:30"),
    ]
    context = read({"情况": rows}).draft.context
    assert (
        context.port_arrival_time == context.loading_time == datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
    )


def test_the_door() -> None:
    """`read` finds the reader by name or by how the bytes begin."""
    content = book({"表体": ITEMS})
    assert read_any(content, shipped(), "a.xlsm").form == "xlsx"
    assert read_any(content, shipped()).source == content
