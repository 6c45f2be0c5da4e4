"""The text of a JSON file: its encoding, and where each value of it stands."""

import json
import re
from collections.abc import Iterator

from auditors.formats.decoding import MARKS, begin_of, kind_of
from auditors.formats.reading import BEGINNING, Unreadable, at_line
from knowledge.text import Text

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')
NO_NUMBERS = frozenset(["NaN", "Infinity", "-Infinity"])
SURROGATE = re.compile("[\ud800-\udfff]")

SAVE_AS_UTF_8 = Text("另存为 UTF-8 后再试", "Save it as UTF-8 and try again")
OWN_EXTENSION = Text(
    "提交 JSON；XML 报文和 xlsx 请用各自的扩展名",
    "Hand in JSON; give XML messages and workbooks their own extension",
)
NO_ENCODING = Text(
    "文件既不是 UTF-8 也不是 GB18030 编码，可能是 Latin-1（Windows-1252）或已损坏",
    "The file is neither UTF-8 nor GB18030: perhaps Latin-1 (Windows-1252), or damaged",
)


def decoded(content: bytes) -> tuple[str, str | None]:
    """Return the text of a file, and its encoding where it is not UTF-8.

    Raises:
        Unreadable: it is another kind of file, or in an encoding that is not read.
    """
    _refuse_other_kinds(content)
    _refuse_wide_encodings(content)
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
    try:
        return content.decode("gb18030"), "gb18030"
    except UnicodeDecodeError:
        raise Unreadable(NO_ENCODING, SAVE_AS_UTF_8, at_line(line), "CN-M005") from None


def _refuse_other_kinds(content: bytes) -> None:
    begin = begin_of(content)
    kind = kind_of(begin)
    if begin.startswith(b"<") and not begin.startswith(b"<\x00"):
        kind = Text("XML 或网页", "XML or a web page")
    if kind and not begin.startswith((b"{", b"[")):
        says = Text(f"这是{kind.zh}，不是 JSON", f"This is {kind.en}, not JSON")
        raise Unreadable(says, OWN_EXTENSION, BEGINNING)


def _refuse_wide_encodings(content: bytes) -> None:
    name = next((name for mark, name in MARKS if content.startswith(mark)), "")
    if name == "UTF-8":
        return
    if name or b"\x00" in content[:4]:
        name = name or "UTF-16"
        says = Text(f"编码是 {name}，不予读取", f"The encoding is {name}, which is not read")
        raise Unreadable(says, SAVE_AS_UTF_8, BEGINNING, "CN-M005")


def spot(text: str, offset: int) -> Text:
    r"""Return an offset as people count.

    >>> spot("{\n  1}", 4).en
    'line 2, column 3'
    """
    line = text.count("\n", 0, offset) + 1
    return at_line(line, offset - text.rfind("\n", 0, offset))


def positions(text: str) -> Iterator[tuple[str, int]]:
    """Give the JSON pointer and the offset of every value of a well-formed text.

    >>> list(positions('{"a": [1, 2]}'))
    [('', 0), ('/a', 6), ('/a/0', 7), ('/a/1', 10)]
    """
    path: list[str | int] = []
    expects_value = True
    for token in TOKEN.finditer(text):
        sign = token[0]
        if sign in "}]":
            path.pop()
            expects_value = False
        elif sign == ",":
            expects_value = isinstance(path[-1], int)
            if isinstance(path[-1], int):
                path[-1] += 1
        elif sign == ":":
            expects_value = True
        elif not expects_value:
            path[-1] = sign[1:-1]
        else:
            yield "".join(f"/{step}" for step in path), token.start()
            expects_value = sign == "["
            if sign in "{[":
                path.append(0 if sign == "[" else "")


def of_second_key(text: str) -> int | None:
    """Return the offset of the value of the first key that stands twice."""
    seen = set()
    for pointer, offset in positions(text):
        if pointer in seen:
            return offset
        seen.add(pointer)
    return None


def of_no_number(text: str) -> int | None:
    """Return the offset of the first NaN or Infinity."""
    found = (token for token in TOKEN.finditer(text) if token[0] in NO_NUMBERS)
    return next((token.start() for token in found), None)


def of_half_character(text: str) -> int | None:
    """Return the offset of the first text that holds half a character."""
    texts = (token for token in TOKEN.finditer(text) if "\\u" in token[0])
    broken = (token for token in texts if SURROGATE.search(json.loads(token[0])))
    return next((token.start() for token in broken), None)


def of_depth(text: str, most: int) -> int | None:
    """Return the offset where things first nest deeper than so many levels."""
    depth = 0
    for token in TOKEN.finditer(text):
        depth += (token[0] in "{[") - (token[0] in "}]")
        if depth > most:
            return token.start()
    return None
