"""Bytes into an XML tree: refuses what is dangerous and says in plain words what is broken.

A message needs no document type, no entities and no nesting beyond a few levels, so all of these
are refused before or after the parser sees them, never followed.
"""

import re
from typing import NamedTuple

from lxml import etree

from auditors.formats.decoding import decode
from auditors.formats.reading import Unreadable, at_line, refuse_size
from knowledge.text import Text

MAX_ELEMENTS = 200_000
"""Most elements that are looked at; a declaration of 50 items takes some 3 000."""
MAX_DEPTH = 60
"""Deepest nesting that is looked at; a declaration takes 6."""

BLANKS = re.compile(r"\s*")
FAULTS = etree.ErrorTypes
CAUSES = {
    FAULTS.ERR_DOCUMENT_EMPTY: Text("开头不是 XML", "it does not begin as XML"),
    FAULTS.ERR_DOCUMENT_END: Text("根元素之后还有内容", "something follows the root element"),
    FAULTS.ERR_INVALID_CHAR: Text("含 XML 不允许的字符", "it has a character XML does not allow"),
    FAULTS.ERR_UNDECLARED_ENTITY: Text("引用了未定义的实体", "it names an undefined entity"),
    FAULTS.ERR_RESERVED_XML_NAME: Text("XML 声明不在开头", "the XML declaration is not at the top"),
    FAULTS.ERR_NAME_REQUIRED: Text("“&”或“<”未转义", "an & or < is not escaped"),
    FAULTS.ERR_GT_REQUIRED: Text("标签没有写完", "a tag is not finished"),
    FAULTS.ERR_TAG_NAME_MISMATCH: Text("开始与结束标签不配对", "two tags do not match"),
    FAULTS.ERR_TAG_NOT_FINISHED: Text(
        "文件中途结束，可能没有传完", "it ends early, as if cut short"
    ),
}
"""What the commonest faults mean, for people."""
TOO_LONG = {FAULTS.ERR_RESOURCE_LIMIT, FAULTS.ERR_NAME_TOO_LONG}
MAKE_SURE = Text("确认这是一份报关单报文", "Make sure that this is the message of one declaration")


class Parsed(NamedTuple):
    """A tree, and the encoding its bytes were in where that was not UTF-8."""

    root: "etree._Element"
    encoding: str | None


def parse(content: bytes) -> Parsed:
    """Return the tree the bytes hold.

    Raises:
        Unreadable: they are too many, no XML, in an unknown encoding, broken or dangerous.
    """
    refuse_size(content)
    text, encoding = decode(content)
    _refuse_elements(text)
    _refuse_document_type(text)
    root = parse_text(text)
    _refuse_depth(root)
    return Parsed(root, encoding)


def parse_text(text: str) -> "etree._Element":
    """Parse text with everything switched off that reaches outside it.

    Raises:
        Unreadable: it is no well-formed XML.
    """
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as fault:
        raise _broken(fault) from None


def local(element: "etree._Element") -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def line(element: "etree._Element") -> int:
    """Return the line an element begins on, from 1; 0 where it was not read from text."""
    return int(getattr(element, "sourceline", None) or 0)


def _refuse_document_type(text: str) -> None:
    """Entities and outside references live in a document type, which stands before the root."""
    at = _skip_blanks(text, 0)
    while end := _ends_with(text, at):
        closed = text.find(end, at)
        if closed < 0:
            return  # never closed: the parser says so
        at = _skip_blanks(text, closed + len(end))
    if text[at : at + 9].upper() == "<!DOCTYPE":
        raise Unreadable(
            Text("报文含 DOCTYPE，可能引用外部文件或实体", "The message has a DOCTYPE, which may name outside files or entities"),
            Text("删去 DOCTYPE 后再试", "Remove the DOCTYPE"),
            at_line(text.count("\n", 0, at) + 1),
        )  # fmt: skip


def _ends_with(text: str, at: int) -> str:
    if text.startswith("<?", at):
        return "?>"
    return "-->" if text.startswith("<!--", at) else ""


def _skip_blanks(text: str, at: int) -> int:
    found = BLANKS.match(text, at)
    return found.end() if found else at


def _refuse_elements(text: str) -> None:
    """Count before parsing: the tree of a few million elements would not fit into memory."""
    count = text.count("<") - text.count("</")
    if count > MAX_ELEMENTS:
        raise Unreadable(
            Text(
                f"报文约有 {count} 个元素，超过上限 {MAX_ELEMENTS}",
                f"The message has about {count} elements, more than {MAX_ELEMENTS}",
            ),
            MAKE_SURE,
        )


def _refuse_depth(root: "etree._Element") -> None:
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise _too_deep(at_line(line(element)))


def _too_deep(where: Text) -> Unreadable:
    says = Text(f"元素嵌套超过 {MAX_DEPTH} 层", f"Elements are nested more than {MAX_DEPTH} deep")
    return Unreadable(says, MAKE_SURE, where)


def _broken(fault: "etree.XMLSyntaxError") -> Unreadable:
    where, said = at_line(*fault.position), str(fault.msg).partition(", line ")[0].strip()
    if "Excessive depth" in said:
        return _too_deep(where)
    code = getattr(fault, "code", None)  # the stubs do not know it
    if code in TOO_LONG:
        return Unreadable(
            Text("元素的内容过长", "The content of an element is too long"),
            Text("缩短该元素，例如附件", "Shorten it, for example an attachment"),
            where,
        )
    cause = CAUSES.get(code or 0, Text(said, said))
    return Unreadable(
        Text(
            f"报文不是格式完好的 XML：{cause.zh}",
            f"The message is not well-formed XML: {cause.en}",
        ),
        Text("在该处改正，或重新导出", "Correct it there, or export the message again"),
        where,
    )
