"""Excel workbooks, read: where labels and values stand on a sheet."""

from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook

from auditors.place import Place
from tests.formats.workbooks import header, noted, read

ITEMS = (("项号", "商品编号", "商品名称", "成交数量"), (1, "8413703190", "离心泵", 4))


@pytest.mark.parametrize(
    "rows",
    [
        [("监管方式", "0110"), ("毛重(千克)", 1260)],
        [("监管方式", "trade_mode", "0110"), ("毛重(千克)", "gross_weight", 1260)],
        [("trade_mode", "0110"), ("gross_weight", 1260)],
        [("Customs procedure (trade mode)", "0110"), ("Gross weight (kg)", 1260)],
        [("监管方式", "trade_mode", "0110", "Trade mode"), ("毛重", "", 1260, "Gross weight (kg)")],
        [("贸易方式：", "0110"), (" 毛 重（KG）* ", 1260)],
        [("报关单草稿",), ("栏目", "填报内容"), ("贸易方式", "0110"), ("毛重", 1260)],
        [("序号", "栏目", "内容"), (1, "贸易方式", "0110"), (2, "毛重", 1260)],
        [("监管方式", "0110", "毛重", 1260), ("币制", None, "净重", None)],
        [("trade_mode", "gross_weight"), ("0110", 1260)],
        [("trade_mode", "gross_weight"), ("监管方式", "毛重(千克)"), ("0110", 1260)],
        [("进口报关单",), (None, "毛重", "监管方式"), (None, 1260, "0110")],
    ],
)
def test_header_layouts(rows: list[tuple[Any, ...]]) -> None:
    """Labels stand down the side or along the top, by name, label or synonym."""
    draft = header(*rows)
    assert (draft.header.trade_mode, draft.header.gross_weight) == ("0110", Decimal(1260))
    assert not draft.message.unknown
    assert draft.message.form == "xlsx"


def test_blank_lines_and_totals_are_no_items() -> None:
    """Blank lines are skipped, and the line that adds up the others."""
    rows = (*ITEMS, (None, " ", None, None), (2, "8413810000", "泵", 1), ("合计：", None, None, 5))
    draft = read({"表体": rows}).draft
    assert [item.g_no for item in draft.items] == [1, 2]
    assert not draft.message.unreadable


def test_merged_cells_hold_for_every_line_they_span() -> None:
    """The origin of two items merged into one cell is the origin of both, and of no third."""

    def merge(made: Workbook) -> None:
        made["表体"].merge_cells("B2:B3")
        made["表体"].merge_cells("C4:D9")

    rows = (
        ("项号", "原产国", "商品名称", "规格型号"),
        (1, "DEU", "甲", "A"),
        (2, None, "乙", "B"),
        (3, "CHN", "丙", None),
    )
    reading = read({"表体": rows}, merge)
    items = reading.draft.items
    assert [item.origin_country for item in items] == ["DEU", "DEU", "CHN"]
    assert [item.goods_name for item in items] == ["甲", "乙", "丙"]
    assert items[2].goods_model is None
    assert reading.stood.cells[Place("items", 2, "origin_country")] == "表体!B2"


def test_merged_labels() -> None:
    """A label over two columns or two rows, and a title over all, mislead nobody."""

    def merge(made: Workbook) -> None:
        for area in ("A1:C1", "A2:B2", "A3:B3", "A4:A5"):
            made["表头"].merge_cells(area)

    rows = (
        ("进口货物报关单",),
        ("件数", None, 4),
        ("毛重", None, 1260),
        ("标记唛码", "mark_no", "N/M"),
        (None, None, "EX 1-4"),
    )
    draft = read({"表头": rows}, merge).draft
    assert (draft.header.pack_no, draft.header.gross_weight) == (4, Decimal(1260))
    assert draft.header.mark_no == "N/M"
    assert noted(draft.message.repeated) == [("header.mark_no", "EX 1-4", "")]


def test_a_second_value_for_a_field_is_noted() -> None:
    """Two labels for one field: the first filled one counts, a differing second is noted."""
    draft = header(
        ("经营单位", None),
        ("收发货人", "甲公司"),
        ("境内收货人", "甲公司"),
        ("境内发货人", "乙公司"),
    )
    assert draft.header.trade_name == "甲公司"
    assert noted(draft.message.repeated) == [("header.trade_name", "乙公司", "")]
    rows = (("项号", "数量", "成交数量"), (1, 4, 4), (2, 4, 5))
    draft = read({"表体": rows}).draft
    assert noted(draft.message.repeated) == [("items[2].qty", "5", "")]


def test_remarks_beside_the_english_hint_are_no_values() -> None:
    """What a user writes to the right of the value does not fill a blank value."""
    draft = header(("件数", "pack_no", None, "Number of packages", 9), ("毛重", "gross_weight", 1))
    assert draft.header.pack_no is None


def test_long_texts_are_no_labels() -> None:
    """A text that begins like a label and goes on is a text."""
    draft = header(("件数", "毛重" * 60), ("毛重" + " " * 99, 5), ("净重", 4))
    assert draft.header.gross_weight is None
    assert [odd.found[:2] for odd in draft.message.unknown] == ["毛重"]
