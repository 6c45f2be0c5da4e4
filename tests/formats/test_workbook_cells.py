"""Excel workbooks, read: what a cell says, and the traps of Excel."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook

from auditors.formats.workbook import read_workbook
from knowledge.library import shipped
from tests.formats.workbooks import book, header, noted, read, with_result

FIELDS = ("商品名称", "成交数量", "总价")


@pytest.mark.parametrize(
    ("label", "cell", "code"),
    [
        ("监管方式", 110, "0110"),
        ("监管方式", 110.0, "0110"),
        ("征免性质", 101, "101"),
        ("申报地海关", 100, "0100"),
        ("包装种类", 6, "06"),
        ("成交方式", 3.0, "3"),
        ("成交方式", "3", "3"),
        ("监管方式", "110", "0110"),
        ("监管方式", 77, "77"),
        ("监管方式", 11.5, "11.5"),
    ],
)
def test_zeros_lost_in_the_header(label: str, cell: Any, code: str) -> None:
    """A number is padded to the width of the field where that gives a code there is."""
    held = header((label, cell))
    found = {held.header.trade_mode, held.header.cut_mode, held.header.customs_master}
    assert code in found | {held.header.wrap_type, held.header.trans_mode}
    lost = [(odd.found, odd.read_as) for odd in held.message.lost_zeros]
    assert lost == ([(str(cell).removesuffix(".0"), code)] if code.startswith("0") else [])


@pytest.mark.parametrize(
    ("label", "cell", "code", "lost"),
    [
        ("成交单位", 35, "035", True),
        ("法定单位", 1, "001", True),
        ("商品编号", 8413703190, "8413703190", False),
        ("商品编号", 101210010, "0101210010", True),
        ("商品编号", 84137031, "84137031", False),
        ("UN编码", 4, "0004", True),
    ],
)
def test_zeros_lost_in_an_item(label: str, cell: int, code: str, lost: bool) -> None:
    """Units and commodity codes lose zeros as well; eight digits are another code."""
    draft = read({"表体": [("项号", label), (1, cell)]}).draft
    item = draft.items[0]
    assert code in {item.unit, item.first_unit, item.hs_code, item.un_code}
    assert [odd.read_as for odd in draft.message.lost_zeros] == [code] * lost
    assert all(str(odd.place).startswith("items[1].") for odd in draft.message.lost_zeros)


def test_an_old_code_or_a_lost_zero() -> None:
    """4 may be the packaging 04 or the old code of bulk: nobody guesses."""
    draft = header(("包装种类", 4))
    assert draft.header.wrap_type is None
    assert noted(draft.message.ambiguous) == [("header.wrap_type", "4", "00,04")]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (1260, "1260"),
        (1260.1, "1260.1"),
        (0.1 + 0.2, "0.3"),
        (3 * 1.1, "3.3"),
        (1e-5, "0.00001"),
        (1260.0, "1260"),
        (1.5e15, "1500000000000000"),
        (123456789012.12345, "123456789012.123"),
        ("1260.10", "1260.10"),
        (" １２６０ ", "1260"),
    ],
)
def test_numbers_are_exact(cell: Any, value: str) -> None:
    """What Excel shows is read, without the noise of binary figures."""
    assert str(header(("毛重", cell)).header.gross_weight) == value


@pytest.mark.parametrize("cell", ["12,600", "1260KG", True, "=1/0", "1 260"])
def test_what_is_no_number(cell: Any) -> None:
    """Signs, units and truths are no numbers; nothing is made of them."""
    draft = header(("毛重", cell))
    assert draft.header.gross_weight is None
    assert [str(odd.place) for odd in draft.message.unreadable] == ["header.gross_weight"]


def test_a_percentage_is_what_is_seen() -> None:
    """A cell that shows 0.3% holds 0.003, which is not the rate that was meant."""

    def style(made: Workbook) -> None:
        made["表头"]["B1"].number_format = "0.00%"
        made["表头"]["B2"].number_format = '0.0"%"'

    draft = read({"表头": [("保费/率", 0.003), ("运费/率", 0.3)]}, style).draft
    assert noted(draft.message.unreadable) == [("header.insur_rate", "0.3%", "")]
    assert draft.header.fee_rate == Decimal("0.3")


@pytest.mark.parametrize(
    "cell",
    [
        date(2026, 3, 2),
        "2026-03-02",
        "20260302",
        20260302,
        "2026/3/2",
        "2026.03.02",
        "2026年3月2日",
    ],
)
def test_days(cell: Any) -> None:
    """A day is read as a date cell, and however people write it, year first."""
    draft = header(("进出口日期", cell))
    assert draft.header.ie_date == date(2026, 3, 2)
    assert not draft.message.unreadable


@pytest.mark.parametrize("cell", ["3/2/2026", "2026-13-01", 46083, "三月二日"])
def test_what_is_no_day(cell: Any) -> None:
    """A day that is not clear is not read."""
    draft = header(("进出口日期", cell))
    assert draft.header.ie_date is None
    assert [odd.said for odd in draft.message.unreadable] == ["date"]


def test_a_day_in_a_text_field_is_plain() -> None:
    """Excel turns what looks like a day into one; as text it has no hours."""
    draft = read({"表体": [("商品名称", "生产日期"), ("牛奶", date(2026, 1, 2))]}).draft
    assert draft.items[0].produce_date == "2026-01-02"


def test_long_numbers_have_lost_their_last_digits() -> None:
    """Excel keeps 15 digits: a credit code typed as a number is not read."""
    draft = header(("海关编号", 222420261234567890), ("备案号", "C22486A50001"), ("合同号", 10**15))
    assert draft.header.entry_id is None
    assert [odd.said for odd in draft.message.unreadable] == ["digits", "digits"]
    assert header(("合同号", 10**15 - 1)).header.contract_no == "999999999999999"


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!"])
def test_error_cells(error: str) -> None:
    """An error is no value, in a field of any kind."""
    draft = header(("毛重", error), ("合同号", error))
    assert draft.header.contract_no is None
    assert [(odd.found, odd.said) for odd in draft.message.unreadable] == [(error, "error")] * 2


def test_formulas_are_not_worked_out() -> None:
    """The stored result is read and the formula noted; without a result there is no value."""
    content = book({"表体": [FIELDS, ("泵", 2, "=B2*3"), ("阀", "=1+1", "=B3")]})
    content = with_result(content, "sheet1", "C2", "><v>6.6000000000000005</v>")
    content = with_result(content, "sheet1", "B3", ' t="e"><v>#REF!</v>')
    draft = read_workbook(content, shipped()).draft
    assert draft.items[0].total_price == Decimal("6.6")
    assert draft.items[1].total_price is None
    assert noted(draft.message.formulas) == [("items[1].total_price", "=B2*3", "6.6")]
    assert [(str(odd.place), odd.found, odd.said) for odd in draft.message.unreadable] == [
        ("items[2].qty", "#REF!", "error"),
        ("items[2].total_price", "=B3", "formula"),
    ]


def test_formulas_filled_down_in_advance_make_no_items() -> None:
    """Lines that hold nothing but a formula with result 0 or an empty text are blank."""
    rows = [FIELDS, ("泵", 2, 6), (None, None, "=B3*3"), ("=A9", None, None), ("=A9", None, None)]
    content = book({"表体": rows})
    content = with_result(content, "sheet1", "C3", "><v>0</v>")
    content = with_result(content, "sheet1", "A4", ' t="str"><v></v>')
    content = with_result(content, "sheet1", "A5", ' t="str"><v>阀</v>')
    draft = read_workbook(content, shipped()).draft
    assert [item.goods_name for item in draft.items] == ["泵", "阀"]
    assert not draft.message.unreadable


def test_a_day_out_of_range_in_a_date_cell() -> None:
    """20260302 typed into a cell for days is beyond Excel's calendar: an error, told as one."""

    def style(made: Workbook) -> None:
        made["表头"]["B1"].number_format = "yyyy-mm-dd"

    draft = read({"表头": [("进出口日期", 20260302)]}, style).draft
    assert [odd.said for odd in draft.message.unreadable] == ["error"]


def test_several_codes_in_one_cell() -> None:
    """Goods attributes stand with commas, each perhaps with its name."""
    rows = [
        ("商品名称", "货物属性"),
        ("甲", "11,16"),
        ("乙", 14),
        ("丙", "14-预包装、正常"),
        ("丁", "14-预包装"),
    ]
    draft = read({"表体": rows}).draft
    assert [item.goods_attr for item in draft.items] == [
        ("11", "16"),
        ("14",),
        ("14", "19"),
        ("14",),
    ]
    assert len(draft.message.named) == 3


def test_item_numbers_of_a_container() -> None:
    """One number is a number, several are text."""
    rows = [("集装箱号", "商品项号"), ("CSQU3054383", 1), ("CSQU3054384", "1，2")]
    draft = read({"集装箱": rows}).draft
    assert [each.goods_nos for each in draft.containers] == [(1,), (1, 2)]


def test_line_ends_of_old() -> None:
    """The escape Excel writes for a carriage return is one again."""
    assert header(("标记唛码", "EX_x000D_\n1-4")).header.mark_no == "EX\r\n1-4"
