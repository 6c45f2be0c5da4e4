"""What is let in: bytes that are a workbook, of a bearable size, and that hide no entities.

A workbook is a zip of XML parts. All of it is looked at here before `openpyxl` touches it, so that
a renamed PDF is called by its name and a zip bomb or an XML entity never reaches a parser.
"""

import re
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from auditors.formats.decoding import KINDS, begin_of
from auditors.formats.reading import Unreadable, refuse_size
from knowledge.text import Text

MAX_ENTRIES = 2_000
"""Most parts a workbook may have; one filled from the template has some 40."""
MAX_UNPACKED = 100_000_000
"""Largest size of all parts together, unpacked."""
MAX_ELEMENTS = 1_000_000
"""Most XML tags of styles, texts and all else but rows, which are counted where they are read."""
MAX_RATIO = 200
"""Most a part may have been squeezed; sheets reach 30."""
RATIO_FROM = 1_000_000
"""Smallest part whose ratio is looked at."""

# openpyxl warns of what it leaves out of a workbook, and nobody is there to read it. Said once for
# the process: to silence it around each call, `warnings.catch_warnings`, is not safe in threads.
warnings.filterwarnings("ignore", module="openpyxl")

CONTENTS = "[Content_Types].xml"
BOOK = "xl/workbook.xml"
STRICT = b"purl.oclc.org/ooxml"
ENCODINGS = frozenset([b"utf-8", b"utf8", b"us-ascii", b"ascii"])

SAVE_AS = Text("在 Excel 中另存为 .xlsx 后再试", "Open it in Excel and save it as .xlsx")
EXPORT_AGAIN = Text("重新导出或另存后再试", "Export or save it again")
NO_PASSWORD = Text("去掉密码后另存再试", "Remove the password and save it again")

MARKUP = ((b"<", Text("XML 或网页文件", "an XML or HTML file")),)
INSIDES = (
    ("xl/workbook.bin", Text("二进制工作簿（.xlsb）", "a binary workbook (.xlsb)")),
    ("word/document.xml", Text("Word 文档", "a Word document")),
    ("ppt/presentation.xml", Text("PowerPoint 演示文稿", "a PowerPoint presentation")),
    ("content.xml", Text("OpenDocument 文件", "an OpenDocument file")),
)


def let_in(content: bytes) -> ZipFile:
    """Return a workbook as a zip whose every part was looked at.

    Raises:
        Unreadable: it is something else, or more than is read here.
    """
    refuse_size(content)
    if not content.startswith(b"PK"):
        raise _foreign(content)
    with faults_told():
        archive = ZipFile(BytesIO(content))
        _refuse_others(archive)
        _refuse_bombs(archive.infolist())
        _refuse_strict(archive.read(BOOK))
        _refuse_crowds(sum(_elements(archive, entry) for entry in archive.infolist()))
    return archive


@contextmanager
def faults_told(where: str = "") -> Iterator[None]:
    """Turn whatever a broken workbook makes the parsers raise into a refusal that says so.

    Raises:
        Unreadable: whatever was raised within.
    """
    try:
        yield
    except Unreadable:
        raise
    except (BadZipFile, zlib.error, EOFError):
        raise Unreadable(Text("工作簿已损坏", "The workbook is damaged"), EXPORT_AGAIN) from None
    except Exception as fault:
        says = Text(
            f"工作簿内容无法解析（{type(fault).__name__}）",
            f"The workbook cannot be parsed ({type(fault).__name__})",
        )
        raise Unreadable(says, EXPORT_AGAIN, where) from fault


def _is_not_a_workbook(what: Text, do: Text = SAVE_AS) -> Unreadable:
    says = Text(f"这是{what.zh}，不是 Excel 工作簿", f"This is {what.en}, not an Excel workbook")
    return Unreadable(says, do)


def _foreign(content: bytes) -> Unreadable:
    """Name what bytes are that are no zip."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return _compound(content)
    begins = begin_of(content)
    for beginning, what in (*KINDS, *MARKUP):
        if begins.startswith(beginning):
            return _is_not_a_workbook(what, _remedy(beginning))
    if b"\x00" not in content[:512] and re.search(rb"[,;\t]", content[:512]):
        return _is_not_a_workbook(Text("CSV 文本", "a CSV text"))
    return _is_not_a_workbook(Text("未知格式的文件", "a file of an unknown form"))


def _remedy(beginning: bytes) -> Text:
    if beginning in (b"{", b"[", b"<"):
        return Text("用 .json 或 .xml 作文件名后再试", "Name it .json or .xml and try again")
    return Text("提供 .xlsx 工作簿", "Give the .xlsx workbook itself")


def _compound(content: bytes) -> Unreadable:
    """Tell a locked workbook from one of the years before 2007."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return Unreadable(Text("工作簿有密码", "The workbook is locked by a password"), NO_PASSWORD)
    return _is_not_a_workbook(Text("旧版 .xls 工作簿", "an .xls workbook of the old kind"))


def _refuse_others(archive: ZipFile) -> None:
    names = set(archive.namelist())
    for inside, what in INSIDES:
        if inside in names:
            raise _is_not_a_workbook(what)
    if not {CONTENTS, BOOK} <= names:
        what = Text("普通压缩包", "a plain zip")
        raise _is_not_a_workbook(what, Text("解压后提供 .xlsx 文件", "Unpack it, give the .xlsx"))


def _refuse_strict(book: bytes) -> None:
    """Refuse the strict dialect, whose names `openpyxl` does not know: it would see no sheets."""
    if STRICT in book[:4096]:
        says = Text("工作簿是“严格 Open XML”格式", "The workbook was saved as Strict Open XML")
        do = Text("另存为普通的“Excel 工作簿”后再试", "Save it as an ordinary Excel Workbook")
        raise Unreadable(says, do)


def _refuse_bombs(entries: list[ZipInfo]) -> None:
    size = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or size > MAX_UNPACKED:
        says = Text(
            f"工作簿有 {len(entries)} 个部件，解压后 {size} 字节，超过上限",
            f"The workbook has {len(entries)} parts and {size} bytes unpacked, more than is read",
        )
        raise Unreadable(says, Text("只保留报关单的工作表", "Keep the declaration's sheets only"))
    for entry in entries:
        _refuse_bomb(entry)


def _refuse_bomb(entry: ZipInfo) -> None:
    if entry.flag_bits & 1:
        raise Unreadable(Text("压缩包有密码", "The zip is locked by a password"), NO_PASSWORD)
    if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        says = Text("压缩方式不受支持", "The zip is packed in a way not read here")
        raise Unreadable(says, EXPORT_AGAIN, entry.filename)
    if entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * entry.compress_size:
        says = Text(
            f"部件压缩比超过 {MAX_RATIO}，疑似压缩炸弹",
            f"A part is squeezed more than {MAX_RATIO} times, like a zip bomb",
        )
        raise Unreadable(says, EXPORT_AGAIN, entry.filename)


def _refuse_crowds(elements: int) -> None:
    if elements > MAX_ELEMENTS:
        says = Text(
            f"工作簿有 {elements} 个 XML 标签，超过上限 {MAX_ELEMENTS}",
            f"The workbook has {elements} XML tags, more than {MAX_ELEMENTS}",
        )
        raise Unreadable(says, Text("只保留报关单的工作表", "Keep the declaration's sheets only"))


def _elements(archive: ZipFile, entry: ZipInfo) -> int:
    """Count the tags of a part, those of rows apart; refuse it where it is not plain XML.

    Rows are counted where they are parsed: blank ones in great number are common and harmless.
    """
    with archive.open(entry) as part:
        head = part.read(64)
        begins = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
        if begins and not begins.startswith(b"<"):
            return 0
        if b"\x00" in head or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise _strange(entry)
        markup = head + part.read()
    _refuse_entities(markup, entry)
    if not entry.filename.startswith("xl/worksheets/"):
        return markup.count(b"<")
    return markup.count(b"<", max(markup.rfind(b"sheetData>"), 0)) + markup.count(b"<si")


def _refuse_entities(markup: bytes, entry: ZipInfo) -> None:
    """Refuse document types: no workbook has one, and entities come by no other way."""
    declared = re.search(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)", markup[:512])
    if declared and declared[1].lower() not in ENCODINGS:
        raise _strange(entry)
    if b"<!DOCTYPE" in markup or b"<!ENTITY" in markup:
        says = Text("部件含文档类型或实体声明", "A part declares a document type or entities")
        raise Unreadable(says, EXPORT_AGAIN, entry.filename)


def _strange(entry: ZipInfo) -> Unreadable:
    says = Text("部件不是 UTF-8 编码", "A part is not in UTF-8")
    return Unreadable(says, EXPORT_AGAIN, entry.filename)
