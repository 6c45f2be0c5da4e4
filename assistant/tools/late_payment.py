"""The surcharge on duty paid late (滞纳金): days after the term times 0.05 % of the unpaid duty."""

import re
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from assistant.shelf import Shelf
from assistant.tools.given import Yuan, days_given, in_yuan
from assistant.tools.tool import Tool
from assistant.tools.working import (
    Stage,
    data_of,
    days_of,
    digits,
    on,
    said,
    to_fen,
    unknown_years,
    why_off,
    yuan,
)
from assistant.turn import Sentence, Turn, Worked
from knowledge.calendar import days_after
from knowledge.errors import CannotJudge
from knowledge.facts import Facts
from knowledge.index.terms import plain
from knowledge.text import Text

NAME = "late_payment"
TOPIC = re.compile(
    r"滞纳金|滞纳|late[- ]payment|surcharge|(?:pay|paid|payment) (?:\w+ ){0,4}late|overdue (?:dut|tax)"
)
OTHER = re.compile(r"减免|免除|免收|waive|relief|滞报")
DUTY = re.compile(r"税款|税额|税金|关税|欠税|应缴|duty|duties|tax|taxes")
OVERDUE = re.compile(
    r"(?:滞纳|逾期|超期|晚缴|晚交|欠缴|晚)[^\d\-]{0,6}(\d{1,4})天|(\d{1,4}) ?days? (?:late|overdue)"
    r"|(?:late by|late for|overdue by|overdue for|overdue|late) (\d{1,4}) ?days?"
)
DUE = re.compile(r"到期|届满|截止|最后[一1]天|due (?:date|day|on|by)|deadline|last day")
RATE, TERM = "cn.late_payment.rate", "cn.payment_term.days"
TARIFF_LAW = date(2024, 12, 1)
"""Since this day the term runs from the completed declaration, before from the payment notice."""
NEW, OLD = ("cn-law-tariff#43", "cn-gacc-order-272#20"), ("cn-reg-tariff#37",)


class Overdue(NamedTuple):
    """How many days overdue, and why."""

    days: int
    start: date | None = None
    """The day the term runs from; nothing where the due day itself was given."""
    nominal: date | None = None
    """The last day before it was moved off a day off."""
    due: date | None = None
    paid: date | None = None


def answer(turn: Turn, shelf: Shelf) -> Worked | None:
    """Return the surcharge worked out, or what is missing for it."""
    written = plain(turn.understood.text)
    if not TOPIC.search(written) or OTHER.search(written):
        return None
    duty = in_yuan(turn, written, DUTY)
    dates = days_given(turn)
    facts = shelf.library.on(dates[0] if dates else turn.day)
    try:
        overdue = _overdue(written, dates, facts)
        if overdue is None and duty is None:
            return None
        if overdue is None or duty is None or duty.value is None:
            return _asking(turn, duty, overdue, facts)
        return _worked(turn, duty, duty.value, overdue, facts)
    except CannotJudge as unknown:
        text = Text(f"{unknown.zh}。", f"{unknown.en}.")
        return Worked(NAME, (said(text, turn.lang, shown=(str(facts.day),)),), status="abstain")


def _overdue(written: str, dates: list[date], facts: Facts) -> Overdue | None:
    if len(dates) > 1:
        return _between(dates[0], dates[-1], bool(DUE.search(written)), facts)
    if found := OVERDUE.search(written):
        return Overdue(int(next(filter(None, found.groups()))))
    return None


def _between(first: date, paid: date, is_due: bool, facts: Facts) -> Overdue:
    calendar = facts.library.calendar
    start = None if is_due else first
    nominal = first if start is None else days_after(first, int(facts.value(TERM)))
    due = calendar.next_working(nominal)
    return Overdue(max(0, (paid - due).days), start, nominal, due, paid)


def _cites(facts: Facts) -> tuple[str, ...]:
    return NEW if facts.day >= TARIFF_LAW else OLD


def _worked(turn: Turn, given: Yuan, duty: Decimal, overdue: Overdue, facts: Facts) -> Worked:
    rate = facts.value(RATE)
    raw = duty * rate * overdue.days
    owed = to_fen(raw)
    expression = f"{digits(duty)} × {digits(rate)} × {overdue.days}"
    cites = _cites(facts)
    rounding = "cn-gacc-order-272#19"
    stages = (
        *given.stages,
        *_counting(overdue, cites[-1]),
        Stage(SUM, expression, digits(raw), RATE, cites[0]),
        Stage(ROUNDED, digits(raw), yuan(owed), "", rounding),
    )
    text = _sum(expression, overdue, raw, owed)
    shown = (f"{expression} = {digits(raw)}", yuan(owed), "滞纳金 surcharge 元")
    sentences = [
        said(text, turn.lang, RATE, *cites, shown=shown),
        *_dates(turn, overdue, facts),
        *_threshold(turn, owed, facts),
        *([said(given.note, turn.lang)] if given.note else []),
    ]
    inputs = {"duty_cny": digits(duty), "days": str(overdue.days)}
    data = data_of(inputs, stages, yuan(owed), unit="CNY")
    unsure = given.note or _unknown(overdue, facts)
    return Worked(NAME, tuple(sentences), data, confidence=0.9 if unsure else 1.0)


def _unknown(overdue: Overdue, facts: Facts) -> bool:
    if overdue.due is None:
        return False
    return bool(facts.library.calendar.unknown(overdue.start or overdue.due, overdue.due))


SUM = Text("滞纳税款×日比率×滞纳天数", "unpaid duty × daily rate × days overdue")
ROUNDED = Text("四舍五入至分", "rounded to the fen")


def _sum(expression: str, overdue: Overdue, raw: Decimal, owed: Decimal) -> Text:
    if not overdue.days:
        return Text("在缴款期限内缴清，没有滞纳金。", "Paid within the term: no surcharge.")
    rounded = raw != owed
    return Text(
        f"滞纳金 {yuan(owed)} 元：{expression} = {digits(raw)} 元{'，四舍五入至分' if rounded else ''}。",
        f"Surcharge CNY {yuan(owed)}: {expression} = {digits(raw)}"
        f"{', rounded to the fen' if rounded else ''}.",
    )


def _counting(overdue: Overdue, article: str) -> tuple[Stage, ...]:
    if overdue.due is None:
        return ()
    ends = Text("缴款期限末日", "last day to pay")
    count = Text("滞纳天数，从期限届满次日到缴清日", "days overdue, from the day after to payment")
    return (
        Stage(ends, _steps_to(overdue), str(overdue.due), TERM, article),
        Stage(count, f"{overdue.paid} − {overdue.due}", str(overdue.days), "", article),
    )


def _steps_to(overdue: Overdue) -> str:
    """The day the term runs from, and the day off it would end on."""
    days = (overdue.start, overdue.nominal if overdue.nominal != overdue.due else None)
    return "".join(f"{day} → " for day in days if day).strip()


def _dates(turn: Turn, overdue: Overdue, facts: Facts) -> list[Sentence]:
    if not (overdue.due and overdue.paid and overdue.nominal):
        return []
    calendar, due = facts.library.calendar, on(overdue.due)
    term = f"{facts.value(TERM)}"
    off, notice = why_off(calendar, overdue.nominal)
    moved = overdue.due != overdue.nominal
    start = STARTS if facts.day >= TARIFF_LAW else STARTS_OLD
    zh = f"自{start.zh}（{overdue.start}）起{term}日内缴纳，" if overdue.start else ""
    en = f"Payable within {term} days of {start.en} ({overdue.start}); " if overdue.start else ""
    zh += f"{overdue.nominal} 是{off.zh}，顺延，" if moved else ""
    en += f"{overdue.nominal} is a day off ({off.en}), moved on; " if moved else ""
    text = Text(
        f"{zh}末日 {due.zh}；缴清日 {overdue.paid}，滞纳 {overdue.days} 天。",
        f"{en}last day {due.en}; paid {overdue.paid}, {days_of(overdue.days)} overdue.",
    )
    shown = (*map(str, overdue), *due, *off, term)
    cites = (*_cites(facts), TERM, *([notice] if moved and notice else []))
    told = [said(text, turn.lang, *cites, shown=shown)]
    return told + unknown_years(calendar, overdue.start or overdue.due, overdue.due, turn.lang)


STARTS = Text("完成申报之日", "completing the declaration")
STARTS_OLD = Text("海关填发税款缴款书之日", "the payment notice")


def _threshold(turn: Turn, owed: Decimal, facts: Facts) -> list[Sentence]:
    """A note where the sum is so small that a threshold may apply."""
    known = facts.library.parameters["cn.duty_exempt.cny"].values[-1].value
    if not owed or owed > known or facts.day < TARIFF_LAW:
        return []
    text = Text(
        "滞纳金起征点按国务院规定的免征额度执行，现行金额待核实。",
        "The threshold of the surcharge follows the State Council's exemption; its present amount"
        " is to be confirmed.",
    )
    return [said(text, turn.lang, "cn-gacc-order-272#19", "cn-law-tariff#threshold")]


def _asking(turn: Turn, duty: Yuan | None, overdue: Overdue | None, facts: Facts) -> Worked:
    rate, term = digits(facts.value(RATE)), digits(facts.value(TERM))
    missing = []
    if duty is None or duty.value is None:
        missing.append(duty.missing if duty and duty.missing else NO_DUTY)
    if overdue is None:
        missing.append(NO_DAYS if facts.day >= TARIFF_LAW else NO_DAYS_OLD)
    known = Text(f"{overdue.days} 天", days_of(overdue.days)) if overdue else DAYS
    zh, en = "；".join(each.zh for each in missing), "; ".join(each.en for each in missing)
    text = Text(
        f"滞纳金 = 滞纳税款 × {rate} × {known.zh}，缴款期限{term}日。请给出：{zh}。",
        f"Surcharge = unpaid duty × {rate} × {known.en}; the term is {term} days."
        f" Please give: {en}.",
    )
    shown = (rate, term, known.zh, known.en, zh, en)
    told = [said(text, turn.lang, RATE, *_cites(facts), shown=shown)]
    told += _dates(turn, overdue, facts) if overdue else []
    return Worked(NAME, tuple(told), status="clarify", confidence=0.8)


DAYS = Text("滞纳天数", "days overdue")
NO_DUTY = Text("欠缴的税款（人民币）", "the unpaid duty in yuan")
NO_DAYS = Text(
    "完成申报之日和缴清日，或者滞纳天数",
    "the day the declaration was completed and the day of payment, or the days overdue",
)
NO_DAYS_OLD = Text(
    "填发税款缴款书之日和缴清日，或者滞纳天数",
    "the day of the payment notice and the day of payment, or the days overdue",
)

TOOL = Tool(NAME, explicit=True, answer=answer)
