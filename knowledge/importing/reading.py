"""A file into raw texts: which form it is in is told by what is in it, then by its name."""

from collections.abc import Callable
from pathlib import Path

from knowledge.importing.forms.jsonl import read_jsonl
from knowledge.importing.forms.markdown import read_markdown
from knowledge.importing.forms.pdf import read_pdf
from knowledge.importing.forms.plain import read_plain
from knowledge.importing.forms.webpage import read_webpage
from knowledge.importing.forms.word import read_word
from knowledge.importing.raw import MAX_BYTES, Reading, Refused, refuse_crowds, refuse_emptiness
from knowledge.text import Text

Reader = Callable[[bytes, str], Reading]

BY_NAME: dict[str, Reader] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_plain,
    ".html": read_webpage,
    ".htm": read_webpage,
    ".docx": read_word,
    ".pdf": read_pdf,
    ".jsonl": read_jsonl,
}
"""The readers, by the ending of a file's name."""
KNOWN_BUT_UNREAD = frozenset([".doc", ".dot", ".wps", ".rtf", ".ofd", ".odt", ".caj", ".xls", ".xlsx", ".ppt", ".pptx", ".zip", ".rar", ".7z"])  # fmt: skip
"""Endings of files that may hold a text of law in a form that is not read."""
BY_BEGINNING: tuple[tuple[bytes, Reader], ...] = (
    (b"%PDF-", read_pdf),
    (b"PK\x03\x04", read_word),
    (b"\xd0\xcf\x11\xe0", read_word),
    (b"<!doctype html", read_webpage),
    (b"<html", read_webpage),
)
FOREIGN = (
    (b"Rar!", Text("RAR 压缩包", "a RAR archive")),
    (b"7z\xbc\xaf", Text("7z 压缩包", "a 7z archive")),
    (b"\x1f\x8b", Text("GZIP 压缩文件", "a GZIP file")),
    (b"\x89PNG", Text("PNG 图片", "a PNG image")),
    (b"\xff\xd8\xff", Text("JPEG 图片", "a JPEG image")),
    (b"{\\rtf", Text("RTF 文档", "an RTF document")),
)
SAVE_AS = Text(
    "另存为 docx、pdf、html、md 或 txt 后再导入", "Save it as docx, pdf, html, md or txt"
)


def read_file(file: Path) -> Reading:
    """Return the texts a file holds.

    Raises:
        Refused: there is none, or it is not read; says which, where and what to do.
    """
    return read_content(_content(file), str(file))


def read_content(content: bytes, name: str) -> Reading:
    """Return the texts the bytes of a file hold; its name tells the form and stands in messages.

    Raises:
        Refused: there is none, or it is not read; says which, where and what to do.
    """
    try:
        _refuse_size(content, name)
        reading = _reader(content, name)(content, name)
        for text in reading.texts:
            refuse_crowds(len(text.paragraphs), name)
            refuse_emptiness(text.paragraphs, name)
    except Refused:
        raise
    except Exception as fault:  # whatever a strange file does to a parser is told as one thing
        kind = type(fault).__name__
        says = Text(f"文件无法解析（{kind}）", f"The file cannot be parsed ({kind})")
        raise Refused(name, says, SAVE_AS) from fault
    return reading


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as fault:
        reason = fault.strerror or type(fault).__name__
        says = Text(f"打不开文件：{reason}", f"The file cannot be opened: {reason}")
        raise Refused(str(file), says, Text("核对文件名和权限", "Check its name and permissions")) from None  # fmt: skip


def _refuse_size(content: bytes, name: str) -> None:
    if not content.strip(b"\0 \t\r\n"):
        raise Refused(
            name, Text("文件是空的", "The file is empty"), Text("重新下载", "Download it again")
        )
    if len(content) > MAX_BYTES:
        says = Text(f"文件超过上限 {MAX_BYTES} 字节", f"The file has more than {MAX_BYTES} bytes")
        raise Refused(name, says, Text("分拆后再导入", "Split it"))


def _reader(content: bytes, name: str) -> Reader:
    begins = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    told = next((reader for sign, reader in BY_BEGINNING if begins.lower().startswith(sign.lower())), None)  # fmt: skip
    if told:
        return told
    foreign = next((kind for sign, kind in FOREIGN if begins.startswith(sign)), None)
    named = BY_NAME.get(Path(name).suffix.lower())
    if foreign or named is None:
        kind = foreign or Text(
            f"“{Path(name).suffix}”文件", f"a {Path(name).suffix or 'nameless'} file"
        )
        says = Text(f"这是{kind.zh}，不予读取", f"This is {kind.en}, which is not read")
        raise Refused(name, says, SAVE_AS)
    return named
