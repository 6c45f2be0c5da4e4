"""What people write where a code belongs."""

import pytest

from auditors.formats.code_names import by_field, by_table, few_codes
from knowledge.library import shipped
from tests.formats.workbooks import header, noted


@pytest.mark.parametrize(
    ("table", "written", "code", "notes"),
    [
        ("trade_mode", "0110", "0110", []),
        ("trade_mode", " 0110 ", " 0110 ", []),
        ("trade_mode", "0110-一般贸易", "0110", ["named 0110"]),
        ("trade_mode", "0110|一般贸易", "0110", ["named 0110"]),
        ("trade_mode", "一般贸易（0110）", "0110", ["named 0110"]),
        ("trade_mode", "一般贸易", "0110", ["named 0110"]),
        ("trade_mode", "General Trade", "0110", ["named 0110"]),
        ("trade_mode", "110", "0110", ["lost_zeros 0110"]),
        ("trade_mode", "110-一般贸易", "0110", ["named 0110"]),
        ("trade_mode", "0110-进料对口", "0110", ["disagreeing 0615", "named 0110"]),
        ("trade_mode", "9999-一般贸易", "9999", ["disagreeing 0110", "named 9999"]),
        ("trade_mode", "9999-从未听说", "9999", ["named 9999"]),
        ("trade_mode", "一般货易", "一般货易", []),
        ("terms_of_delivery", "CIF", "1", ["named 1"]),
        ("terms_of_delivery", "CIF 上海", "1", ["named 1"]),
        ("terms_of_delivery", "CIF-FOB", "1", ["disagreeing 3", "named 1"]),
        ("terms_of_delivery", "FOB (free on board)", "3", ["named 3"]),
        ("country", "HongKong-中国香港", "HKG", ["named HKG"]),
        ("country", "Guinea-Bissau", "GNB", ["named GNB"]),
        ("country", "304", "DEU", ["named DEU"]),
        ("packaging", "4", None, ["ambiguous 00,04"]),
        ("packaging", "4-散装", "00", ["named 00"]),
        ("unit_of_measure", "kg", "035", ["named 035"]),
    ],
)
def test_with_a_table(table: str, written: str, code: str | None, notes: list[str]) -> None:
    """Code, name, or both; the code counts where they disagree, and nothing is guessed."""
    meaning = by_table(shipped().table(table), written)
    assert meaning.value == code
    assert [" ".join(note) for note in meaning.notes] == notes


@pytest.mark.parametrize(
    ("path", "written", "code"),
    [
        ("header.ie_flag", "进口", "I"),
        ("header.ie_flag", "E-出口", "E"),
        ("header.ie_flag", "export", "E"),
        ("header.ie_flag", "转口", None),
        ("header.royalty_flag", "是", "1"),
        ("header.royalty_flag", "0-否", "0"),
        ("header.royalty_flag", "9", None),
        ("items.hs_code", "8413703190-离心泵", "8413703190"),
        ("items.hs_code", "84137031-90", None),
        ("header.desp_port_code", "DEU061-Hamburg", "DEU061"),
        ("header.license_no", "26-AB-123456", None),
        ("items.district_code", "31222-上海浦东", "31222"),
        ("items.district_code", "31222-Pudong", None),
        ("header.manual_no", "C22486A50001", None),
    ],
)
def test_without_a_table(path: str, written: str, code: str | None) -> None:
    """A code is parted from its name only where the whole can be no code of the field."""
    block, _, name = path.partition(".")
    meaning = by_field(shipped().fields[block].fields[name], written)
    assert meaning.value == (code or written)
    assert meaning.notes == ((("named", code),) if code else ())


def test_few_codes() -> None:
    """Directions and flags have so few codes that no table lists them."""
    fields = shipped().fields["header"].fields
    assert list(few_codes(fields["ie_flag"])) == ["I", "E"]
    assert list(few_codes(fields["surety_flag"])) == ["0", "1"]
    assert not few_codes(fields["fee_mark"])
    assert not few_codes(fields["trade_mode"])


def test_what_was_understood_is_noted_at_its_place() -> None:
    """Each list of the message has the cell's text and what was made of it."""
    message = header(("监管方式", " 0110-进料对口 "), ("币制", "x"), ("启运国", "德国")).message
    assert noted(message.disagreeing) == [("header.trade_mode", "0110-进料对口", "0615")]
    assert noted(message.named) == [
        ("header.trade_mode", "0110-进料对口", "0110"),
        ("header.trade_country", "德国", "DEU"),
    ]
