"""Bytes into the text of an XML file: recognises other kinds of file and names the encoding."""

import codecs
import re
from typing import NamedTuple

from auditors.formats.reading import BEGINNING, Unreadable, at_line
from knowledge.text import Text

KINDS = (
    (b"%PDF-", Text("PDF 文件", "a PDF")),
    (b"PK\x03\x04", Text("ZIP 压缩包", "a ZIP archive")),
    (b"PK\x05\x06", Text("空的 ZIP 压缩包", "an empty ZIP archive")),
    (b"\xd0\xcf\x11\xe0", Text("旧版 Office 文件（xls、doc）", "an old Office file (xls, doc)")),
    (b"Rar!", Text("RAR 压缩包", "a RAR archive")),
    (b"7z\xbc\xaf", Text("7z 压缩包", "a 7z archive")),
    (b"\x1f\x8b", Text("GZIP 压缩文件", "a GZIP file")),
    (b"\x89PNG", Text("PNG 图片", "a PNG image")),
    (b"\xff\xd8\xff", Text("JPEG 图片", "a JPEG image")),
    (b"{", Text("JSON 文件", "JSON")),
    (b"[", Text("JSON 文件", "JSON")),
)
"""How files begin that people take for a message, or rename to one."""
WORKBOOK = Text("Excel 工作簿（xlsx）", "an Excel workbook (xlsx)")

MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF8, "UTF-8"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
    (b"<\x00", "UTF-16LE"),
    (b"\x00<", "UTF-16BE"),
)
"""Byte order marks, and how UTF-16 begins without one; the longer ones first."""

DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
UTF_8 = frozenset({"UTF-8", "UTF8", "US-ASCII", "ASCII"})
CHINESE = frozenset({"GB18030", "GBK", "GB2312", "CP936", "MS936", "X-GBK", "GB_2312-80"})
"""Encodings that are read as GB18030, which holds them all."""
IDEOGRAPH = re.compile("[\u3400-\u9fff]")


class Decoded(NamedTuple):
    """The text of a file, and the encoding of its bytes where that was not UTF-8."""

    text: str
    encoding: str | None = None


def decode(content: bytes) -> Decoded:
    """Return the text the bytes hold.

    Raises:
        Unreadable: they are another kind of file, or in an encoding that is not read.
    """
    _refuse_other_kinds(content)
    mark = next((mark for mark in MARKS if content.startswith(mark[0])), None)
    if mark is None:
        return _by_declaration(content)
    if mark[1] == "UTF-8":
        return _by_declaration(content[len(mark[0]) :])
    if mark[1] == "UTF-32":
        raise _refused("UTF-32")
    text = _strict(content, mark[1])
    if text is None:
        raise _refused("UTF-16")
    return Decoded(text, "UTF-16")


def _by_declaration(content: bytes) -> Decoded:
    found = DECLARED.match(content)
    declared = found[1].decode("ascii", "replace").upper() if found else "UTF-8"
    utf_8 = _strict(content, "UTF-8")
    if declared in UTF_8:
        return Decoded(utf_8) if utf_8 is not None else _as_chinese(content, "UTF-8", "GB18030")
    if declared not in CHINESE:
        raise _refused(declared)
    if utf_8 is not None and (utf_8.isascii() or IDEOGRAPH.search(utf_8)):
        return Decoded(utf_8, declared)  # saved anew as UTF-8, the declaration left as it was
    return _as_chinese(content, declared, declared)


def _as_chinese(content: bytes, declared: str, noted: str) -> Decoded:
    text = _strict(content, "GB18030")
    if text is None:
        raise Unreadable(
            Text(
                f"编码声明为 {declared}，但字节既不是它也不是 GB18030，可能已损坏",
                f"The declared encoding is {declared}, but the bytes are neither that nor GB18030",
            ),
            Text("以 UTF-8 重新导出", "Export it again as UTF-8"),
            _first_strange_line(content),
            "CN-M005",
        )
    return Decoded(text, noted)


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _first_strange_line(content: bytes) -> Text | str:
    try:
        content.decode("UTF-8")
    except UnicodeDecodeError as fault:
        return at_line(content.count(b"\n", 0, fault.start) + 1)
    return ""


def _refused(encoding: str) -> Unreadable:
    return Unreadable(
        Text(f"编码是 {encoding}，不予读取", f"The encoding is {encoding}, which is not read"),
        Text("以 UTF-8 重新导出", "Export it again as UTF-8"),
        at_line(1),
        "CN-M005",
    )


def kind_of(begin: bytes) -> Text | None:
    """Return which kind of file begins so, where it is one that is taken for a message."""
    return next((kind for magic, kind in KINDS if begin.startswith(magic)), None)


def begin_of(content: bytes) -> bytes:
    """Return the first bytes of a file, without a mark and blanks."""
    return content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")


def _refuse_other_kinds(content: bytes) -> None:
    begin = begin_of(content)
    kind = kind_of(begin)
    if kind is None:
        return
    if begin.startswith(b"PK") and b"xl/" in content:
        kind = WORKBOOK
    raise Unreadable(
        Text(f"这是{kind.zh}，不是 XML 报文", f"This is {kind.en}, not an XML message"),
        Text(
            "提交 XML 报文；JSON 和 xlsx 请用各自的扩展名",
            "Hand in the XML message; give JSON and xlsx their own extension",
        ),
        BEGINNING,
    )
