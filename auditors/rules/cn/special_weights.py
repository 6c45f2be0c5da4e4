"""Goods whose kilograms (千克) are not those of the scale: liquids, conditioned fibres, dry ores."""

from decimal import Decimal

from auditors.declaration import Item
from knowledge.facts import Facts

DRINKS = ("2009", "2201", "2202", "2203", "2204", "2205", "2206", "2208")
IN_BOTTLES = (*DRINKS, "3303", "3304", "3305", "3307")
"""Headings of drinks, liquor and cosmetics: packed for retail, the statutory kilograms are those
of the contents, while the net weight takes in bottles and jars (cn-gacc-2019-18#36)."""
CONDITIONED = ("5101", "5105")
"""Headings of wool: kilograms are the conditioned weight, above or below the weight as shipped."""
ORES = tuple(f"26{number:02}" for number in range(1, 18))
"""Headings of ores and concentrates: sold by the dry tonne, landed and counted wet."""


def contents_only(items: tuple[Item, ...], total: Decimal, net_weight: Decimal) -> bool:
    """Return whether items weigh less than the net weight as bottles and jars are left out."""
    if total > net_weight:
        return False
    return any(item.hs_code and item.hs_code.startswith(IN_BOTTLES) for item in items)


def conditioned(items: tuple[Item, ...]) -> bool:
    """Return whether an item may be counted by its conditioned weight (公量)."""
    return any(item.hs_code and item.hs_code.startswith(CONDITIONED) for item in items)


def sold_dry(hs_code: str | None, dry: Decimal, wet: Decimal, facts: Facts) -> bool:
    """Return whether the two quantities of an ore may be its dry and its wet weight."""
    if not hs_code or not hs_code.startswith(ORES):
        return False
    return wet * facts.value("cn.ore_dry_weight.least_share") <= dry < wet
