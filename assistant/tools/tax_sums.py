"""The sums of duty and taxes, step by step."""

from decimal import Decimal
from typing import NamedTuple

from assistant.tools.given import Yuan
from assistant.tools.tax_rates import Each, Rates
from assistant.tools.working import Stage, digits, percent, to_fen, yuan
from knowledge.text import Text

MEASURE, EXPORT_VALUE = "cn-gacc-order-272#17", "cn-law-tariff#29"


class Sums(NamedTuple):
    """What was worked out, and how."""

    stages: tuple[Stage, ...]
    total: Decimal
    duty: Decimal | None
    open: tuple[Text, ...]
    """What was not reckoned, and why."""


NO_DUTY_RATE = Text(
    "未给出关税率，增值税以计税价格加关税为基础，没有计算。",
    "No duty rate was given; VAT rests on value plus duty and was not worked out.",
)
NO_VAT_RATE = Text("未给出增值税率，增值税没有计算。", "No VAT rate was given, so VAT is left out.")
NO_CONSUMPTION = Text(
    "未给出消费税率，按不征消费税计算。", "No consumption tax rate was given; taken as none."
)


def import_taxes(rates: Rates, given: Yuan | None) -> Sums:
    """Return duty, consumption tax and VAT of an import, each on the one before."""
    value = given.value if given and given.value is not None else Decimal(0)
    stages, left = list(given.stages if given else ()), []
    if "duty" not in rates.shares and "duty" not in rates.each:
        return Sums(tuple(stages), Decimal(0), None, (NO_DUTY_RATE,))
    duty = _levied(stages, DUTY, value, rates.shares.get("duty"), rates.each.get("duty"), rates)
    consumption = Decimal(0)
    if "consumption" in rates.shares or "consumption" in rates.each:
        consumption = _consumption(stages, value + duty, rates)
    vat = Decimal(0)
    if "vat" in rates.shares and given is not None:
        base = f"({digits(value)} + {digits(duty)} + {digits(consumption)})"
        vat = _stage(stages, VAT, f"{base} × {percent(rates.shares['vat'])}",
                     (value + duty + consumption) * rates.shares["vat"])  # fmt: skip
        if not consumption:
            left.append(NO_CONSUMPTION)
    else:
        left.append(NO_VAT_RATE)
    return Sums(tuple(stages), duty + consumption + vat, duty, tuple(left))


DUTY, EXPORT_DUTY = Text("关税", "Import duty"), Text("出口关税", "Export duty")
CONSUMPTION, VAT = Text("消费税", "Consumption tax"), Text("进口增值税", "Import VAT")
TOTAL = Text("合计", "Total")


def _stage(stages: list[Stage], label: Text, expression: str, raw: Decimal) -> Decimal:
    """Add a step and return its tax, rounded to the fen."""
    tax = to_fen(raw)
    stages.append(Stage(label, expression, yuan(tax), article=MEASURE))
    return tax


def _levied(
    stages: list[Stage], label: Text, value: Decimal, share: Decimal | None, each: Each | None,
    rates: Rates,
) -> Decimal:  # fmt: skip
    """A duty by value, by quantity, or by both."""
    parts, raw = [], Decimal(0)
    if share is not None:
        parts.append(f"{digits(value)} × {percent(share)}")
        raw += value * share
    if each is not None and rates.quantity is not None:
        parts.append(f"{digits(rates.quantity)} × {digits(each.amount)}")
        raw += rates.quantity * each.amount
    return _stage(stages, label, " + ".join(parts), raw)


def _consumption(stages: list[Stage], base: Decimal, rates: Rates) -> Decimal:
    """Consumption tax; it is part of its own base."""
    share, each = rates.shares.get("consumption"), rates.each.get("consumption")
    if share is None:
        return _levied(stages, CONSUMPTION, base, None, each, rates)
    fixed = each.amount * rates.quantity if each and rates.quantity is not None else Decimal(0)
    raw = (base + fixed) / (1 - share) * share + fixed if share < 1 else Decimal(0)
    inner = f"{digits(base)} + {digits(fixed)}" if fixed else digits(base)
    tail = f" + {digits(fixed)}" if fixed else ""
    expression = f"({inner}) ÷ (1 − {percent(share)}) × {percent(share)}{tail}"
    return _stage(stages, CONSUMPTION, expression, raw)


def export_duty(rates: Rates, given: Yuan | None, from_fob: bool) -> Sums:
    """Return the duty of an export; an FOB price holds the duty, which is no part of the value."""
    value = given.value if given and given.value is not None else Decimal(0)
    stages = list(given.stages if given else ())
    share = rates.shares.get("export", rates.shares.get("duty"))
    each = rates.each.get("export", rates.each.get("duty"))
    if share and from_fob:
        expression = f"{digits(value)} ÷ (1 + {percent(share)})"
        value = to_fen(value / (1 + share))
        label = Text("出口计税价格（离岸价不含出口关税）", "Export value (FOB without the duty)")
        stages.append(Stage(label, expression, yuan(value), article=EXPORT_VALUE))
    duty = _levied(stages, EXPORT_DUTY, value, share, each, rates)
    return Sums(tuple(stages), duty, duty, ())
