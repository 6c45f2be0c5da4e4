"""Where something numbered may begin: articles, chapters, items, annexes; not yet which of it does."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from knowledge.numerals import SIGNS, number_of

_CN = "零〇○一二三四五六七八九十百千两"
_NUMBER = rf"[{SIGNS}](?:[ ]?[{SIGNS}]){{0,9}}"
_CHINESE = (
    rf"第[ ]?(?P<number>{_NUMBER})[ ]?(?P<unit>分编|[编章节条]|部分)(?:之(?P<sub>[{_CN}]{{1,3}}))?"
)
_ITEM = rf"(?P<item>[{_CN}]{{1,4}})[ ]?、"
_ENGLISH = r"(?P<word>Article|ARTICLE|Section|SECTION|Chapter|CHAPTER|Part|PART)\s+(?P<figure>[0-9]{1,4}|[IVXLC]{1,7})(?P<letter>[A-Z])?\b[.:]?"
MARKS = re.compile(f"{_CHINESE}|{_ITEM}|^{_ENGLISH}", re.M)

UNITS = {"部分": 0, "编": 1, "分编": 2, "章": 3, "节": 4}
"""Headings by rank."""
WORDS = {"part": ("heading", 1), "chapter": ("heading", 3), "section": ("heading", 4), "article": ("article", 9)}  # fmt: skip
ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

GOES_ON = re.compile(
    r"之?规定|的|所(?!有)|[ ]?第[ ]?[0-9一二三四五六七八九十]+[ ]?[款项]|[、，,；;。》”」）)]"
    r"|(?:和|及|至|或|以及|与|中(?![华国央外])|到|\()|\s(?:of|paragraph|and|or|to|shall)\b"
)
"""What follows a number that is only referred to."""
ENDS = frozenset("。！？；：!?;:.”’」』）)】》")
"""What a sentence ends with."""


class Mark(NamedTuple):
    """Something numbered that may begin here."""

    kind: str
    """article, heading or item."""
    rank: int
    number: tuple[int, int]
    """24 and 0; 120 and 1 for 第一百二十条之一."""
    start: int
    end: int
    label: str
    at_line_start: bool
    spaced: bool
    """Whether a blank or the end of the line follows."""
    refers: bool
    """Whether what follows shows that it is only referred to."""
    before: str
    """The last character before it, blanks left out; empty at the beginning."""

    @property
    def place(self) -> str:
        """Return the number as it stands in a place, `24` or `120-1`."""
        return f"{self.number[0]}-{self.number[1]}" if self.number[1] else str(self.number[0])


def marks_in(text: str, start: int, end: int) -> Iterator[Mark]:
    """Yield the marks of a stretch of text in their order; rows of tables have none."""
    for match in MARKS.finditer(text, start, end):
        told = _chinese(match) or _item(match) or _english(match)
        if told is None:
            continue
        head = text[max(match.start() - 40, start) : match.start()]
        line = head.rpartition("\n")[2].strip(" ")
        if not line and " | " in text[match.end() : _line_end(text, match.end(), end)]:
            continue
        kind, rank, number = told
        yield Mark(
            kind, rank, number, match.start(), match.end(), match[0],
            at_line_start=not line and (match.start() == start or "\n" in head or len(head) < 40),
            spaced=match.end() >= end or text[match.end()].isspace(),
            refers=GOES_ON.match(text, match.end(), end) is not None,
            before=head.rstrip()[-1:],
        )  # fmt: skip


def _line_end(text: str, at: int, end: int) -> int:
    found = text.find("\n", at, end)
    return end if found < 0 else found


def _chinese(match: re.Match[str]) -> tuple[str, int, tuple[int, int]] | None:
    number = number_of(match["number"] or "x")
    if number is None:
        return None
    sub = number_of(match["sub"] or "零") or 0
    if match["unit"] == "条":
        return "article", 9, (number, sub)
    return "heading", UNITS[match["unit"]], (number, 0)


def _item(match: re.Match[str]) -> tuple[str, int, tuple[int, int]] | None:
    number = number_of(match["item"] or "x")
    return ("item", 9, (number, 0)) if number else None


def _english(match: re.Match[str]) -> tuple[str, int, tuple[int, int]] | None:
    if not match["word"]:
        return None
    kind, rank = WORDS[match["word"].lower()]
    figure = match["figure"]
    number = int(figure) if figure.isdigit() else _roman(figure)
    letter = ord(match["letter"]) - ord("A") + 1 if match["letter"] else 0
    return kind, rank, (number, letter)


def _roman(figure: str) -> int:
    values = [ROMAN[sign] for sign in figure]
    return sum(-value if value < max(values[n:]) else value for n, value in enumerate(values))
