"""The title of a text: from what the file tells, its first lines, or its name."""

import re
from collections.abc import Sequence
from pathlib import Path

from knowledge.importing.official_numbers import is_number
from knowledge.importing.raw import RawText

ENDINGS = "法|条例|办法|规定|细则|规则|规范|公告|决定|通知|通告|准则|标准|目录|清单|协定|议定书|基准|要求|规程|意见|解释|方案"
TITLE = re.compile(rf"[^。；：!?]{{1,90}}(?:{ENDINGS})(?:\s?[（(][^（）()]{{1,20}}[)）])*$")
NO_TITLE = re.compile(
    r"第[一二三四五六七八九十]|[（(]|根据|现将|现予|附件|\d{4}年\d|[一二三四五六七八九十]、"
)
ISSUER_LINE = re.compile(
    r"(?!.*关于)(?:中华人民共和国)?[\u4e00-\u9fff]{2,12}(?<!的)(?:令|公告|文件)$"
)
ENGLISH = re.compile(
    r"(?=[A-Z]).{0,160}\b(?:Law|Regulations?|Measures|Provisions|Rules|Order|Announcement|Decision)\b[^.;]{0,160}$"
)
LINKED = re.compile(r"下载链接[:：]\s*(?P<title>[^\n]{4,120}?)\.(?:docx?|pdf|wps)", re.I)
NUMBERED = re.compile(r".{0,40}号\s*[（(](?P<title>.*(?:的(?:公告|决定|通知|通告|令)))[)）]$")
DATED = re.compile(r"[\s_]*[（(]?\d{4}-\d{2}-\d{2}[)）]?")
CHINESE = re.compile(r"[\u4e00-\u9fff]{2}")
VERSION = re.compile(r"[（(]\d{4}(?:-\d{2}-\d{2}|年?(?:修正|修订)?)[)）]$")
FIRST_LINES = 12
LONGEST = 330
"""Longest line that may be a title, an English one."""


def title_of(raw: RawText, preamble: str, page: str, file: str) -> str:
    """Return the title, or nothing where none of the places it may stand in has one."""
    lines = [line.strip() for line in preamble.splitlines()[:FIRST_LINES]]
    linked = LINKED.search(page)
    told = (
        raw.title if _is_title(raw.title) else "",
        linked["title"] if linked else "",
        _first_title(lines),
        raw.title if CHINESE.search(raw.title) else "",
        _of_file(file),
    )
    return _cleaned(next(filter(None, told), ""))


def _is_title(line: str) -> bool:
    plain = line[: LONGEST + 1].replace(" ", "")
    if len(line) > LONGEST or not plain or is_number(line) or ISSUER_LINE.match(plain):
        return False
    return bool(NUMBERED.match(plain) or ENGLISH.match(line)) or (
        TITLE.match(plain) is not None and NO_TITLE.match(plain) is None
    )


def _first_title(lines: Sequence[str]) -> str:
    """Return the first line that is a title, with the line above it where that is its beginning."""
    for at, line in enumerate(lines):
        if _is_title(line):
            above = lines[at - 1] if at else ""
            begun = above.startswith(("关于", "海关总署", "中华人民共和国")) and not is_number(
                above
            )
            whole = begun and not ISSUER_LINE.match(above) and len(above) <= 60
            return above + line if whole else line
    return ""


def _of_file(file: str) -> str:
    stem = DATED.sub("", Path(file).stem)
    return stem if CHINESE.search(stem) and not file.endswith(".jsonl") else ""


def _cleaned(title: str) -> str:
    inner = NUMBERED.match(title)
    plain = " ".join((inner["title"] if inner else title).split())
    if plain.count(" ") > len(plain) / 3:  # set wide, character by character
        plain = plain.replace(" ", "")
    return VERSION.sub("", plain)
