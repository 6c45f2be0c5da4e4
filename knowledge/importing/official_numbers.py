"""Numbers of instruments (文号): read in every common spelling, written in one."""

import re
from typing import NamedTuple

from knowledge.numerals import SIGNS, number_of

ISSUERS = {
    "海关总署": "gacc",
    "总署": "gacc",
    "商务部": "mofcom",
    "国务院关税税则委员会": "tariff-commission",
    "税委会": "tariff-commission",
    "国务院": "state-council",
    "财政部": "mof",
    "国家税务总局": "sta",
    "税务总局": "sta",
    "国家质量监督检验检疫总局": "aqsiq",
    "质检总局": "aqsiq",
    "国家市场监督管理总局": "samr",
    "市场监管总局": "samr",
    "农业农村部": "mara",
    "国家发展和改革委员会": "ndrc",
    "国家发展改革委": "ndrc",
    "工业和信息化部": "miit",
    "生态环境部": "mee",
    "交通运输部": "mot",
    "卫生部": "moh",
    "国家外汇管理局": "safe",
    "主席": "president",
}
"""Who numbers instruments, by every name used, with its part of an id."""
FULL = {"总署": "海关总署", "署": "海关总署", "税委会": "国务院关税税则委员会"}
"""Short names, and the name the number is written with."""
LONGEST = 120
"""Characters of a line that are looked at for a number that stands alone."""
LETTERS = {"财关税": "mof"}
"""Letters in front of a number that is neither order nor announcement."""

_NAME = "|".join(sorted(ISSUERS, key=len, reverse=True))
_OPEN, _CLOSE = r"[〔\[【（(]", r"[〕\]】）)]"
_COUNT = rf"[{SIGNS}]{{1,8}}"
_YEAR = rf"(?:{_OPEN}?(?P<year>[0-9]{{4}}|[〇○零一二三四五六七八九]{{4}})(?:年度?|{_CLOSE})\s*)?"
_ORDER = re.compile(
    rf"(?:中华人民共和国|原)?(?P<name>{_NAME}|署)\s*令\s*[（(]?{_YEAR}第?\s*(?P<serial>{_COUNT})\s*号"
)
_NOTICE = re.compile(
    rf"(?P<name>(?:(?:{_NAME})[、\s]{{0,2}}){{0,8}})(?:联合)?公告\s*"
    rf"{_YEAR.removesuffix('?')}第?\s*(?P<serial>{_COUNT})\s*号"
)
_LETTER = re.compile(
    rf"(?P<name>[\u4e00-\u9fff]{{2,8}}){_OPEN}(?P<year>[0-9]{{4}}){_CLOSE}\s*第?(?P<serial>[0-9]{{1,5}})\s*号"
)
_BARE = re.compile(r"(?P<year>[0-9]{4})\s*年\s*第\s*(?P<serial>[0-9]{1,4})\s*号\s*$")


class OfficialNumber(NamedTuple):
    """The number of an instrument."""

    kind: str
    """order (令), notice (公告) or letter (财关税〔2018〕49号)."""
    name: str
    """Who gave it; of several, the first. For a letter, its letters."""
    year: int | None
    serial: int

    def written(self) -> str:
        """Return the number in its one spelling, 海关总署公告2024年第128号."""
        year = f"{self.year}年" if self.year else ""
        if self.kind == "letter":
            return f"{self.name}〔{self.year}〕{self.serial}号"
        return f"{self.name}{'令' if self.kind == 'order' else '公告'}{year}第{self.serial}号"

    def id(self) -> str:
        """Return the id of the instrument; empty where a number does not make one.

        A law and a regulation are known by their names: an amendment gives them another number.
        """
        issuer = LETTERS.get(self.name) or ISSUERS.get(self.name, "")
        if issuer in {"", "president", "state-council"}:
            return ""
        middle = "order-" if self.kind == "order" else ""
        year = (
            f"{self.year}-" if self.year and not (self.kind == "order" and issuer == "gacc") else ""
        )
        return f"cn-{issuer}-{middle}{year}{self.serial}"


def number_in(text: str, issuer: str = "") -> OfficialNumber | None:
    """Return the first number in a text.

    Args:
        text: a line, a title or what a record calls the number.
        issuer: who issued it, where the number itself does not say.

    >>> number_in("署令〔2024〕272号").written(), number_in("公告〔2024〕128号", "海关总署").id()
    ('海关总署令第272号', 'cn-gacc-2024-128')
    """
    match = _first_match(text[:1000])
    return _number(match, issuer) if match else None


def is_number(line: str, issuer: str = "") -> OfficialNumber | None:
    """Return the number a line consists of, or nothing where it holds more than a number."""
    words = line[:LONGEST].strip(" （()）")
    match = _first_match(words)
    rest = words.replace(match[0], "") if match else words
    return _number(match, issuer) if match and len(rest.strip(" 第")) <= 2 else None


def _first_match(text: str) -> re.Match[str] | None:
    found = [match for pattern in (_ORDER, _NOTICE) if (match := pattern.search(text))]
    if found:
        return min(found, key=re.Match.start)
    return _LETTER.search(text) or _BARE.match(text.strip())


def _number(match: re.Match[str], issuer: str) -> OfficialNumber | None:
    told = match.groupdict()
    serial, year = number_of(told["serial"]), number_of(told["year"] or "x")
    if serial is None:
        return None
    if match.re is _LETTER:
        return OfficialNumber("letter", told["name"], year, serial)
    name = _first(told.get("name", "")) or _first(issuer)
    if not name:
        return None
    if match.re is _ORDER:
        # the orders of these are counted through the years
        through = ISSUERS.get(name) in {"gacc", "president", "state-council"}
        return OfficialNumber("order", name, None if through else year, serial)
    return OfficialNumber("notice", name, year, serial)


def _first(names: str) -> str:
    found = re.match(rf"\s*原?({_NAME}|署)", names)
    return FULL.get(found[1], found[1]) if found else ""
