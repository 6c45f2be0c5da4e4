"""Markdown: headings, tables and a head of `key: value` lines."""

import html
import re

from knowledge.importing.decoding import decode
from knowledge.importing.normal import normal
from knowledge.importing.raw import RawText, Reading, Table
from knowledge.importing.unwrapping import looks_wrapped, unwrapped

HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*\s*$")
ROW = re.compile(r"\|(.*)\|\s*$")
RULE = re.compile(r"[\s|:-]+$")
LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^)\s]{0,2000}\)")
ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
MARKS = re.compile(r"\*\*|^(?:>\s*)+|^[-*+]\s+(?=\S)|^[-*_]{3,}$")


def read_markdown(content: bytes, file: str) -> Reading:
    """Return the one text a Markdown file holds.

    Raises:
        Refused: its encoding is not read.
    """
    text = _without_comments(normal(decode(content, file)).lstrip("\n"))
    head, text = _parted(text)
    meta = _meta(head)
    lines = [line.strip() for line in text.split("\n")]
    title, body = _title(lines)
    paragraphs = [plain for plain in map(_plain, body) if plain]
    if looks_wrapped(paragraphs):
        paragraphs = unwrapped(paragraphs)
    return Reading((RawText(tuple(paragraphs), title, tuple(_tables(body)), meta),))


def _without_comments(text: str) -> str:
    """Leave comments out; one that is never closed is text."""
    kept, at = [], 0
    while (opened := text.find("<!--", at)) >= 0 and (closed := text.find("-->", opened)) >= 0:
        kept.append(text[at:opened])
        at = closed + 3
    return "\n".join([*kept, text[at:]])


def _parted(text: str) -> tuple[str, str]:
    """Part the head between two lines of --- from the rest; without one it is empty."""
    end = text.find("\n---\n", 3)
    if not text.startswith("---\n") or end < 0:
        return "", text
    return text[4 : end + 1], text[end + 5 :]


def _meta(head: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in head.splitlines())
    return {key.strip(): value.strip().strip("\"'") for key, sign, value in pairs if sign}


def _title(lines: list[str]) -> tuple[str, list[str]]:
    """Part the first heading of the first level, where it comes before all else, from the rest."""
    first = next((n for n, line in enumerate(lines) if line), 0)
    heading = HEADING.match(lines[first]) if lines else None
    if heading is None or heading[1] != "#":
        return "", lines
    return _plain(heading[2]), lines[first + 1 :]


def _plain(line: str) -> str:
    if heading := HEADING.match(line):
        line = heading[2]
    elif row := ROW.match(line):
        return "" if RULE.match(line) else " | ".join(_cells(row[1]))
    line = html.unescape(LINK.sub(r"\1", MARKS.sub("", line)))
    return normal(ESCAPE.sub(r"\1", line)).strip()


def _cells(row: str) -> list[str]:
    return [_plain(cell.strip()) for cell in re.split(r"(?<!\\)\|", row)]


def _tables(lines: list[str]) -> list[Table]:
    tables: list[list[tuple[str, ...]]] = []
    inside = False
    for line in lines:
        row = ROW.match(line)
        if row and not inside:
            tables.append([])
        if row and not RULE.match(line):
            tables[-1].append(tuple(_cells(row[1])))
        inside = bool(row)
    return [tuple(table) for table in tables]
