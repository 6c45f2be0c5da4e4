"""What a question names by number: articles, orders, announcements, rules, codes."""

import re
from typing import NamedTuple

ORDER = re.compile(
    r"(?:令|order|decree)\s*(?:gacc|customs)?\s*(?:第|no\.?|number|\#)?\s*(\d{1,3})(?!\d)"
    r"|(?<!\d)(\d{1,3})\s*号?\s*(?:海关总署|总署|署)?令"
    r"|(?:总署|gacc)\s*(?:第|no\.?)?\s*(\d{2,3})(?!\d|\s*年)"
)
YEAR_FIRST = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*(?:年度?|[-/.)\]〕】_])?\s*(?:公告)?\s*(?:第|no\.?|number|\#)?\s*"
    r"(\d{1,3})(?!\d|\s*月|[-/.]\d)"
)
NUMBER_FIRST = re.compile(
    r"(?<![\d-])(\d{1,3})\s*(?:号公告|号|of|/)\s*(?:of\s+)?[(\[〔]?((?:19|20)\d\d)(?!\d)"
)
ARTICLE = re.compile(
    r"第?\s*(?<!\d)(\d{1,3})\s*条|\bart(?:icle)?s?\.?\s*(\d{1,3})(?!\d)|§\s*(\d{1,3})"
    r"|第\s*(\d{1,3})\s*[项点]|\b(?:item|point|para(?:graph)?)\s*(\d{1,3})(?!\d)"
)
RULE = re.compile(
    r"(?<![a-z0-9])(?:cn[\s_-]*([a-z])[\s_-]?(\d{1,3})|([a-z])[\s_-]?(\d{3}))(?![a-z0-9])"
)
TARIFF = re.compile(r"(?<![\d.])(\d{4}\.\d{2}(?:\.?\d{2}){0,2}|\d{8}|\d{10})(?![\d.]\d|\d)")
CODE = re.compile(r"(?<![0-9A-Za-z_.-])([0-9A-Za-z]{1,8})(?![0-9A-Za-z_.-])")
LICENCE = re.compile(r"(?<![0-9A-Za-z])([0-9A-Za-z])\s*(?:证(?!书)|许可证|licen[cs]e)")
ISSUERS = {
    "mofcom": ("商务部", "mofcom", "ministry of commerce"),
    "mof": ("财政部", "mof ", "ministry of finance"),
    "sta": ("税务总局", "国税", "sta "),
    "aqsiq": ("质检", "aqsiq"),
    "tariff-commission": ("税委会", "税则委员会", "tariff commission"),
    "gacc": ("海关总署", "总署", "gacc", "customs"),
}


class Numbers(NamedTuple):
    """Numbers of instruments named in a text."""

    orders: tuple[str, ...]
    announcements: tuple[str, ...]
    """Year and number, `2024-30`."""
    articles: tuple[str, ...]


def numbers_in(plain: str) -> Numbers:
    """Return the numbers a text in plain spelling names.

    >>> numbers_in("总署令272号第24条")
    Numbers(orders=('272',), announcements=(), articles=('24',))
    >>> numbers_in("gacc announcement no. 30 of 2024, art. 2")
    Numbers(orders=(), announcements=('2024-30',), articles=('2',))
    >>> numbers_in("2024年4月10日, 2024-12-01")
    Numbers(orders=(), announcements=(), articles=())
    """
    years = [f"{year}-{int(number)}" for year, number in YEAR_FIRST.findall(plain)]
    years += [f"{year}-{int(number)}" for number, year in NUMBER_FIRST.findall(plain)]
    return Numbers(
        orders=_first_groups(ORDER, plain),
        announcements=tuple(dict.fromkeys(years)),
        articles=_first_groups(ARTICLE, plain),
    )


def issuer_in(plain: str) -> str:
    """Return who issued the instrument a text names, where it says so."""
    named = (issuer for issuer, words in ISSUERS.items() if any(word in plain for word in words))
    return next(named, "")


def tariff_codes_in(plain: str) -> tuple[str, ...]:
    """Return the commodity codes in a text, without their dots.

    >>> tariff_codes_in("8413.70.3190、84137031, 0110, 2024-30")
    ('8413703190', '84137031')
    """
    return tuple(dict.fromkeys(code.replace(".", "") for code in TARIFF.findall(plain)))


def rules_in(plain: str) -> tuple[str, ...]:
    """Return what looks like codes of rules.

    >>> rules_in("cnw001, cn-f 006, cn-w2 and d005")
    ('CN-W001', 'CN-F006', 'CN-W002', 'CN-D005')
    """
    found = (tuple(filter(None, each)) for each in RULE.findall(plain))
    return tuple(f"CN-{letter.upper()}{number:0>3}" for letter, number in found)


def _first_groups(shape: re.Pattern[str], text: str) -> tuple[str, ...]:
    found = (next(filter(None, each.groups())) for each in shape.finditer(text))
    return tuple(dict.fromkeys(str(int(number)) for number in found))
