"""Our own JSON: two roads to the same draft, and one clear word on everything odd."""

import json
import random
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditors.declaration import Declaration, Header, Message
from auditors.engine import audit
from auditors.formats import form_of, read
from auditors.formats.json_text import decoded, positions
from auditors.formats.lines import Lines
from auditors.formats.plain_json import FAULTS, carefully, read_json, write_json
from auditors.formats.reading import MAX_BYTES, Reading, Unreadable
from auditors.formats.sound_json import ALIASES, FIGURES, UNSCREENED, at_once
from auditors.names import PARTS
from auditors.place import Oddity, Place
from auditors.screen import BLOCKS
from knowledge.library import shipped
from tests.strategies import whole_drafts

HOME = Path(__file__).parents[2]
DRAFTS = sorted([*HOME.glob("examples/*.json"), *HOME.glob("tests/drafts/*.json")])
SAMPLE = (HOME / "tests" / "drafts" / "cn_import.json").read_bytes()
WEIGHT = Place("header", 0, "net_weight")
slow = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def plain(reading: Reading) -> Declaration:
    """Return the draft of a reading without what the reader noted."""
    return msgspec.structs.replace(reading.draft, message=Message())


def header(written: str) -> bytes:
    """Return a draft of nothing but some fields of its header, as they are written."""
    return f'{{"header": {{{written}}}}}'.encode()


def noted(content: bytes, kind: str) -> list[Oddity]:
    """Return what the reader noted of one kind."""
    found: list[Oddity] = list(getattr(read_json(content, shipped()).draft.message, kind))
    return found


# -- the two roads ---------------------------------------------------------------------------


@pytest.mark.parametrize("file", DRAFTS, ids=lambda file: file.stem)
def test_sound_files_take_the_quick_road(file: Path) -> None:
    """Every example is read at once, and the careful reader reads the same."""
    content = file.read_bytes()
    if "faulty" in file.stem:
        return
    sound = at_once(content)
    assert sound
    assert msgspec.structs.replace(sound.draft, message=Message()) == plain(
        carefully(content, shipped())
    )


@slow
@given(whole_drafts(shipped()))
def test_what_is_written_is_read_again(draft: Declaration) -> None:
    """A draft survives the way into our JSON and back, on both roads."""
    content = write_json(draft)
    wanted = msgspec.structs.replace(draft, schema="cn-dec/1")
    assert plain(read_json(content, shipped())) == wanted
    assert plain(carefully(content, shipped())) == wanted
    assert write_json(read_json(content, shipped()).draft) == content
    assert read_json(content, shipped()).draft.message.unknown == ()


@slow
@given(whole_drafts(shipped()), st.randoms(use_true_random=False), st.data())
def test_both_roads_agree(draft: Declaration, chance: random.Random, data: st.DataObject) -> None:
    """However a sound draft is laid out, a quick reading is what the careful one gives."""
    raw = _shuffled(json.loads(write_json(draft)), chance)
    layout: dict[str, Any] = {
        "ensure_ascii": data.draw(st.booleans()),
        "indent": data.draw(st.sampled_from([None, 2, "\t"])),
        "separators": data.draw(st.sampled_from([None, (",", ":")])),
    }
    content = json.dumps(raw, **layout).encode()
    sound = at_once(content)
    if sound:
        assert msgspec.structs.replace(sound.draft, message=Message()) == plain(
            carefully(content, shipped())
        )
    assert plain(read_json(content, shipped())) == msgspec.structs.replace(draft, schema="cn-dec/1")


def _shuffled(raw: Any, chance: random.Random) -> Any:
    """Fields in another order, some numbers without quotes, and nulls where nothing stands."""
    if isinstance(raw, list):
        return [_shuffled(each, chance) for each in raw]
    if not isinstance(raw, dict):
        return raw
    pairs = [(name, _shuffled(each, chance)) for name, each in raw.items()]
    pairs = [(name, _bare(each) if name in WHOLE else each) for name, each in pairs]
    if "bill_no" not in raw and "ie_flag" in raw:
        pairs.append(("bill_no", None))
    chance.shuffle(pairs)
    return dict(pairs)


WHOLE = {"net_weight", "qty", "total"}


def _bare(value: str) -> Any:
    return int(value) if value.isdigit() else value


@slow
@given(st.binary(max_size=60), st.integers(0, len(SAMPLE)), st.integers(0, 8))
def test_a_mutated_file_is_read_alike(put: bytes, at: int, dropped: int) -> None:
    """A sound file with a piece changed: where the quick road takes it, the careful one agrees."""
    content = SAMPLE[:at] + put + SAMPLE[at + dropped :]
    sound = at_once(content)
    if sound is None:
        return
    careful = carefully(content, shipped())
    assert not careful.draft.message.unreadable
    assert not careful.draft.message.untidy
    assert _without_blanks(sound.draft) == _without_blanks(careful.draft)


def _without_blanks(draft: Declaration) -> Any:
    """The draft as plain data, a blank text as nothing: that is how the screen takes it."""
    kept = msgspec.structs.replace(draft, message=Message())
    return _filled(msgspec.to_builtins(kept, enc_hook=str))


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        held = {name: _filled(each) for name, each in value.items()}
        return {name: each for name, each in held.items() if each not in (None, "")}
    if isinstance(value, list | tuple):
        return [_filled(each) for each in value]
    return value.strip() and value if isinstance(value, str) else value


def test_the_blocks_that_no_screen_looks_at_are_known() -> None:
    """The quick road looks for blanks wherever the screen does not."""
    unscreened = set(Declaration.__struct_fields__) - set(BLOCKS)
    assert unscreened == {*UNSCREENED, "schema", "message", "extras"}
    assert {"container_weight", "permit_qty", "exchange_rates", "total"} <= FIGURES
    numbers = {
        field.name
        for block in shipped().fields.values()
        for field in block.fields.values()
        if field.kind in {"number", "numbers"}
    }
    assert numbers <= FIGURES
    held = {
        name
        for name in PARTS
        for field in shipped().fields[name].fields.values()
        if field.kind == "number"
    }
    assert held <= {"items", "containers"}


# -- what is odd -----------------------------------------------------------------------------

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
    assert "\\u" in written or refused.value.where.startswith("line 2, column ")


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


# -- groups ----------------------------------------------------------------------------------


def test_a_field_may_stand_in_a_group() -> None:
    """Charges and promises may be grouped; reports then point into the group."""
    content = header('"fee": {"mark": "3", "rate": 820}, "promise": {"royalty": "1"}')
    sound = at_once(content)
    assert sound
    careful = carefully(content, shipped())
    assert sound.draft == plain(careful)
    assert sound.pointers == careful.stood.pointers
    assert sound.pointers[Place("header", 0, "fee_rate")] == "/header/fee/rate"
    assert sound.draft.header.royalty_flag == "1"
    line = Lines(read_json(content, shipped()), shipped().fields).find(
        Place("header", 0, "fee_rate")
    )
    assert line
    assert line.text[line.column - 1 :].startswith("820")


@pytest.mark.parametrize("name", ALIASES)
def test_every_field_of_a_group_is_read(name: str) -> None:
    """Both roads know each alias."""
    group, inner = ALIASES[name]
    content = header(f'"{group}": {{"{inner}": "1"}}')
    sound = at_once(content)
    assert sound
    assert str(getattr(sound.draft.header, name)) == "1"
    assert sound.draft == plain(carefully(content, shipped()))


def test_a_field_written_both_ways_is_noted() -> None:
    """The group counts, and the other value is told."""
    content = header('"fee": {"mark": "3"}, "fee_mark": "1"')
    assert at_once(content) is None
    assert read_json(content, shipped()).draft.header.fee_mark == "3"
    assert noted(content, "repeated") == [Oddity(Place("header", 0, "fee_mark"), "1")]
    one_blank = header('"fee": {"mark": null}, "fee_mark": "1"')
    assert read_json(one_blank, shipped()).draft.header.fee_mark == "1"
    assert not noted(header('"fee": null, "insurance": {}'), "unknown")
    assert [odd.found for odd in noted(header('"fee": {"what": 1}'), "unknown")] == ["fee"]
    assert [odd.found for odd in noted(header('"fee": "820"'), "unknown")] == ["fee"]


# -- encodings and other kinds of file --------------------------------------------------------


def test_gb18030_is_read_and_noted() -> None:
    """What an old program wrote is read; the report says how it was encoded."""
    content = SAMPLE.decode().encode("gb18030")
    reading = read_json(content, shipped())
    assert reading.draft.message.encoding == "gb18030"
    assert plain(reading) == read_json(SAMPLE, shipped()).draft
    line = Lines(reading, shipped().fields).find(Place("header", 0, "trade_name"))
    assert line
    assert "示例贸易" in line.text


def test_a_byte_order_mark_is_skipped() -> None:
    """UTF-8 with a mark is UTF-8."""
    reading = read_json(b"\xef\xbb\xbf" + SAMPLE, shipped())
    assert reading.draft.message.encoding is None
    assert plain(reading) == read_json(SAMPLE, shipped()).draft


UNREADABLE: dict[str, tuple[bytes, str, str, str]] = {
    "nothing": (b"", "CN-M001", "is empty", ""),
    "blanks": (b" \r\n\t", "CN-M001", "is empty", ""),
    "NULs": (b"\0" * 5000, "CN-M001", "is empty", ""),
    "UTF-16": ("{}".encode("utf-16"), "CN-M005", "UTF-16", "byte 0"),
    "UTF-16 without a mark": ("{}".encode("utf-16-le"), "CN-M005", "UTF-16", "byte 0"),
    "UTF-16, big end first": ("{}".encode("utf-16-be"), "CN-M005", "UTF-16", "byte 0"),
    "UTF-32": ("{}".encode("utf-32"), "CN-M005", "UTF-32", "byte 0"),
    "Latin-1": ('{"header":\n{"note": "é"}}'.encode("latin-1"), "CN-M005", "Latin-1", "line 2"),
    "PDF": (b"%PDF-1.7 \xff\xff", "CN-M001", "a PDF", "byte 0"),
    "zip": (b"PK\x03\x04\x14\x00\xff", "CN-M001", "a ZIP archive", "byte 0"),
    "XML": (b'<?xml version="1.0"?><a/>', "CN-M001", "XML", "byte 0"),
    "XML with a mark": (b"\xef\xbb\xbf<a/>", "CN-M001", "XML", "byte 0"),
    "list": (b"\n []", "CN-M001", "no object", "line 2, column 2"),
    "number": (b"5", "CN-M001", "no object", "line 1, column 1"),
    "cut off": (b'{"header": {"note": "a', "CN-M001", "Unterminated", "line 1, column 21"),
    "comma at the end": (b'{"items": [],}', "CN-M001", "", "line 1, column 14"),
    "single quotes": (b"{'a': 1}", "CN-M001", "double quotes", "line 1, column 2"),
    "two documents": (b"{}\n{}", "CN-M001", "Extra data", "line 2, column 1"),
    "NaN": (b'{"header":\n{"net_weight": NaN}}', "CN-M001", "NaN", "line 2, column 16"),
    "Infinity": (b'{"a": "NaN", "b": -Infinity}', "CN-M001", "-Infinity", "line 1, column 19"),
    "underscore": (header('"net_weight": 1_000'), "CN-M001", "delimiter", "line 1, column 28"),
    "raw control": (b'{"note": "a\x1bb"}', "CN-M001", "control character", "line 1, column 12"),
    "half a character": (
        header(r'"mark_no": "\ud83d\ude00", "note": "\ud83d"'),
        "CN-M001",
        "half a character",
        "line 1, column 48",
    ),
    "the other half": (header(r'"\udc00": 1'), "CN-M001", "half a character", "line 1, column 13"),
    "lists without end": (b"[" * 100_000, "CN-M001", "too deeply", "line 1, column 41"),
    "objects without end": (b'{"a":' * 100_000, "CN-M001", "too deeply", "line 1, column 201"),
    "fifty levels": (b'{"a":' * 50 + b"1" + b"}" * 50, "CN-M001", "too deeply", "line 1"),
    "too large": (b'{"a": "%s"}' % (b"x" * MAX_BYTES), "CN-M001", str(MAX_BYTES), ""),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_is_no_draft_is_refused(case: str) -> None:
    """One exception, with a wording in both languages, what to do, and where."""
    content, code, said, where = UNREADABLE[case]
    with pytest.raises(Unreadable) as refused:
        read(content, shipped(), "draft.json")
    fault = refused.value
    assert fault.code == code
    assert said in fault.says.en
    assert fault.where.startswith(where)
    assert bool(fault.where) == bool(where)
    assert all((fault.says.zh, fault.do.zh, fault.do.en))
    assert any("\u4e00" <= sign <= "\u9fff" for sign in fault.says.zh)


@pytest.mark.parametrize(
    "content",
    [
        '{"a": }',
        '{"a": 1 "b"}',
        '{"a" 1}',
        "{a: 1}",
        '{"a": 1,}',
        '{"a": [1,]}',
        "{} {}",
        '{"a',
        '{"a\x07"}',
        r'{"\q"}',
        r'{"\u12"}',
    ],
)
def test_the_faults_of_the_parser_are_said_in_chinese(content: str) -> None:
    """Whatever the standard library says of broken JSON has a Chinese wording."""
    with pytest.raises(Unreadable) as refused:
        read_json(content.encode(), shipped())
    assert refused.value.says.zh.partition("：")[2] in FAULTS.values()


def test_a_large_file_is_read_in_time() -> None:
    """A text of nearly twenty million signs costs seconds at most, and is told of in short."""
    start = time.process_time()
    assert read_json(header(f'"note": "{"x" * (MAX_BYTES - 100)}"'), shipped()).draft.header.note
    content = header(f'"note": "{"x" * 1_000_000}"')
    report = audit(read_json(content, shipped()).draft, shipped().on(date(2026, 11, 20)))
    assert time.process_time() - start < 10
    said = [found.message for found in report.findings if found.places[0].field == "note"]
    assert said
    assert max(len(text) for message in said for text in message) < 1000


def test_a_file_without_a_known_ending_is_known_by_its_beginning() -> None:
    """Objects and lists are JSON, marked or not; what is neither is refused by name."""
    assert form_of("draft", b"\xef\xbb\xbf {}") == "json"
    assert form_of("draft.JSON") == "json"
    with pytest.raises(Unreadable, match=r"draft\.txt"):
        form_of("draft.txt", b"hello")


# -- places ----------------------------------------------------------------------------------


@slow
@given(
    st.recursive(
        st.none() | st.text(max_size=3) | st.integers(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text('ab\\"中', max_size=2), inner),
        max_leaves=8,
    )
)
def test_each_value_has_its_place(raw: Any) -> None:
    """Where the text says a value begins, that value begins."""
    text = json.dumps(raw, ensure_ascii=False, indent=1)
    decoder = json.JSONDecoder()
    found = [(pointer, decoder.raw_decode(text, offset)[0]) for pointer, offset in positions(text)]
    assert found == list(_values(raw, ""))


def _values(raw: Any, pointer: str) -> Any:
    yield pointer, raw
    pairs = (
        raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    )
    for name, each in pairs:
        key = json.dumps(name, ensure_ascii=False)[1:-1] if isinstance(name, str) else name
        yield from _values(each, f"{pointer}/{key}")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_count_as_editors_count(ending: str) -> None:
    """Whatever ends a line, and with a line separator within a text, the place is right."""
    text = '{"header": {\n"note": "a\u2028b",\n  "net_weight": "甲"}}'
    reading = read_json(text.replace("\n", ending).encode(), shipped())
    line = Lines(reading, shipped().fields).find(WEIGHT)
    assert line == (3, 17, '  "net_weight": "甲"}}')
    around = Lines(reading, shipped().fields).find(Place("header", 0, "gross_weight"))
    assert around == (1, 12, '{"header": {')
    assert Lines(reading, shipped().fields).find(Place("items", 1, "qty")) is None


def test_the_text_of_a_file_says_its_encoding() -> None:
    """UTF-8 goes without saying."""
    assert decoded("甲".encode()) == ("甲", None)
    assert decoded("甲".encode("gb18030")) == ("甲", "gb18030")
