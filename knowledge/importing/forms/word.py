"""Word (.docx): paragraphs in order with the numbers Word adds, tables as rows."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from knowledge.importing.forms.word_numbering import Numbering, W
from knowledge.importing.forms.zipped import DOCUMENT, Parts, faults_told, unpacked
from knowledge.importing.normal import lines_of
from knowledge.importing.raw import RawText, Reading, Table
from knowledge.text import Text

if TYPE_CHECKING:
    from lxml.etree import _Element

TITLES = {"title", "标题", "a3"}
"""Styles of the title, whose id a Chinese Word writes as `a3`."""
SKIPPED = {"Fallback", "del", "moveFrom", "txbxContent", "instrText", "delText"}
"""What is shown twice, was taken out, or is no text."""
SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
STRICT = b"purl.oclc.org/ooxml/wordprocessingml/main"


def read_word(content: bytes, file: str) -> Reading:
    """Return the one text a Word file holds.

    Raises:
        Refused: it is locked, broken, of another kind, or unpacks to more than is read.
    """
    parts = unpacked(content, file)
    with faults_told(file):
        numbering = Numbering(_tree(parts, "word/numbering.xml"), _tree(parts, "word/styles.xml"))
        document = _Document(numbering)
        body = _tree(parts, DOCUMENT)
        if body is not None:
            document.walk(body)
    return Reading((document.text(_notes(parts)),))


def _tree(parts: Parts, name: str) -> "_Element | None":
    from lxml import etree

    if name not in parts.names:
        return None
    markup = parts.read(name)
    if STRICT in markup[:4096]:  # the strict dialect has the same names in another namespace
        markup = markup.replace(b"http://" + STRICT, W.strip("{}").encode())
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(markup, parser)


class _Document:
    """Gathers paragraphs and tables in the order of the document."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._title = ""
        self._paragraphs: list[str] = []
        self._tables: list[Table] = []

    def text(self, notes: tuple[Text, ...]) -> RawText:
        paragraphs = tuple(self._paragraphs)
        return RawText(paragraphs, self._title, tuple(self._tables), notes=notes)

    def walk(self, element: "_Element") -> None:
        for child in element:
            name = _name(child)
            if name == "p":
                self._take_paragraph(child)
            elif name == "tbl":
                self._take_table(child)
            elif name not in SKIPPED:
                self.walk(child)

    def _take_paragraph(self, paragraph: "_Element") -> None:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        lines = self._lines(paragraph)
        if lines and style is not None and style.get(f"{W}val", "").lower() in TITLES:
            self._title += lines[0]
        self._paragraphs += lines
        for box in paragraph.iter(f"{W}txbxContent"):
            if not any(_name(above) == "Fallback" for above in box.iterancestors()):
                self.walk(box)

    def _lines(self, paragraph: "_Element") -> list[str]:
        label = self._numbering.label(paragraph)
        return lines_of(" ".join(filter(None, (label, "".join(_said(paragraph)).strip()))))

    def _take_table(self, table: "_Element") -> None:
        rows = [list(row.iterfind(f"{W}tc")) for row in table.iterfind(f"{W}tr")]
        if all(len(row) == 1 for row in rows):  # a frame around text, not a table
            for row in rows:
                self.walk(row[0])
            return
        told = tuple(tuple(map(self._cell, row)) for row in rows)
        self._tables.append(told)
        self._paragraphs += [line for row in told if (line := " | ".join(row).strip())]

    def _cell(self, cell: "_Element") -> str:
        return " ".join(line for each in cell.iter(f"{W}p") for line in self._lines(each))


def _said(paragraph: "_Element") -> Iterator[str]:
    for child in paragraph:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in SIGNS:
            yield SIGNS[name]
        elif name not in SKIPPED and name != "pPr":
            yield from _said(child)


def _name(element: "_Element") -> str:
    return str(element.tag).rpartition("}")[2]


def _notes(parts: Parts) -> tuple[Text, ...]:
    notes = []
    if any(name in parts.names for name in ("word/footnotes.xml", "word/endnotes.xml")):
        notes.append(Text("脚注和尾注未读入", "Footnotes and endnotes were not read"))
    if any(name.startswith("word/media/") for name in parts.names):
        notes.append(Text("图片未读入", "Pictures were not read"))
    return tuple(notes)
