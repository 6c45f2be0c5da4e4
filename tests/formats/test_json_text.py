"""The text of a JSON file: its encoding, its faults, and where each value stands."""

import json
import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditors.engine import audit
from auditors.formats import form_of, read
from auditors.formats.json_text import decoded, positions
from auditors.formats.lines import Lines
from auditors.formats.plain_json import FAULTS, read_json
from auditors.formats.reading import MAX_BYTES, Unreadable
from auditors.place import Place
from knowledge.library import shipped
from tests.formats.json_files import SAMPLE, WEIGHT, header, plain, slow


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
    assert fault.where.en.startswith(where)
    assert bool(fault.where.en) == bool(where)
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
