"""The large pieces of a document: the text itself, its closing, its annexes, and what the page adds."""

import re
from typing import NamedTuple

from knowledge.importing.days import CHINESE_DAY
from knowledge.importing.pieces import Kind
from knowledge.numerals import SIGNS, number_of

PAGE = re.compile(
    r"(?:公告|通知)?(?:正文)?(?:附件)?下载链接[:：]|浏览次数[:：]|【?打印本页】?|[\[【]?关闭窗口"
)
PAGE_ROOM = 3_000
"""Characters from the end in which a page adds its own words."""
FAREWELL = re.compile(r"特此(?:公告|通知|通告|公布|函告)[。.]?")
FORCE = re.compile(
    r"(?:本(?:公告|通知|通告)|上述规定)(?:内容)?自[^。\n]{2,60}?(?:施行|实施|执行|生效)。\s*$"
)
SIGNED = re.compile(rf"(?:署|部|局|委|会|院|行|办)\s*(?P<day>{CHINESE_DAY})")
SIGNED_ROOM = 6_000
"""Characters after 特此公告 in which the list of annexes and the signature stand."""
ANNEX = re.compile(
    rf"附(?:[件录表图][ ]?(?P<number>[{SIGNS}]{{1,3}})?|(?=[ ]?[:：]))(?P<colon>[ ]?[:：])?"
)
LISTED = re.compile(
    r"附件[ ]?(?:[:：]\s*)?(?:1[.．、]|\S[^\n]*\.(?:docx?|pdf|xlsx?|zip|rar|jpg|wps|ofd)\b)", re.I
)
FILES = re.compile(r"附件[ ]?[:：]\s*[^。]{2,100}?\.(?:docx?|pdf|xlsx?|zip|rar|jpg|wps|ofd)", re.I)
ARTICLE = re.compile(rf"^第[ ]?[{SIGNS} ]{{1,12}}条|^[一二三四五六七八九十]{{1,3}}、", re.M)


class Region(NamedTuple):
    """A stretch of the text that is numbered by itself."""

    kind: Kind
    prefix: str
    """What stands before the places within it, `annex-1/`."""
    start: int
    end: int


def regions_of(text: str) -> list[Region]:
    """Return the regions of a text in order; together they are the whole text."""
    end = _page_start(text)
    farewell = _farewell(text, end)
    main_end, body_end = farewell or (end, end)
    regions = [Region("text", "", 0, main_end)]
    if farewell:
        regions.append(Region("closing", "", main_end, body_end))
        regions += _attached(
            text, body_end, end, numbered=ARTICLE.search(text[:main_end]) is not None
        )
    else:
        regions = _with_annexes(text, end)
    regions = [part for region in regions for part in _without_list(text, region)]
    regions.append(Region("page", "", end, len(text)))
    return [region for region in regions if text[region.start : region.end].strip()]


def _without_list(text: str, region: Region) -> list[Region]:
    """Part the list of annexes that a web page sets behind the last article from the text."""
    lists = FILES.finditer(text, max(region.start, region.end - SIGNED_ROOM), region.end)
    at = next((each.start() for each in lists if _ends_a_sentence(text, each.start())), region.end)
    if region.kind != "text" or ARTICLE.search(text, at, region.end):
        return [region]
    return [region._replace(end=at), Region("closing", region.prefix, at, region.end)]


def _page_start(text: str) -> int:
    found = PAGE.search(text, max(len(text) - PAGE_ROOM, 0))
    return found.start() if found else len(text)


def _farewell(text: str, end: int) -> tuple[int, int] | None:
    """Return where the closing begins and ends: from 特此公告 to the day of the signature."""
    said = (
        each for each in FAREWELL.finditer(text, 0, end) if _ends_a_sentence(text, each.start())
    )
    found = next(said, None)
    if found is None:
        return _signature(text, end)
    force = FORCE.search(text, max(found.start() - 100, 0), found.start())
    start = force.start() if force and _ends_a_sentence(text, force.start()) else found.start()
    signed = SIGNED.search(text, found.end(), min(found.end() + SIGNED_ROOM, end))
    return start, signed.end() if signed else end


def _signature(text: str, end: int) -> tuple[int, int] | None:
    """Return where a text ends that is signed without a farewell, with the list of its annexes."""
    room = max(end - SIGNED_ROOM, 0)
    signed = [
        each for each in SIGNED.finditer(text, room, end) if not text[each.end() : end].strip()
    ]
    if not signed:
        return None
    lists = (each.start() for each in LISTED.finditer(text, room, signed[0].start()))
    listed = next((at for at in lists if _ends_a_sentence(text, at)), None)
    sentence = max(text.rfind(sign, room, signed[0].start()) for sign in "。\n")
    return (listed if listed is not None else sentence + 1), end


def _ends_a_sentence(text: str, at: int) -> bool:
    before = text[max(at - 3, 0) : at].rstrip(" ")
    return not before or before[-1] in "。；：”）\n"


def _attached(text: str, start: int, end: int, *, numbered: bool) -> list[Region]:
    """Part what follows the signature: annexes, or the text the announcement makes public."""
    starts = _annex_starts(text, start, end, in_line=True)
    first = starts[0][0] if starts else end
    regions = []
    if text[start:first].strip():
        regions.append(Region("text", "attached/" if numbered else "", start, first))
    return regions + _annexes(starts, end)


def _with_annexes(text: str, end: int) -> list[Region]:
    """Part a text without a closing from the annexes behind its last article."""
    first = ARTICLE.search(text, 0, end)
    starts = _annex_starts(text, first.end() if first else 0, end, in_line=False)
    if len(starts) > 1 and LISTED.match(text, starts[0][0]):
        listed, body = starts[0][0], starts[1:]
        return [
            Region("text", "", 0, listed),
            Region("closing", "", listed, body[0][0]),
            *_annexes(body, end),
        ]
    if starts and LISTED.match(text, starts[0][0]):
        return [Region("text", "", 0, starts[0][0]), Region("closing", "", starts[0][0], end)]
    return [Region("text", "", 0, starts[0][0] if starts else end), *_annexes(starts, end)]


def _annexes(starts: list[tuple[int, int]], end: int) -> list[Region]:
    ends = [*(start for start, _ in starts[1:]), end][: len(starts)]
    return [
        Region("annex", f"annex-{number}/", start, stop)
        for (start, number), stop in zip(starts, ends, strict=True)
    ]


def _annex_starts(text: str, start: int, end: int, *, in_line: bool) -> list[tuple[int, int]]:
    """Return where annexes begin, and their numbers."""
    found: list[tuple[int, int]] = []
    for match in ANNEX.finditer(text, start, end):
        number = number_of(match["number"]) if match["number"] else None
        due = len(found) + 1
        at_line_start = match.start() == 0 or text[match.start() - 1] == "\n"
        first = in_line and not text[start : match.start()].strip()
        runs_on = in_line and found and number == due and _ends_a_sentence(text, match.start())
        if (at_line_start or first or runs_on) and _is_label(match, text, first=bool(first)):
            found.append((match.start(), number or due))
    return found


def _is_label(match: re.Match[str], text: str, *, first: bool) -> bool:
    """Return whether it names an annex, and does not begin a sentence about one."""
    rest = text[match.end() : match.end() + 2].lstrip(" ")
    return first or bool(match["colon"]) or not rest or rest[0] not in "和及、，中所的列规"
