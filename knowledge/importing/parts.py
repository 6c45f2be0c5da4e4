"""An article into its paragraphs, items and sub-items: 款, 项, 目."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from typing import NamedTuple

from knowledge.importing.pieces import Part
from knowledge.numerals import number_of

_CN = "一二三四五六七八九十百"
LABELS = re.compile(
    rf"[（(][ ]?(?P<spoken>[{_CN}]{{1,4}})[ ]?[）)]|[（(][ ]?(?P<closed>\d{{1,3}})[ ]?[）)]"
    rf"|(?P<figure>\d{{1,3}})[ ]?[.．、](?!\d)|(?P<ring>[\u2460-\u2473])|[（(](?P<letter>[a-z])[）)]"
    rf"|(?P<item>[{_CN}]{{1,3}})、"
)
REFERRED = frozenset("第至和或及与、到（(按照据见项款条")
"""What stands before a number that is only referred to."""


class Label(NamedTuple):
    """A number of an item: how it is written, what it is, where it stands."""

    style: str
    number: int
    start: int
    before: str
    at_line_start: bool


def parts_of(text: str, place: str, label: int, *, counted: bool) -> tuple[Part, ...]:
    """Return the parts of an article in order.

    Args:
        text: the article, word for word, its number included.
        place: the place of the article.
        label: length of its number, 第二十四条, in which no item begins.
        counted: whether paragraphs count (24.2 is the second one of article 24), as in laws. In
            announcements only numbers count (2.1 is （一） of 二、).
    """
    return _Cutter(text, place, label, counted).parts()


class _Cutter:
    def __init__(self, text: str, place: str, label: int, counted: bool) -> None:
        self._text = text
        self._place = place
        self._counted = counted
        self._paragraph = 0
        self._stack: list[tuple[str, int]] = []
        self._starts: list[tuple[str, int]] = []
        found = (_label(match, label) for match in LABELS.finditer(text, label))
        labels = [each for each in found if each]
        self._labels = _by_line(labels, text)
        self._first_in_line = _first_in_line(self._labels)
        self._there = Counter((each.style, each.number) for each in labels)

    def parts(self) -> tuple[Part, ...]:
        for line, start in enumerate(_line_starts(self._text.rstrip())):
            labels = self._labels.get(line, [])
            if not self._begins_with_item(labels):
                self._take_paragraph(line, start)
            for label in labels:
                if self._is_item(label):
                    self._take_item(label)
        ends = [start for _, start in self._starts[1:]] + [len(self._text)]
        return tuple(_told_apart(self._starts, ends))

    def _begins_with_item(self, labels: list[Label]) -> bool:
        return bool(self._paragraph and labels and labels[0].at_line_start)

    def _take_paragraph(self, line: int, start: int) -> None:
        if self._paragraph and (not self._counted or self._goes_on(line)):
            return
        self._paragraph += 1
        self._stack = []
        self._starts.append(
            (f"{self._place}.{self._paragraph}" if self._counted else self._place, start)
        )

    def _goes_on(self, line: int) -> bool:
        """Return whether the list above is taken up again below: then the line belongs to it."""
        if not self._stack:
            return False
        style, number = self._stack[0]
        lines, numbers = self._first_in_line.get(style, ([], []))
        at = bisect_right(lines, line)
        return at < len(lines) and numbers[at] == number + 1

    def _is_item(self, label: Label) -> bool:
        style = next((number for style, number in self._stack if style == label.style), None)
        if label.at_line_start:
            return True
        if style is not None:
            return label.number == style + 1
        if label.style == "item" and label.before not in "。；：:;":
            return False
        return label.number == 1 and bool(self._there[label.style, 2])

    def _take_item(self, label: Label) -> None:
        while any(style == label.style for style, _ in self._stack):
            self._stack.pop()
        self._stack.append((label.style, label.number))
        base = f"{self._place}.{self._paragraph}" if self._counted else self._place
        place = ".".join((base, *(str(number) for _, number in self._stack)))
        self._starts.append((place, label.start))


def _label(match: re.Match[str], own: int) -> Label | None:
    style = match.lastgroup or ""
    number = {"ring": _ring, "letter": _letter}.get(style, number_of)(match[style])
    head = match.string[max(match.start() - 12, own) : match.start()]
    before = head.rstrip(" ")[-1:]
    at_line_start = not before or before == "\n"
    referred = before in REFERRED or (style == "figure" and _in_a_figure(before))
    if number is None or (referred and not at_line_start):
        return None
    return Label(style, number, match.start(), before, at_line_start)


def _in_a_figure(before: str) -> bool:
    return before.isdigit() or before in "-.．—~～"


def _ring(sign: str) -> int:
    return ord(sign) - 0x245F


def _letter(sign: str) -> int:
    return ord(sign) - ord("a") + 1


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]


def _by_line(labels: list[Label], text: str) -> dict[int, list[Label]]:
    """Sort labels by their line; the first line begins behind the number of the article."""
    by_line: dict[int, list[Label]] = defaultdict(list)
    line, at = 0, 0
    for label in labels:
        line += text.count("\n", at, label.start)
        at = label.start
        by_line[line].append(label)
    return by_line


def _first_in_line(by_line: dict[int, list[Label]]) -> dict[str, tuple[list[int], list[int]]]:
    """Return, for each style, the lines that begin with an item of it, and their numbers."""
    found: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for line, labels in by_line.items():
        if labels[0].at_line_start:
            found[labels[0].style][0].append(line)
            found[labels[0].style][1].append(labels[0].number)
    return found


def _told_apart(starts: list[tuple[str, int]], ends: list[int]) -> list[Part]:
    """Make parts; of two with one number the second is told apart as `24.1.3@2`."""
    seen: Counter[str] = Counter()
    parts = []
    for (place, start), end in zip(starts, ends, strict=True):
        seen[place] += 1
        parts.append(Part(place if seen[place] == 1 else f"{place}@{seen[place]}", start, end))
    return parts
