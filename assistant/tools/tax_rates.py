"""The rates a question gives for the taxes on goods: shares of the value, amounts a unit."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

Tax = Literal["duty", "export", "consumption", "vat", "trade remedy"]
LABELS: tuple[tuple[str, Tax], ...] = (
    (
        r"反倾销税?|反补贴税?|保障措施关税|anti-?dumping(?: dut(?:y|ies))?|countervailing(?: dut(?:y|ies))?",
        "trade remedy",
    ),
    (r"出口关税|出口税|export (?:dut(?:y|ies)|tariff)", "export"),
    (r"消费税|consumption tax|excise(?: tax| duty)?", "consumption"),
    (r"增值税|\bvat\b|value[- ]added tax", "vat"),
    (
        r"(?:进口)?关税|(?:import |customs )?(?:dut(?:y|ies)\b|tariff)(?!able|[- ]paid|[- ]free)",
        "duty",
    ),
)
LABEL = re.compile("|".join(f"(?P<t{n}>{shape})" for n, (shape, _) in enumerate(LABELS)))
SHARE = re.compile(r"(\d+(?:\.\d+)?) ?(?:%|percent|per cent|pct|个百分点|个点)")
UNITS: Mapping[str, str] = {
    **dict.fromkeys(("千克", "公斤", "kg", "kilogram", "kilograms", "kilo"), "kg"),
    **dict.fromkeys(("吨", "公吨", "tonne", "tonnes", "ton", "tons"), "t"),
    **dict.fromkeys(("升", "litre", "litres", "liter", "liters"), "l"),
    **dict.fromkeys(("件", "个", "台", "piece", "pieces", "pcs", "unit", "units", "set"), "pieces"),
}
_UNIT = "|".join(sorted(UNITS, key=lambda unit: -len(unit)))
_EACH = (
    re.compile(rf"(\d+(?:\.\d+)?) ?(?:元|块|cny|yuan|rmb)? ?(?:/|每|per |a )(?:1)?({_UNIT})"),
    re.compile(rf"每({_UNIT}) ?(?:cny |rmb )?(\d+(?:\.\d+)?) ?元?"),
)
_QUANTITY = re.compile(rf"(\d+(?:\.\d+)?) ?({_UNIT})(?![a-z])")
NO_DUTY = re.compile(
    r"零关税|免关税|关税(?:税率)?(?:为|是)?(?:零|免)|duty[- ]free|zero dut|no import duty"
)
NEAR = 16
"""Characters that may stand between a rate and the name of its tax."""


class Each(NamedTuple):
    """An amount of yuan for each unit of quantity."""

    amount: Decimal
    unit: str


class Rates(NamedTuple):
    """What a question gives."""

    shares: Mapping[Tax, Decimal]
    """Shares of the value, 0.1 for 10 %."""
    each: Mapping[Tax, Each]
    quantity: Decimal | None
    """In the unit of `each`; nothing where it is not given in that unit."""
    unclear: bool
    """Whether a rate has no tax, or a tax two rates."""


def rates_in(written: str) -> Rates:
    """Return the rates of a question in plain spelling."""
    labels = [(_tax(found), found.start(), found.end()) for found in LABEL.finditer(written)]
    shares = [
        (Decimal(each[1]) / 100, each.start(), each.end()) for each in SHARE.finditer(written)
    ]
    given = _paired(labels, [(start, end) for _, start, end in shares])
    taxes = [tax for tax in given if tax]
    held: dict[Tax, Decimal] = {t: share for t, (share, *_) in zip(given, shares, strict=True) if t}
    each = _each(written, labels)
    if NO_DUTY.search(written):
        held.setdefault("duty", Decimal(0))
    unclear = len(set(taxes)) < len(shares)
    return Rates(held, each, _quantity(written, each), unclear)


def _tax(found: re.Match[str]) -> Tax:
    return next(tax for n, (_, tax) in enumerate(LABELS) if found[f"t{n}"])


def _paired(labels: list[tuple[Tax, int, int]], shares: list[tuple[int, int]]) -> list[Tax | None]:
    """The tax of each share: named before every one, after every one, listed, or the nearest."""
    first = shares[0][0] if shares else 0
    listed = list(dict.fromkeys(tax for tax, _, end in labels if end <= first))
    before = [_before(labels, shares, n) for n in range(len(shares))]
    after = [_after(labels, shares, n) for n in range(len(shares))]
    for way in (before, after):
        if all(way) and len(set(way)) == len(way):
            return way
    if len(listed) == len(shares):
        return list(listed)
    return [one or other for one, other in zip(before, after, strict=True)]


def _before(
    labels: list[tuple[Tax, int, int]], shares: list[tuple[int, int]], n: int
) -> Tax | None:
    start = shares[n][0]
    since = shares[n - 1][1] if n else 0
    near = [tax for tax, begin, end in labels if since <= begin and start - NEAR <= end <= start]
    return near[-1] if near else None


def _after(labels: list[tuple[Tax, int, int]], shares: list[tuple[int, int]], n: int) -> Tax | None:
    end = shares[n][1]
    until = shares[n + 1][0] if n + 1 < len(shares) else end + NEAR
    near = [tax for tax, begin, _ in labels if end <= begin < min(until, end + NEAR)]
    return near[0] if near else None


def _each(written: str, labels: list[tuple[Tax, int, int]]) -> dict[Tax, Each]:
    """Amounts a unit; the duty's where no tax is named just before."""
    held: dict[Tax, Each] = {}
    for number, shape in enumerate(_EACH):
        for found in shape.finditer(written):
            amount, unit = (found[1], found[2]) if number == 0 else (found[2], found[1])
            named = [tax for tax, _, end in labels if end <= found.start()]
            held.setdefault(named[-1] if named else "duty", Each(Decimal(amount), UNITS[unit]))
    return held


def _quantity(written: str, each: Mapping[Tax, Each]) -> Decimal | None:
    """The quantity in the unit of the amounts, written apart from them."""
    bare = written
    for shape in _EACH:
        bare = shape.sub(" ", bare)
    units = {one.unit for one in each.values()}
    found = [Decimal(each[1]) for each in _QUANTITY.finditer(bare) if UNITS[each[2]] in units]
    return found[0] if len(set(found)) == 1 and len(units) == 1 else None
