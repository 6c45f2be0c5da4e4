"""PDF: the text layer, by way of pypdf. The only module that imports it."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from knowledge.importing.normal import lines_of
from knowledge.importing.raw import RawText, Reading, Refused
from knowledge.importing.unwrapping import unwrapped
from knowledge.text import Text

if TYPE_CHECKING:
    from pypdf import PdfReader

MAX_PAGES = 3_000
"""Most pages of one file."""
MOST_STRANGE = 0.2
"""Largest share of characters without meaning, which a font without a map leaves behind."""

PAGE_NUMBER = re.compile(
    r"[-—–·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／共]\s*\d{1,4}\s*页?)?[-—–·\s]*$"
)
CROWDED = re.compile(r"(?<=[\u3400-\u9fff，。；：、]) (?=[\u3400-\u9fff，。；：、])")
STRANGE = re.compile(r"[\ue000-\uf8ff\ufffd]|\(cid:\d+\)|/g\d+")

OCR = Text(
    "先做文字识别（OCR），或换用文字版",
    "Recognise its text (OCR) first, or take a version with text",
)
OPEN = Text("去掉密码后另存再导入", "Remove the password, save it and import it again")
AGAIN = Text("重新下载或另存后再导入", "Download or save it again")
INSTALL = Text("安装 declarant[documents] 后再导入", "Install declarant[documents]")

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # it speaks of each repaired byte


def read_pdf(content: bytes, file: str) -> Reading:
    """Return the one text a PDF holds.

    Raises:
        Refused: it is broken, locked, too long, or only pictures of text.
    """
    with _faults_told(file):
        pages = [lines_of(page.extract_text()) for page in _opened(content, file).pages]
    lines = [_closed_up(line) for page in pages for line in _without_number(page)]
    _refuse_pictures(lines, len(pages), file)
    blank = [number for number, page in enumerate(pages, start=1) if not page]
    notes = (_guessed_paragraphs(), *map(_blank_page, blank))
    return Reading((RawText(tuple(unwrapped(lines)), notes=notes),))


def _opened(content: bytes, file: str) -> "PdfReader":
    try:
        from pypdf import PdfReader
    except ImportError:
        raise Refused(
            file, Text("读取 PDF 的组件没有安装", "What reads PDF is not installed"), INSTALL
        ) from None
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise _locked(file)
    if len(reader.pages) > MAX_PAGES:
        says = Text(f"文件有 {len(reader.pages)} 页，超过上限 {MAX_PAGES}", f"The file has {len(reader.pages)} pages, more than {MAX_PAGES}")  # fmt: skip
        raise Refused(file, says, Text("分拆后再导入", "Split it"))
    return reader


@contextmanager
def _faults_told(file: str) -> Iterator[None]:
    """Turn whatever a broken file makes the parser raise into a refusal that says so."""
    try:
        yield
    except Refused:
        raise
    except Exception as fault:
        if type(fault).__name__ in {"DependencyError", "FileNotDecryptedError"}:
            raise _locked(file) from None
        says = Text(
            f"PDF 已损坏，无法解析（{type(fault).__name__}）",
            f"The PDF is damaged and cannot be parsed ({type(fault).__name__})",
        )
        raise Refused(file, says, AGAIN) from None


def _locked(file: str) -> Refused:
    return Refused(file, Text("PDF 有密码", "The PDF is locked by a password"), OPEN)


def _without_number(page: list[str]) -> list[str]:
    """Leave out the number of the page, which stands in its first or last line."""
    inner = slice(
        1 if page and PAGE_NUMBER.match(page[0]) else 0,
        -1 if len(page) > 1 and PAGE_NUMBER.match(page[-1]) else None,
    )
    return page[inner]


def _closed_up(line: str) -> str:
    """Take out the blanks some files have between all characters, but for the one after a number."""
    return CROWDED.sub("", line) if len(CROWDED.findall(line)) > len(line) / 4 else line


def _refuse_pictures(lines: list[str], pages: int, file: str) -> None:
    text = "".join(lines)
    if not any(map(str.isalnum, text)):
        says = Text(f"PDF 的 {pages} 页都没有文字层，是扫描件", f"None of the {pages} pages has a text layer: it is a scan")  # fmt: skip
        raise Refused(file, says, OCR)
    if sum(len(run[0]) for run in STRANGE.finditer(text)) > MOST_STRANGE * len(text):
        says = Text(
            "PDF 的文字层是乱码，字体没有对照表",
            "The text layer cannot be read: its fonts have no map",
        )
        raise Refused(file, says, OCR)


def _guessed_paragraphs() -> Text:
    return Text(
        "PDF 不存段落，段落按行的长短推断，款的划分请核对",
        "A PDF keeps no paragraphs; they were inferred from the lines, so check how they were cut",
    )


def _blank_page(number: int) -> Text:
    return Text(
        f"第 {number} 页没有文字层，未读入", f"Page {number} has no text layer and was not read"
    )
