"""The late fee (滞报金): days late times 0.5 per mille of the dutiable value."""

import re
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple

from assistant.shelf import Shelf
from assistant.tools.given import CONVERSION, Yuan, days_given, in_yuan
from assistant.tools.tool import Tool
from assistant.tools.working import Stage, data_of, days_of, digits, on, said, unknown_years, yuan
from assistant.turn import Sentence, Turn, Worked
from knowledge.calendar import days_after, months_after
from knowledge.errors import CannotJudge
from knowledge.facts import Facts
from knowledge.index.terms import plain
from knowledge.text import Text

NAME = "late_fee"
TOPIC = re.compile(
    r"滞报|迟报|晚报|late[- ]declar|late fee|declar\w* (?:\w+ ){0,4}late|late filing"
)
OTHER = re.compile(r"减免|免除|免收|滞纳|relief|waive|late[- ]payment|surcharge")
VALUE = re.compile(r"计税价格|完税价格|货值|价值|到岸价|cif|value|worth")
LATE_DAYS = re.compile(
    r"(?:滞报|迟报|晚报|逾期|晚)[^\d\-]{0,6}(\d{1,4})天|(\d{1,4}) ?天的?(?:滞报|迟报)"
    r"|(?:late by|late for|late) (\d{1,4}) ?days?|(\d{1,4}) ?days? (?:late|overdue)"
)
RATE, FLOOR, TERM = "cn.late_fee.rate", "cn.late_fee.floor_cny", "cn.declaration_term.days"
UNCLAIMED = "cn.unclaimed.months"
MEASURE = "cn-gacc-order-128"
ENTRY = "cn-law-customs#24"


class Days(NamedTuple):
    """How many days late, and why."""

    late: int
    entry: date | None = None
    accepted: date | None = None
    last: date | None = None
    late_from: date | None = None
    sooner: date | None = None
    """When the fee begins if only its own first day, not the end of the term, moves."""


def answer(turn: Turn, shelf: Shelf) -> Worked | None:
    """Return the fee worked out, or what is missing for it."""
    written = plain(turn.understood.text)
    if not TOPIC.search(written) or OTHER.search(written):
        return None
    value = in_yuan(turn, written, VALUE)
    dates = days_given(turn)
    facts = shelf.library.on(dates[-1] if dates else turn.day)
    try:
        days = _days(written, dates, facts) or _alone(turn)
        if days is None and value is None:
            return None
        if days is None or value is None or value.value is None:
            return _asking(turn, value, days, facts)
        return _worked(turn, value, value.value, days, facts)
    except CannotJudge as unknown:
        text = Text(f"{unknown.zh}。", f"{unknown.en}.")
        return Worked(NAME, (said(text, turn.lang, shown=(str(facts.day),)),), status="abstain")


def _days(written: str, dates: list[date], facts: Facts) -> Days | None:
    if len(dates) > 1:
        return _between(dates[0], dates[-1], facts)
    if found := LATE_DAYS.search(written):
        return Days(int(next(filter(None, found.groups()))))
    return None


def _alone(turn: Turn) -> Days | None:
    """Days given by themselves in reply to what was asked back."""
    given = [each for each in turn.understood.mentions.amounts if each.unit == "days"]
    alone = turn.understood.follows and len(given) == 1 and given[0].value.isdigit()
    return Days(int(given[0].value)) if alone else None


def _between(entry: date, accepted: date, facts: Facts) -> Days:
    calendar, days = facts.library.calendar, int(facts.value(TERM))
    term = calendar.term(entry, days)
    sooner = calendar.next_working(days_after(entry, days + 1))
    late = max(0, (accepted - term.late_from).days + 1)
    return Days(late, entry, accepted, term.last, term.late_from, min(sooner, term.late_from))


def _worked(turn: Turn, given: Yuan, value: Decimal, days: Days, facts: Facts) -> Worked:
    rate, floor = facts.value(RATE), facts.value(FLOOR)
    raw = value * rate * days.late
    whole = raw.to_integral_value(ROUND_FLOOR)
    fee = whole if whole >= floor else Decimal(0)
    expression = f"{digits(value)} × {digits(rate)} × {days.late}"
    stages = (
        *given.stages,
        *_counting(days),
        Stage(FEE, expression, digits(raw), RATE, f"{MEASURE}#rate"),
        Stage(WHOLE, f"⌊{digits(raw)}⌋", digits(whole), "", f"{MEASURE}#floor"),
        Stage(LEAST, f"{digits(whole)} ≥ {digits(floor)}", digits(fee), FLOOR, f"{MEASURE}#floor"),
    )
    shown = (f"{expression} = {digits(raw)}", f"{digits(fee)} {digits(floor)} 滞报金 late fee 元")
    otherwise = _otherwise(turn, days, value, rate, floor)
    sentences = [
        said(_fee(expression, days.late, raw, fee, floor), turn.lang, *_PLACES, ENTRY, shown=shown),
        *_conversion(turn, given),
        *_dates(turn, days, facts),
        *otherwise,
        *([said(given.note, turn.lang)] if given.note else []),
    ]
    inputs = {"value_cny": digits(value), "days": str(days.late)}
    data = data_of(inputs, stages, digits(fee), unit="CNY")
    unsure = given.note or otherwise or _unknown(days, facts)
    return Worked(NAME, tuple(sentences), data, confidence=0.9 if unsure else 1.0)


def _unknown(days: Days, facts: Facts) -> bool:
    if days.entry is None or days.late_from is None:
        return False
    return bool(facts.library.calendar.unknown(days.entry, days.late_from))


_PLACES = (RATE, FLOOR, f"{MEASURE}#rate", f"{MEASURE}#floor")
FEE = Text("计税价格×日比率×滞报天数", "value × daily rate × days late")
WHOLE = Text("以元为单位，不足一元舍去", "in whole yuan, less than one yuan dropped")
LEAST = Text("不足起征点的不收", "nothing below the threshold")


def _fee(expression: str, days: int, raw: Decimal, fee: Decimal, floor: Decimal) -> Text:
    sum_ = f"{expression} = {digits(raw)}"
    if not days:
        return Text("没有逾期申报，不征滞报金。", "Declared within the term: no late fee.")
    if not fee:
        return Text(
            f"不收滞报金：{sum_} 元，不足 {digits(floor)} 元。",
            f"No late fee: {sum_}, below CNY {digits(floor)}.",
        )
    cut = raw != fee
    return Text(
        f"滞报金 {digits(fee)} 元：{sum_} 元{'，以元为单位' if cut else ''}。",
        f"Late fee CNY {digits(fee)}: {sum_}{', in whole yuan' if cut else ''}.",
    )


def _counting(days: Days) -> tuple[Stage, ...]:
    if days.entry is None:
        return ()
    ends = Text("申报期限末日", "last day of the term")
    count = Text("滞报天数，首尾都计入", "days late, first and last counted")
    return (
        Stage(ends, f"{days.entry} →", str(days.last), TERM, ENTRY),
        Stage(count, f"{days.late_from} … {days.accepted}", str(days.late), "", f"{MEASURE}#4"),
    )


def _conversion(turn: Turn, given: Yuan) -> list[Sentence]:
    return [
        said(
            Text(
                f"计税价格折合人民币：{each.expression} = {each.result} 元。",
                f"Value in yuan: {each.expression} = CNY {each.result}.",
            ),
            turn.lang,
            CONVERSION,
            shown=(f"{each.expression} = {each.result} 计税价格折合人民币 value in yuan",),
        )
        for each in given.stages
    ]


def _dates(turn: Turn, days: Days, facts: Facts) -> list[Sentence]:
    if not (days.entry and days.accepted and days.last and days.late_from):
        return []
    ends = (days.entry, days.last, days.late_from, days.accepted)
    last, first = on(days.last), on(days.late_from)
    text = Text(
        f"{days.entry} 申报进境，期限到 {last.zh}；"
        f"{first.zh}起征，起征日和 {days.accepted} 都计入，共 {days.late} 天（待核实）。",
        f"Entry {days.entry}, term to {last.en}; the fee runs from {first.en}, first day and"
        f" {days.accepted} both counted: {days_of(days.late)} (to be confirmed).",
    )
    if not days.late:
        text = Text(
            f"{days.entry} 申报进境，期限到 {last.zh}，{first.zh}起征滞报金。",
            f"Entry {days.entry}, term to {last.en}; a late fee runs from {first.en}.",
        )
    shown = (*map(str, ends), str(days.late), *last, *first)
    told = [said(text, turn.lang, ENTRY, f"{MEASURE}#4", shown=shown)]
    told += unknown_years(facts.library.calendar, days.entry, days.late_from, turn.lang)
    months = int(facts.value(UNCLAIMED))
    sold = days.accepted > months_after(days.entry, months)
    return [*told, _sold(turn, months)] if sold else told


def _sold(turn: Turn, months: int) -> Sentence:
    text = Text(
        f"超过{months}个月未申报的货物由海关变卖，变卖的不征滞报金。",
        f"Goods undeclared for over {months} months are sold by customs and bear no late fee.",
    )
    return said(text, turn.lang, f"{MEASURE}#sold", "cn-law-customs#30")


def _otherwise(
    turn: Turn, days: Days, value: Decimal, rate: Decimal, floor: Decimal
) -> list[Sentence]:
    """The dearer reading, where the end of the term fell on a day off."""
    if not (days.sooner and days.late_from and days.accepted):
        return []
    if days.sooner == days.late_from or days.accepted < days.sooner:
        return []
    late = (days.accepted - days.sooner).days + 1
    whole = (value * rate * late).to_integral_value(ROUND_FLOOR)
    fee = yuan(whole if whole >= floor else Decimal(0))
    text = Text(
        f"期限末日落在休息日，末日顺延待核实；若只顺延起征日，从 {days.sooner} 起 {late} 天，{fee} 元。",
        f"The term ended on a day off; that its end moves is to be confirmed. If only the first day"
        f" of the fee moves: from {days.sooner}, {days_of(late)}, CNY {fee}.",
    )
    shown = (str(days.sooner), str(late), fee, text.said_in(turn.lang))
    return [said(text, turn.lang, f"{MEASURE}#9", shown=shown)]


def _asking(turn: Turn, value: Yuan | None, days: Days | None, facts: Facts) -> Worked:
    rate, floor = digits(facts.value(RATE)), digits(facts.value(FLOOR))
    missing = [value.missing if value and value.missing else NO_VALUE] if _no_value(value) else []
    if days is None:
        missing.append(NO_DAYS)
    known = Text(f" × {days.late} 天", f" × {days_of(days.late)}") if days else DAYS
    zh, en = "；".join(each.zh for each in missing), "; ".join(each.en for each in missing)
    text = Text(
        f"滞报金 = 计税价格 × {rate}{known.zh}，不足 {floor} 元不收。请给出：{zh}。",
        f"Late fee = dutiable value × {rate}{known.en}, nothing below CNY {floor}."
        f" Please give: {en}.",
    )
    shown = (f"{rate} {floor} {days.late if days else ''}", zh, en)
    told = [said(text, turn.lang, *_PLACES, shown=shown)]
    if days:
        told += _dates(turn, days, facts)
    return Worked(NAME, tuple(told), status="clarify", confidence=0.8)


def _no_value(value: Yuan | None) -> bool:
    return value is None or value.value is None


DAYS = Text(" × 滞报天数", " × days late")
NO_VALUE = Text("人民币计税价格（完税价格）", "the dutiable value in yuan")
NO_DAYS = Text(
    "运输工具申报进境日和海关接受申报日，或者滞报天数",
    "the day of entry and the day of acceptance, or the days late",
)

TOOL = Tool(NAME, explicit=True, answer=answer)
