"""Quantities (数量): what the table of units of measure (计量单位代码表) says of them."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from auditors.declaration import Item
from auditors.rules.cn.once import once
from knowledge.codes import Row
from knowledge.facts import Facts
from knowledge.text import Text

ONE = Decimal(1)
TAX_ONLY = frozenset(["9500", "9700", "9800"])
"""Procedures that collect tax and move no goods: their weights and quantities are tokens, such as
0.1 and 1 for royalties (cn-gacc-2019-58#2)."""


class Scale(NamedTuple):
    """How a unit counts: so many of a base unit."""

    base: str
    factor: Decimal


class Weighed(NamedTuple):
    """The kilograms that goods items carry in one of their quantities."""

    total: Decimal
    every: bool
    """Whether each item carries a weight."""


@lru_cache(maxsize=64)
def kilograms(facts: Facts) -> Mapping[str | None, Decimal]:
    """Return what one of each unit of weight weighs in kilograms."""
    factors = {code: row.more["kg_factor"] for code, row in _units(facts)}
    return {code: Decimal(factor) for code, factor in factors.items() if factor}


@lru_cache(maxsize=64)
def whole_units(facts: Facts) -> frozenset[str]:
    """Return the units that are counted in whole numbers only."""
    return frozenset(code for code, row in _units(facts) if row.more["integer_only"] == "1")


@lru_cache(maxsize=64)
def scales(facts: Facts) -> Mapping[str, Scale]:
    """Return the scale of each unit that converts into another; tonnes go by kilograms to grams."""
    bases = {
        code: Scale(row.more["base_unit"], Decimal(row.more["base_factor"]))
        for code, row in _units(facts)
        if row.more["base_unit"]
    }
    ends = {scale.base for scale in bases.values()} - bases.keys()
    return {code: _scale(code, bases) for code in (*bases, *ends)}


@once
def weighed(items: tuple[Item, ...], facts: Facts) -> Weighed:
    """Return the weight of the items, the statutory quantities before the deal quantity."""
    factors = kilograms(facts)
    total, every = Decimal(), True
    for item in items:
        weight = _weight(item, factors)
        if weight is None:
            every = False
        else:
            total += weight
    return Weighed(total, every)


def unit_name(code: str, facts: Facts) -> Text:
    """Return what to call a unit in a message: its code and name."""
    row = facts.table("unit_of_measure").known(code)
    return Text(f"{code} {row.name.zh}", f"{code} {row.name.en}") if row else Text(code, code)


def ratio(unit: str, other: str, facts: Facts) -> Decimal | None:
    """Return how many of another unit one of this unit is; None where that is not fixed."""
    known = scales(facts)
    return _ratio(unit, other, facts) if unit in known and other in known else None


@lru_cache(maxsize=4096)  # of units in the table alone: a draft may hold anything for a unit
def _ratio(unit: str, other: str, facts: Facts) -> Decimal | None:
    known = scales(facts)
    scale, target = known[unit], known[other]
    return scale.factor / target.factor if scale.base == target.base else None


def plain(value: Decimal) -> Decimal:
    """Return a quantity with the five decimals it may have at most, and no zeros at its end.

    >>> plain(Decimal("2507.9961000")), plain(Decimal("1.2E+3"))
    (Decimal('2507.9961'), Decimal('1200'))
    """
    return Decimal(f"{value:.5f}".rstrip("0").rstrip("."))


def decimals(value: Decimal) -> int:
    """Return how many decimals a number was written with.

    >>> decimals(Decimal("1.250")), decimals(Decimal("12"))
    (3, 0)
    """
    return -int(value.as_tuple().exponent)


def _units(facts: Facts) -> Iterable[tuple[str, Row]]:
    return facts.codes("unit_of_measure").items()


def _scale(code: str, bases: Mapping[str, Scale]) -> Scale:
    factor = ONE
    while code in bases:
        code, step = bases[code]
        factor *= step
    return Scale(code, factor)


def _weight(item: Item, factors: Mapping[str | None, Decimal]) -> Decimal | None:
    factor = factors.get(item.first_unit)
    if factor is not None and item.first_qty is not None:
        return item.first_qty * factor
    factor = factors.get(item.second_unit)
    if factor is not None and item.second_qty is not None:
        return item.second_qty * factor
    factor = factors.get(item.unit)
    if factor is not None and item.qty is not None:
        return item.qty * factor
    return None
