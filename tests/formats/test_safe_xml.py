"""Bytes that are no message: each is refused in plain words, or read and noted; none does harm."""

import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditors.formats.reading import MAX_BYTES, Unreadable
from auditors.formats.safe_xml import MAX_DEPTH, MAX_ELEMENTS
from auditors.formats.single_window import read_xml
from knowledge.library import shipped
from tests.formats.there_and_back import SAMPLE, slow

LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
<DecMessage>&d;</DecMessage>"""
OUTSIDE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><DecMessage>&e;</DecMessage>'
NAMED = "<DecMessage><DecHead><TradeName>示例贸易</TradeName></DecHead></DecMessage>"


def refusal(content: bytes) -> Unreadable:
    """Return why the bytes are not read."""
    with pytest.raises(Unreadable) as refused:
        read_xml(content, shipped())
    assert refused.value.says.zh
    assert refused.value.do.zh
    assert refused.value.do.en
    return refused.value


@pytest.mark.parametrize(
    ("content", "says", "where"),
    [
        pytest.param(LAUGHS, "DOCTYPE", "line 2", id="billion laughs"),
        pytest.param(OUTSIDE, "DOCTYPE", "line 1", id="a file named from outside"),
        pytest.param(
            b'<?x?>\n<!-- <!DOCTYPE -->\n<!DOCTYPE d SYSTEM "http://x/d"><DecMessage/>',
            "DOCTYPE", "line 3", id="a document type after comments",
        ),
        pytest.param(b"<DecMessage>&e;</DecMessage>", "undefined entity", "line 1", id="an entity"),
        pytest.param(b"<DecMessage><DecHead>", "ends early", "line 1", id="cut short"),
        pytest.param(SAMPLE[:2000], "", "line ", id="the sample cut short"),
        pytest.param(b"<DecMessage>\n<a></DecMessage>", "do not match", "line 2", id="tags"),
        pytest.param(b"<DecMessage>A & B</DecMessage>", "escaped", "line 1", id="a bare sign"),
        pytest.param(b"\n<?xml version='1.0'?><DecMessage/>", "top", "line 2", id="a blank line"),
        pytest.param(b"<DecMessage/><DecMessage/>", "follows", "line 1", id="two messages"),
        pytest.param(b"<DecMessage>\x00</DecMessage>", "character", "line 1", id="a zero byte"),
        pytest.param(b"<DecMessage>\x07</DecMessage>", "character", "line 1", id="a bell"),
        pytest.param(b"<DecMessage>&#xD800;</DecMessage>", "character", "line 1", id="half a pair"),
        pytest.param(b"<DecMessage>&#0;</DecMessage>", "character", "line 1", id="zero by number"),
        pytest.param(b"ie_flag,I", "not begin as XML", "line 1", id="plain text"),
        pytest.param(b"<!-- no end", "not well-formed", "line 1", id="a comment that never ends"),
        pytest.param(b"%PDF-1.7\n", "a PDF", "byte 0", id="a PDF"),
        pytest.param(b"PK\x03\x04 a/b.txt", "a ZIP archive", "byte 0", id="an archive"),
        pytest.param(b"PK\x03\x04 xl/workbook.xml", "Excel workbook", "byte 0", id="a workbook"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1", "old Office file", "byte 0", id="an old workbook"),
        pytest.param(b'\xef\xbb\xbf {"header": {}}', "JSON", "byte 0", id="JSON"),
        pytest.param(b" \r\n\t", "empty", "", id="nothing"),
    ],
)  # fmt: skip
def test_it_is_refused_in_plain_words(content: bytes, says: str, where: str) -> None:
    """What is broken or dangerous is named with its line, and never followed."""
    refused = refusal(content)
    assert says in refused.says.en
    assert refused.where.en.startswith(where)
    assert refused.code == "CN-M001"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(b"<a>" * 10_000 + b"</a>" * 10_000, "nested more", id="very deep"),
        pytest.param(
            b"<a>" * (MAX_DEPTH + 1) + b"</a>" * (MAX_DEPTH + 1), "nested more", id="just too deep"
        ),
        pytest.param(
            b"<DecMessage>" + b"<a/>" * 1_000_000 + b"</DecMessage>", "elements", id="a million"
        ),
        pytest.param(b"<DecMessage" + b' a="1"' * 1_000_000 + b"/>", "redefined", id="attributes"),
        pytest.param(b"<a>" + b"x" * 11_000_000 + b"</a>", "too long", id="one long value"),
        pytest.param(b"<" + b"a" * 60_000 + b"/>", "too long", id="one long name"),
        pytest.param(b" " * (MAX_BYTES + 1) + b"<", "more than", id="too many bytes"),
        pytest.param(b"<!---->" * 2_000_000, "elements", id="comments without end"),
        pytest.param(b"<?a?>" * 30_000, "", id="instructions without a root"),
    ],
)
def test_too_much_is_refused_at_once(content: bytes, says: str) -> None:
    """Size, number, depth and length are limited, and the answer comes quickly."""
    before = time.process_time()
    assert says in refusal(content).says.en
    assert time.process_time() - before < 5


def test_the_limits_themselves_are_read() -> None:
    """As many elements and as deep as the limits say is not too much."""
    many = b"<DecMessage>" + b"<a/>" * (MAX_ELEMENTS - 1) + b"</DecMessage>"
    deep = MAX_DEPTH - 1
    assert len(read_xml(many, shipped()).draft.extras) == MAX_ELEMENTS - 1
    nested = b"<DecMessage>" + b"<a>" * deep + b"</a>" * deep + b"</DecMessage>"
    assert read_xml(nested, shipped()).draft.extras


@pytest.mark.parametrize(
    ("content", "noted"),
    [
        pytest.param(NAMED.encode(), None, id="UTF-8"),
        pytest.param(b"\xef\xbb\xbf" + NAMED.encode(), None, id="UTF-8 with a mark"),
        pytest.param(NAMED.encode("utf-16"), "UTF-16", id="UTF-16 with a mark"),
        pytest.param(NAMED.encode("utf-16-be"), "UTF-16", id="UTF-16 without a mark"),
        pytest.param(NAMED.encode("gb18030"), "GB18030", id="Chinese bytes, nothing declared"),
    ],
)
def test_the_encoding_is_found(content: bytes, noted: str | None) -> None:
    """Encodings in use are read, and noted where they are not UTF-8."""
    draft = read_xml(content, shipped()).draft
    assert draft.header.trade_name == "示例贸易"
    assert draft.message.encoding == noted


@pytest.mark.parametrize(
    ("declared", "encoding", "noted"),
    [
        ("UTF-8", "utf-8", None),
        ("utf8", "utf-8", None),
        ("us-ascii", "utf-8", None),
        ("GB18030", "gb18030", "GB18030"),
        ("gbk", "gbk", "GBK"),
        ("gb2312", "gbk", "GB2312"),
        ("UTF-8", "gb18030", "GB18030"),
        ("GBK", "utf-8", "GBK"),
        ("UTF-16", "utf-16", "UTF-16"),
        ("UTF-8", "utf-16", "UTF-16"),
    ],
)
def test_declared_and_real_encodings_are_told_apart(
    declared: str, encoding: str, noted: str | None
) -> None:
    """A declaration that does not fit the bytes is noted, and the bytes are read rightly."""
    content = f'<?xml version="1.0" encoding="{declared}"?>{NAMED}'.encode(encoding)
    draft = read_xml(content, shipped()).draft
    assert draft.header.trade_name == "示例贸易"
    assert draft.message.encoding == noted


@pytest.mark.parametrize(
    ("content", "names"),
    [
        pytest.param(b'<?xml version="1.0" encoding="Big5"?><DecMessage/>', "BIG5", id="Big5"),
        pytest.param(b"<?xml version='1.0' encoding='UTF-16'?><DecMessage/>", "UTF-16", id="false"),
        pytest.param(NAMED.encode("utf-32"), "UTF-32", id="UTF-32"),
        pytest.param(b"\xff\xfe<\x00\x00\xd8<\x00", "UTF-16", id="broken UTF-16"),
        pytest.param(b"<DecMessage>\n\xff\xff</DecMessage>", "GB18030", id="neither"),
        pytest.param(
            "<DecMessage>示例".encode() + "示例".encode("gbk") + b"\xff</DecMessage>",
            "GB18030", id="two encodings in one file",
        ),
    ],
)  # fmt: skip
def test_another_encoding_is_named(content: bytes, names: str) -> None:
    """An encoding that is not read is named, as is a file in several of them."""
    refused = refusal(content)
    assert names in refused.says.en
    assert refused.code == "CN-M005"


@slow
@given(st.data())
def test_no_bytes_do_harm(data: st.DataObject) -> None:
    """Whatever is done to a message, it is read or refused."""
    content = bytearray(SAMPLE)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        length = data.draw(st.integers(0, 40))
        content[at : at + length] = data.draw(st.binary(max_size=6) | st.sampled_from(
            [b"<", b">", b"&", b"]]>", b"<!--", b"<DecHead>", b"</DecList>", b"\xff", b"PK\x03\x04"]
        ))  # fmt: skip
    with suppress(Unreadable):
        assert read_xml(bytes(content), shipped()).form == "xml"


def test_a_strange_byte_is_found() -> None:
    """Bytes in no encoding known here are pointed at by their line."""
    assert refusal(b"<DecMessage>\n\n\xff\xff</DecMessage>").where.en == "line 3"


def test_no_file_outside_is_opened(tmp_path: Path) -> None:
    """An included or linked file is not looked at."""
    secret = tmp_path / "secret"
    secret.write_text("secret")
    include = (
        '<DecMessage xmlns:xi="http://www.w3.org/2001/XInclude"><DecHead><NoteS>'
        f'<xi:include href="{secret.as_uri()}" parse="text"/></NoteS></DecHead></DecMessage>'
    )
    draft = read_xml(include.encode(), shipped()).draft
    assert draft.header.note is None
    assert draft.message.unreadable
