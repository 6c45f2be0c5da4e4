"""How a working is shown: figures in plain digits, steps with their articles, days with their weekday."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from assistant.turn import Sentence
from knowledge.calendar import Calendar
from knowledge.text import Language, Text

FEN = Decimal("0.01")
WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Stage(NamedTuple):
    """One step of a calculation."""

    label: Text
    expression: str
    """Plain digits and signs: `100000 × 0.0005 × 2`."""
    result: str
    parameter: str = ""
    """Id of the dated number it uses."""
    article: str = ""
    """The place that says how to reckon."""


def data_of(
    inputs: Mapping[str, str], stages: Iterable[Stage], result: str, **more: str
) -> dict[str, Any]:
    """Return a calculation for programs: what was given, each step, what came out."""
    steps = [
        {
            "label": {"zh": each.label.zh, "en": each.label.en},
            "expression": each.expression,
            "result": each.result,
            "parameter": each.parameter,
            "article": each.article,
        }
        for each in stages
    ]
    return {"inputs": dict(inputs), "steps": steps, "result": result, **more}


def said(text: Text, lang: Language, *cites: str, shown: Iterable[str] = ()) -> Sentence:
    """Return a sentence of a working; what it shows needs no other source."""
    return Sentence(text.said_in(lang), tuple(dict.fromkeys(cites)), tuple(shown))


def to_fen(value: Decimal) -> Decimal:
    """Return an amount rounded half up to the fen.

    Source: cn-gacc-order-272#19
    """
    return value.quantize(FEN, ROUND_HALF_UP)


def digits(value: Decimal) -> str:
    """Return a number in plain digits, without an exponent or trailing zeros.

    >>> digits(Decimal("1E+3")), digits(Decimal("0.00050"))
    ('1000', '0.0005')
    """
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def yuan(value: Decimal) -> str:
    """Return an amount of money: two decimals, none where it is in whole yuan.

    >>> yuan(Decimal("12.5")), yuan(Decimal("12.00"))
    ('12.50', '12')
    """
    return f"{to_fen(value):f}".removesuffix(".00")


def days_of(number: int) -> str:
    """Return a number of days in English.

    >>> days_of(1), days_of(2)
    ('1 day', '2 days')
    """
    return f"{number} day{'' if number == 1 else 's'}"


def percent(share: Decimal) -> str:
    """Return a share in per cent.

    >>> percent(Decimal("0.065"))
    '6.5%'
    """
    return f"{digits(share * 100)}%"


def on(day: date) -> Text:
    """Return a day with its weekday.

    >>> on(date(2026, 11, 21))
    Text(zh='2026-11-21（周六）', en='Sat 2026-11-21')
    """
    number = day.weekday()
    return Text(f"{day}（周{WEEKDAYS_ZH[number]}）", f"{WEEKDAYS_EN[number]} {day}")


def why_off(calendar: Calendar, day: date) -> tuple[Text, str]:
    """Return why a day is a day off, and the notice that says so where there is one."""
    if held := calendar.holidays.get(day):
        return held.name, str(held.source)
    number = day.weekday()
    return Text(f"周{WEEKDAYS_ZH[number]}", WEEKDAYS_EN[number]), ""


def unknown_years(calendar: Calendar, first: date, last: date, lang: Language) -> list[Sentence]:
    """Return the sentence that the holidays of some years are not known, where that is so."""
    years = tuple(map(str, calendar.unknown(first, last)))
    if not years:
        return []
    text = Text(
        f"没有{'、'.join(years)}年的放假安排，只按周末推算，请以国务院通知为准。",
        f"The holidays of {', '.join(years)} are not known here, only weekends are counted; check"
        " the State Council's notice.",
    )
    return [said(text, lang, shown=years)]
