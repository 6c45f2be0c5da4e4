"""Figures with a unit in a text of either language, made comparable."""

import re
from decimal import Decimal
from typing import NamedTuple

from knowledge.numerals import number_of

NUMBER = r"(\d[\d,]*(?:\.\d+)?|[一二三四五六七八九十百两]+)"
UNITS = {
    "working days": (r"个?工作日", r"(?:working|business)[ -]days?"),
    "days": (r"日|天", r"days?"),
    "months": (r"个月", r"months?"),
    "years": (r"年", r"years?"),
    "hours": (r"个?小时", r"hours?"),
    "kg": (r"千克|公斤", r"kg|kilograms?"),
    "percent": (r"%|％", r"%|per ?cent"),
    "per mille": (r"‰", r"‰|per mille"),
    "CNY": (r"元", r"yuan|CNY|RMB"),
    "ten thousand CNY": (r"万元", r"ten thousand yuan"),
    "USD": (r"美元", r"USD|US dollars"),
    "items": (r"项", r"items?"),
}
SHARE = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}
SAME: dict[str, tuple[str, Decimal]] = {
    "years": ("months", Decimal(12)),
    "percent": ("share", Decimal("0.01")),
    "per mille": ("share", Decimal("0.001")),
    "ten thousand CNY": ("CNY", Decimal(10000)),
}
_ZH = re.compile(
    NUMBER
    + r"\s*(?:"
    + "|".join(f"(?P<u{n}>{zh})" for n, (zh, _) in enumerate(UNITS.values()))
    + ")"
)
_EN = re.compile(
    r"(\d[\d,]*(?:\.\d+)?)[ -]?(?:"
    + "|".join(f"(?P<u{n}>{en})" for n, (_, en) in enumerate(UNITS.values()))
    + r")(?![A-Za-z])"
)
_FRONT = re.compile(r"(CNY|RMB|USD)\s?(\d[\d,]*(?:\.\d+)?)")
_PARTS = re.compile(r"([百千万])分之([零一二三四五六七八九十]+)")


class Figure(NamedTuple):
    """A number and its unit: days, working days, months, hours, kg, share, CNY, USD, items."""

    value: Decimal
    unit: str


def figures(text: str) -> set[Figure]:
    """Return the figures of a text.

    >>> sorted(figures("自第15日起，每日万分之五，起征50元"))
    [Figure(value=Decimal('0.0005'), unit='share'), Figure(value=Decimal('15'), unit='days'), \
Figure(value=Decimal('50'), unit='CNY')]
    >>> figures("within 1 year") == figures("12个月")
    True
    """
    found = {_figure(each) for shape in (_ZH, _EN) for each in shape.finditer(text)}
    found |= {
        comparable(Decimal(n.replace(",", "")), u.replace("RMB", "CNY"))
        for u, n in _FRONT.findall(text)
    }
    found |= {Figure((number_of(n) or 0) / SHARE[of], "share") for of, n in _PARTS.findall(text)}
    return {each for each in found if each is not None}


def comparable(value: Decimal, unit: str) -> Figure:
    """Return a figure in the unit it is compared in.

    >>> comparable(Decimal("5"), "percent")
    Figure(value=Decimal('0.05'), unit='share')
    """
    if unit.startswith("share"):
        return Figure(value, "share")
    same, factor = SAME.get(unit, (unit, Decimal(1)))
    return Figure(value * factor, same)


def _figure(found: re.Match[str]) -> Figure | None:
    written = found[1].replace(",", "")
    value = Decimal(written) if written[0].isdigit() else number_of(written)
    number = next(int(name[1:]) for name, said in found.groupdict().items() if said)
    return None if value is None else comparable(Decimal(value), list(UNITS)[number])
