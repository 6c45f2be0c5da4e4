"""Lines broken at the width of a page, put together into paragraphs again."""

import re
from collections.abc import Sequence

from knowledge.numerals import SIGNS

ENDS = "。！？；：!?;:…"
CLOSERS = '”’」』）)】》〉"'
STARTS = re.compile(
    rf"第[ ]?[{SIGNS} ]{{1,12}}[ ]?(?:条(?:之[一二三四五六七八九十])?(?=\s|$)|[编章节](?=\s|$)|部分)"
    rf"|[{SIGNS}]{{1,4}}、|[（(][{SIGNS}]{{1,4}}[)）]|\d{{1,3}}[.．](?!\d)|附件|附录|附表"
    r"|(?:Article|Section|Chapter|Annex)\s+\w+[.:]?(?:\s|$)"
)
"""How a paragraph begins that is numbered."""
FULL = 0.75
"""Share of the usual width from which on a line was broken by the page."""
MANY = 20
"""Fewest lines by which wrapping can be told."""


def unwrapped(lines: Sequence[str]) -> list[str]:
    """Return paragraphs: a full line that ends in mid-sentence goes on in the next one."""
    width = _usual_width(lines)
    paragraphs: list[list[str]] = []
    before = ""
    for line in lines:
        goes_on = bool(before) and len(before) >= FULL * width and not _ended(before)
        if goes_on and not STARTS.match(line):
            paragraphs[-1] += [_gap(before, line), line]
        else:
            paragraphs.append([line])
        before = line
    return ["".join(parts) for parts in paragraphs]


def looks_wrapped(lines: Sequence[str]) -> bool:
    """Return whether a text was broken at one width: many lines full, few of them at an end."""
    if len(lines) < MANY:
        return False
    width = max(map(len, lines))
    full = [line for line in lines if len(line) >= 0.85 * width]
    return width <= 120 and len(full) > 0.3 * len(lines) and sum(map(_ended, full)) < len(full) / 2


def _usual_width(lines: Sequence[str]) -> int:
    widths = sorted(map(len, lines))
    return widths[len(widths) * 9 // 10] if widths else 0


def _ended(line: str) -> bool:
    return line.rstrip(CLOSERS)[-1:] in ENDS or line.endswith(".")


def _gap(before: str, after: str) -> str:
    """Return what stands between two lines put together: a blank between words of Latin script."""
    return " " if before[-1:].isascii() and after[:1].isascii() else ""
