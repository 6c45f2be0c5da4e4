"""Oddly written JSON: noted at its place or refused, never read in silence."""

import time
from datetime import date
from decimal import Decimal

import pytest

from auditors.declaration import Declaration, Header
from auditors.engine import audit
from auditors.formats.plain_json import carefully, read_json
from auditors.formats.reading import Unreadable
from auditors.formats.sound_json import at_once
from knowledge.library import shipped
from tests.formats.json_files import WEIGHT, header, noted, plain

TWICE = {
    "plainly": '"note": "a", "note": "b"',
    "alike": '"note": "a", "note": "a"',
    "with a colon within": '"note": "a:b", "note": "c"',
    "with colons in the one that counts": '"note": "c", "note": "a:b:c"',
    "with the word null": '"note": "null", "note": "x"',
    "with brackets within": '"note": "[{", "note": "x"',
    "first null": '"bill_no": null, "bill_no": "x"',
    "then null": '"bill_no": "x", "bill_no": null',
    "both null": '"bill_no": null, "bill_no": null',
    "an empty list first": '"goods_attr": [], "goods_attr": ["12"]',
    "a number and a text": '"net_weight": 5, "net_weight": "5"',
    "an escaped colon to hide it": r'"note": "\u003a", "bill_no": "a", "bill_no": "a"',
    "an escaped name": r'"note": "a", "\u006eote": "a"',
    "within a group": '"fee": {"mark": "3", "mark": "1"}',
    "unknown": '"surprise": 1, "surprise": 2',
}


@pytest.mark.parametrize("written", TWICE.values(), ids=TWICE)
def test_a_key_that_stands_twice_is_refused(written: str) -> None:
    """Whatever its values are, a key twice in one object is no draft, and its line is told."""
    content = b'{\n"header": {' + written.encode() + b"}}"
    assert at_once(content) is None
    with pytest.raises(Unreadable, match="stands twice in one object") as refused:
        read_json(content, shipped())
    assert refused.value.code == "CN-M001"
    assert "\\u" in written or refused.value.where.en.startswith("line 2, column ")


@pytest.mark.parametrize(
    "content",
    [
        '{"items": [], "items": [{}]}',
        '{"header": {}, "header": {"note": "a"}}',
        '{"items": [{"goods_limits": [{"permit_no": "1", "permit_no": "2"}]}]}',
        '{"documents": {"invoice": {"seller": "a", "seller": "b"}}}',
        '{"context": {"exchange_rates": {"EUR": "7.8", "EUR": "7.9"}}}',
        '{"context": {"declared_at": "2026-03-02T08:00:00+00:00"}, "schema": "a", "schema": "a"}',
    ],
)
def test_a_key_that_stands_twice_is_found_at_any_depth(content: str) -> None:
    """Blocks, permits, documents and rates are looked at as well."""
    assert at_once(content.encode()) is None
    with pytest.raises(Unreadable, match="stands twice"):
        read_json(content.encode(), shipped())


def test_a_thousand_keys_and_the_last_one_twice() -> None:
    """The key that stands twice is found in time, however many there are."""
    keys = "".join(f'"k{number}": 1, ' for number in range(200_000))
    start = time.process_time()
    with pytest.raises(Unreadable, match='"k199999" stands twice'):
        read_json(f'{{{keys}"k199999": 2}}'.encode(), shipped())
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    ("written", "kind", "read_as"),
    [
        pytest.param('" 12 "', "untidy", "12", id="blanks around"),
        pytest.param('"12 "', "untidy", "12", id="blank behind"),
        pytest.param(r'"\t12"', "untidy", "12", id="escaped tab"),
        pytest.param('"\u300012"', "untidy", "12", id="ideographic blank"),
        pytest.param('"\xa012"', "untidy", "12", id="non-breaking blank"),
        pytest.param('"１２"', "untidy", "12", id="full-width"),
        pytest.param(r'"\uff11\uff12"', "untidy", "12", id="full-width, escaped"),
        pytest.param('"1_2"', "unreadable", None, id="underscore"),
        pytest.param('"1,200"', "unreadable", None, id="separator"),
        pytest.param('"NaN"', "unreadable", None, id="not a number"),
        pytest.param('"nan"', "unreadable", None, id="not a number in small letters"),
        pytest.param('"-sNaN12"', "unreadable", None, id="signalling"),
        pytest.param('"Infinity"', "unreadable", None, id="infinite"),
        pytest.param('"-inf"', "unreadable", None, id="infinite in short"),
        pytest.param('".5"', "unreadable", None, id="nothing before the point"),
        pytest.param('"-.5"', "unreadable", None, id="a sign before the point"),
        pytest.param('"5."', "unreadable", None, id="nothing after the point"),
        pytest.param('"1e5000"', "unreadable", None, id="a huge exponent"),
        pytest.param("1e5000", "unreadable", None, id="a huge exponent without quotes"),
        pytest.param("1e99999999999999999999", "unreadable", None, id="an exponent past all"),
        pytest.param("true", "unreadable", None, id="true"),
        pytest.param('{"a": 1}', "unreadable", None, id="an object"),
        pytest.param("[12]", "unreadable", None, id="a list"),
        pytest.param('"٣"', "unreadable", None, id="digits of another script"),
    ],
)
def test_an_oddly_written_number_is_noted(written: str, kind: str, read_as: str | None) -> None:
    """What a number may not look like is noted at its place, never read in silence."""
    content = header(f'"note": "a:\\"b", "net_weight": {written}')
    assert at_once(content) is None
    found = read_json(content, shipped())
    [odd] = getattr(found.draft.message, kind)
    assert odd.place == WEIGHT
    assert odd.read_as == (read_as or "")
    assert found.draft.header.net_weight == (Decimal(read_as) if read_as else None)


@pytest.mark.parametrize(
    "written",
    ["12", "12.50", "0", '"12"', '"12.50"', '"-3"', '"+3"', '"007"', "12345678901234567890"],
)
def test_a_number_may_stand_with_or_without_quotes(written: str) -> None:
    """Both are read to the last digit, and nothing is said."""
    content = header(f'"net_weight": {written}')
    assert at_once(content)
    reading = read_json(content, shipped())
    assert str(reading.draft.header.net_weight) == str(Decimal(written.strip('"')))
    assert plain(carefully(content, shipped())) == reading.draft


def test_thirty_digits_keep_them_all() -> None:
    """A number of thirty digits is no float."""
    digits = "123456789012345678901234567890"
    for written in (digits, f'"{digits}"', f"{digits}.5"):
        reading = read_json(header(f'"net_weight": {written}, "pack_no": {digits}'), shipped())
        assert reading.draft.header.net_weight == Decimal(written.strip('"'))
        assert reading.draft.header.pack_no == int(digits)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        pytest.param(r"a\u0000b", "a\0b", id="NUL"),
        pytest.param("\u2028", "\u2028", id="line separator"),
        pytest.param(r"\ud83d\ude00", "😀", id="a pair of surrogates"),
        pytest.param(r"\u003a\/\\\"", ':/\\"', id="escapes"),
        pytest.param(" a ", " a ", id="blanks at the ends"),
    ],
)
def test_a_text_is_kept_as_it_stands(written: str, kept: str) -> None:
    """Texts are judged by rules and not by the reader."""
    reading = read_json(header(f'"note": "{written}"'), shipped())
    assert reading.draft.header.note == kept


@pytest.mark.parametrize(
    "written", ["2026-W47", "2026W471", "2026-321", "20261301", "２０２６１１１６"]
)
def test_a_day_is_year_month_and_day(written: str) -> None:
    """Weeks and ordinals, which the standard library reads, are no days of the form."""
    content = header(f'"ie_date": "{written}"')
    assert at_once(content) is None
    assert [odd.place.field for odd in noted(content, "unreadable")] == ["ie_date"]


@pytest.mark.parametrize("written", ['"2026-11-16"', '"20261116"', "20261116"])
def test_a_day_may_stand_with_or_without_dashes(written: str) -> None:
    """All say the same day."""
    reading = read_json(header(f'"ie_date": {written}'), shipped())
    assert reading.draft.header.ie_date == date(2026, 11, 16)
    assert not noted(header(f'"ie_date": {written}'), "unreadable")


@pytest.mark.parametrize("written", ['""', '"  "', '"\u3000"', "null"])
def test_a_blank_is_nothing(written: str) -> None:
    """A blank text is no text: rules hear the same as of an empty field."""
    content = f'{{"header": {{"bill_no": {written}}}, "context": {{"advance_flag": {written}}}}}'
    reading = read_json(content.encode(), shipped())
    assert reading.draft.context.advance_flag is None
    facts = shipped().on(date(2026, 11, 20))
    assert audit(reading.draft, facts).findings == audit(Declaration(), facts).findings
    only_header = header(f'"bill_no": {written}, "note": "a"')
    wanted = Declaration(header=Header(note="a"))
    assert (
        audit(read_json(only_header, shipped()).draft, facts).findings
        == audit(wanted, facts).findings
    )


def test_what_is_no_block_is_noted() -> None:
    """Lists, numbers and nulls where blocks should stand, and blocks only readers write."""
    content = b'{"items": [null, 5, {}], "containers": {"a": 1}, "header": null, "licences": "x"}'
    assert [str(odd.place) for odd in noted(content, "unreadable")] == [
        "items[1]",
        "items[2]",
        "containers",
        "licences",
    ]
    for written in ('"extras": ["<evil/>"]', '"extras": 5', '"message": {}', '"surprise": 1'):
        content = f"{{{written}}}".encode()
        assert [odd.found for odd in noted(content, "unknown")] == [written.split('"')[1]]
        assert read_json(content, shipped()).draft.extras == ()
    assert not noted(b'{"extras": null}', "unknown")
