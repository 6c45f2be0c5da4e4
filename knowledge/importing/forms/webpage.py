"""HTML: the text people see, paragraph by paragraph, tables as rows."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from knowledge.importing.decoding import decode
from knowledge.importing.normal import lines_of, normal
from knowledge.importing.raw import RawText, Reading, Refused, Table
from knowledge.text import Text

if TYPE_CHECKING:
    from lxml.etree import _Element

UNSEEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "head",
        "nav",
        "header",
        "footer",
        "aside",
        "select",
        "button",
        "textarea",
        "dialog",
    ]
)
"""What people do not read as text of the page."""
INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "o:p",
    ]
)
"""What does not break the line."""
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)
READ = {"utf-8", "utf8", "gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "us-ascii", "ascii"}
NAMES = {
    "articletitle": "title",
    "pubdate": "published",
    "publishdate": "published",
    "contentsource": "issuer",
}
"""What pages of Chinese authorities tell in their head."""
MAX_DEPTH = 200
"""Deepest nesting that is read."""


def read_webpage(content: bytes, file: str) -> Reading:
    """Return the one text a page holds.

    Raises:
        Refused: its encoding is not read, or it is no page.
    """
    from lxml import etree

    text = normal(_decoded(content, file))
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)  # fmt: skip
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.LxmlError:
        root = None
    if root is None:
        says = Text("文件中没有网页内容", "The file holds no page")
        raise Refused(file, says, Text("核对文件是否正确", "Check that it is the right file"))
    page = _Page(file)
    page.walk(root)
    meta = _meta(root)
    return Reading((RawText(page.paragraphs(), _title(root, meta), tuple(page.tables), meta),))


def _decoded(content: bytes, file: str) -> str:
    declared = DECLARED.search(content[:4096])
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    if name not in READ and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        says = Text(f"网页编码是 {name}，不予读取", f"The page is in {name}, which is not read")
        raise Refused(file, says, Text("以 UTF-8 另存后再导入", "Save it as UTF-8"))
    return decode(content, file)


class _Page:
    """Gathers what is seen of a page, in its order."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._said: list[str] = []
        self.tables: list[Table] = []

    def paragraphs(self) -> tuple[str, ...]:
        return tuple(lines_of("".join(self._said)))

    def walk(self, element: "_Element", depth: int = 0) -> None:
        if depth > MAX_DEPTH:
            says = Text(
                f"网页嵌套超过 {MAX_DEPTH} 层", f"The page is nested more than {MAX_DEPTH} deep"
            )
            raise Refused(self._file, says, Text("只保存正文后再导入", "Save the text of it alone"))
        name = str(element.tag).lower()
        if name == "table" and (rows := _rows(element)):
            self._take_table(rows)
        elif _seen(element, name):
            self._take(element, name, depth)
        self._said.append(_flat(element.tail))

    def _take(self, element: "_Element", name: str, depth: int) -> None:
        around = "" if name in INLINE else "\n"
        self._said += [around, _number(element, name), _flat(element.text)]
        for child in element:
            self.walk(child, depth + 1)
        self._said.append(around)

    def _take_table(self, rows: Table) -> None:
        self.tables.append(rows)
        self._said += ["\n", *(" | ".join(row) + "\n" for row in rows)]


def _seen(element: "_Element", name: str) -> bool:
    hidden = element.get("hidden") is not None or HIDDEN.search(element.get("style", ""))
    return name not in UNSEEN and not hidden


def _number(element: "_Element", name: str) -> str:
    """Return the number a browser shows before an entry of an ordered list."""
    above = element.getparent()
    if name != "li" or above is None or str(above.tag).lower() != "ol":
        return ""
    first = above.get("start", "1")
    before = sum(1 for _ in element.itersiblings("li", preceding=True))
    return f"{(int(first) if first.isdigit() else 1) + before}. "


def _rows(table: "_Element") -> Table:
    """Return the rows of a table; none where it only lays out the page."""
    if next(table.iterdescendants("table"), None) is not None:
        return ()
    rows = [tuple(map(_cell, row.iterchildren("td", "th"))) for row in table.iter("tr")]
    rows = [row for row in rows if any(row)]
    return tuple(rows) if any(len(row) > 1 for row in rows) else ()


def _cell(cell: "_Element") -> str:
    return " ".join(_flat("".join(_words(cell))).split())


def _words(element: "_Element") -> Iterator[str]:
    name = str(element.tag).lower()
    if _seen(element, name):
        yield element.text or ""
        for child in element:
            yield from _words(child)
            yield child.tail or ""
        if name not in INLINE:
            yield " "


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _meta(root: "_Element") -> dict[str, str]:
    told = {}
    for meta in root.iter("meta"):
        key = NAMES.get(meta.get("name", "").lower())
        if key and (said := " ".join(meta.get("content", "").split())):
            told[key] = said
    return told


def _title(root: "_Element", meta: dict[str, str]) -> str:
    headings = (" ".join("".join(_words(each)).split()) for each in root.iter("h1"))
    titles = (re.split(r"[_|]|\s[-–—]", each.text or "")[0].strip() for each in root.iter("title"))
    return next(filter(None, (meta.pop("title", ""), *headings, *titles)), "")
