"""Freight (运费), insurance (保费) and other charges (杂费): a mark, a figure and a currency each."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from auditors.finding import Finding, Fix, suggested
from auditors.rules.cn.goods_value import GoodsValue, Rates, converted
from knowledge.facts import Facts
from knowledge.text import Text

RATE, PER_TONNE, TOTAL = "1", "2", "3"
KG_PER_TONNE = Decimal(1000)


class Charge(NamedTuple):
    """One of the three charges of the header."""

    name: str
    """What its fields begin with: `fee_mark`, `fee_rate`, `fee_curr`."""
    label: Text
    column: str
    """Column of the fee mark table that says which marks it takes."""

    @property
    def mark(self) -> str:
        """The field of its mark."""
        return f"{self.name}_mark"

    @property
    def rate(self) -> str:
        """The field of its figure: a rate in percent, a price per tonne or a total."""
        return f"{self.name}_rate"

    @property
    def curr(self) -> str:
        """The field of its currency."""
        return f"{self.name}_curr"


FREIGHT = Charge("fee", Text("运费", "freight"), "freight")
INSURANCE = Charge("insur", Text("保费", "insurance"), "insurance")
OTHER = Charge("other", Text("杂费", "other charges"), "other")


class Due(NamedTuple):
    """Which charges a declaration must give beside the price."""

    freight: bool
    insurance: bool


FREIGHT_AND_INSURANCE = Due(freight=True, insurance=True)
FREIGHT_ALONE = Due(freight=True, insurance=False)
INSURANCE_ALONE = Due(freight=False, insurance=True)


NOTHING_DUE = Due(freight=False, insurance=False)


def due(facts: Facts, trans_mode: str, ways: Literal["import", "export"]) -> Due:
    """Return what the terms of delivery ask for; nothing where they are not known."""
    return _dues(facts, ways).get(trans_mode, NOTHING_DUE)


@lru_cache(maxsize=64)
def _dues(facts: Facts, ways: Literal["import", "export"]) -> Mapping[str, Due]:
    return {
        code: Due(
            freight=row.more[f"need_freight_{ways}"] == "1",
            insurance=row.more[f"need_insurance_{ways}"] == "1",
        )
        for code, row in facts.codes("terms_of_delivery").items()
    }


def first_blank(
    charge: Charge, mark: str | None, rate: Decimal | None, currency: str | None
) -> str:
    """Return the first field of a charge still to be filled, or an empty string.

    A rate takes no currency; a price per tonne and a total do.
    """
    if mark is None:
        return charge.mark
    if rate is None:
        return charge.rate
    return charge.curr if mark != RATE and currency is None else ""


def incomplete(
    charge: Charge,
    mark: str | None,
    rate: Decimal | None,
    currency: str | None,
    trans_mode: str,
    facts: Facts,
) -> Finding | None:
    """Return the finding that a charge the terms ask for is not filled in."""
    blank = first_blank(charge, mark, rate, currency)
    if not blank:
        return None
    terms = facts.name("terms_of_delivery", trans_mode)
    label = facts.library.fields["header"].fields[blank].label
    return Finding(
        blank,
        Text(
            f"成交方式 {terms} 应填报{charge.label.zh}，“{label.zh}”未填",
            f'Terms {terms} ask for {charge.label.en}; "{label.en}" is blank',
        ),
        Text(
            f"填写{charge.label.zh}的标记、数额和币制（按率填报的不填币制）；成交方式填错的先改成交方式",
            f"Fill in mark, figure and currency of {charge.label.en} (a rate takes no currency), "
            "or put the terms of delivery right",
        ),
        also=("trans_mode",),
    )


def surplus(
    charge: Charge,
    mark: str | None,
    rate: Decimal | None,
    currency: str | None,
    trans_mode: str,
    facts: Facts,
) -> Finding | None:
    """Return the finding that a charge is filled in which the price already settles."""
    held = ((charge.mark, mark), (charge.rate, rate), (charge.curr, currency))
    filled = [field for field, value in held if value is not None]
    if not filled:
        return None
    first, *others = filled
    terms = facts.name("terms_of_delivery", trans_mode)
    return Finding(
        first,
        Text(
            f"成交方式 {terms} 不应另填{charge.label.zh}，现已填报",
            f"On terms {terms} there is no {charge.label.en} to declare; it is filled in",
        ),
        Text(
            f"核对成交方式；成交方式无误的，清空{charge.label.zh}各栏",
            f"Check the terms of delivery; if they are right, clear the {charge.label.en} fields",
        ),
        also=(*others, "trans_mode"),
        fixes=tuple(map(_cleared, filled)),
    )


def amount_of(
    mark: str | None,
    rate: Decimal | None,
    currency: str | None,
    gross_weight: Decimal | None,
    value: GoodsValue,
    rates: Rates,
) -> Decimal | None:
    """Return a charge in the currency of the goods; None where a field is blank.

    Raises:
        CannotJudge: an exchange rate is needed and not given.
    """
    if rate is None:
        return None
    if mark == RATE:
        return value.amount * rate / 100
    total = _total(mark, rate, gross_weight)
    if total is None or currency is None:
        return None
    return converted(total, currency, value.currency, rates)


def _total(mark: str | None, rate: Decimal, gross_weight: Decimal | None) -> Decimal | None:
    if mark == TOTAL:
        return rate
    if mark == PER_TONNE and gross_weight is not None:
        return rate * gross_weight / KG_PER_TONNE
    return None


def _cleared(field: str) -> Fix:
    return suggested(field, None)
