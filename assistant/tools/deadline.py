"""The last day of a time limit (期限), worked out from the day it runs from."""

import re
from datetime import date, timedelta

from assistant.shelf import Shelf
from assistant.tools.asking import asked_in
from assistant.tools.counting import End, end_of, length_of
from assistant.tools.given import days_given
from assistant.tools.tool import Tool
from assistant.tools.working import Stage, data_of, days_of, on, said, unknown_years, why_off
from assistant.turn import Sentence, Turn, Worked
from knowledge.calendar import Calendar
from knowledge.errors import CannotJudge
from knowledge.facts import Facts
from knowledge.index.terms import plain
from knowledge.library import Library
from knowledge.text import Text
from knowledge.time_limits import TimeLimit, found_in

NAME = "deadline"
ABOUT_TIME = re.compile(
    r"最晚|最迟|最早|最后[一1]天|末日|截止|期限|到期|过期|逾期|超期|几天|多少天|多久|哪天|哪[一1]天|哪日|几号|什么时候|何时|来得及|"
    r"什么时间|几点|之前|以前|延到|顺延|deadline|when|how long|how many days|last day|latest|"
    r"by what|by which|which day|what day|what date|due|expire|until|too late|in time|earliest"
)
MONTH = re.compile(r"(?<!\d)(20\d\d)(?:年|-)(\d{1,2})(?:月|(?![\d-]))")
MONTHLY = re.compile(r"汇总征税|汇总缴|集中申报|consolidated|collective declaration")
"""Limits that end in the month after, whatever the day."""
LAST_MONTH = 12
UNSURE = Text("（待核实）", " (to be confirmed)")


def answer(turn: Turn, shelf: Shelf) -> Worked | None:
    """Return the last day of the limit asked for; nothing without the day it runs from."""
    written = plain(asked_in(turn))
    dates = days_given(turn) or month_given(written)
    if not dates or not (turn.understood.kind == "deadline" or ABOUT_TIME.search(written)):
        return None
    limit = found_in(written, shelf.library.time_limits.values(), dates[0])
    if limit is None:
        return None
    start = dates[-1] if limit.back else dates[0]
    others = [day for day in dates if day != start]
    try:
        return _worked(turn, limit, start, others, shelf.library.on(start), written)
    except CannotJudge:
        return None


def month_given(written: str) -> list[date]:
    """Return the first day of the month a question names, where that is all a limit needs."""
    found = MONTH.search(written)
    if found is None or not MONTHLY.search(written) or not 1 <= int(found[2]) <= LAST_MONTH:
        return []
    return [date(int(found[1]), int(found[2]), 1)]


def unsure(limit: TimeLimit, library: Library) -> Text:
    """Return the mark of a limit that no source confirms; empty where it is confirmed."""
    status = library.parameters[limit.parameter].status
    return UNSURE if status == "unverified" else Text("", "")


def _worked(
    turn: Turn, limit: TimeLimit, start: date, others: list[date], facts: Facts, written: str
) -> Worked:
    calendar, length = facts.library.calendar, int(facts.value(limit.parameter))
    end = end_of(limit, start, length, calendar, written)
    by_working_days = limit.moves or limit.unit.startswith("working day")
    unknown = unknown_years(calendar, start, end.day, turn.lang) if by_working_days else []
    told = [
        _result(turn, limit, start, end, length, facts),
        *_moved(turn, limit, end, calendar),
        *_after(turn, limit, end, start, length, calendar),
        *_compared(turn, limit, end, others),
        *unknown,
    ]
    article = limit.cites[0]
    stages = [Stage(limit.name, f"{start} → {length}", str(end.nominal), limit.parameter, article)]
    if end.day != end.nominal:
        label = Text("末日遇休息日顺延", "last day moved off a day off")
        stages.append(Stage(label, str(end.nominal), str(end.day), "", limit.cites[-1]))
    if limit.id == "declaration":
        label = Text("滞报金起收之日", "first day of the late fee")
        late_from = str(calendar.term(start, length).late_from)
        stages.append(Stage(label, f"{end.day} →", late_from, "", limit.cites[-1]))
    result = f"{end.day} {end.clock:%H:%M}" if end.clock else str(end.day)
    data = data_of({"limit": limit.id, "start": str(start)}, stages, result)
    return Worked(NAME, tuple(told), data, confidence=0.9 if unknown else 1.0)


def _result(
    turn: Turn, limit: TimeLimit, start: date, end: End, length: int, facts: Facts
) -> Sentence:
    last, long, mark = on(end.day), length_of(limit, length), unsure(limit, facts.library)
    begun = str(start) if days_given(turn) else f"{start:%Y-%m}"
    if limit.unit == "hours":
        text = _loading(limit, start, end, long)
    elif limit.back:
        text = Text(
            f"{limit.name.zh}：{limit.starts.zh}（{start}）{long.zh}内，最早 {last.zh}{mark.zh}。",
            f"{limit.name.en.capitalize()}: {long.en} {limit.starts.en} ({start}) at the earliest:"
            f" {last.en}{mark.en}.",
        )
    else:
        text = Text(
            f"{limit.name.zh}：自{limit.starts.zh}（{begun}）起{long.zh}，"
            f"末日是 {last.zh}{mark.zh}。",
            f"{limit.name.en.capitalize()}: {long.en} {limit.starts.en} ({begun}), last day"
            f" {last.en}{mark.en}.",
        )
    shown = (
        str(start),
        begun,
        *last,
        *long,
        *limit.name,
        *limit.starts,
        f"{end.clock:%H:%M}" if end.clock else "同一时刻",
    )
    return said(text, turn.lang, *limit.cites, limit.parameter, shown=shown)


def _loading(limit: TimeLimit, start: date, end: End, long: Text) -> Text:
    hour = f" {end.clock:%H:%M}" if end.clock else ""
    same = Text("", "") if end.clock else Text(" 的同一时刻", " at the same hour")
    return Text(
        f"{limit.name.zh}：在{limit.starts.zh}{long.zh}以前，"
        f"{start} 装货的最迟 {end.day}{hour}{same.zh}。",
        f"{limit.name.en.capitalize()}: at least {long.en} {limit.starts.en}; for loading on"
        f" {start}, by {end.day}{hour}{same.en}.",
    )


def _moved(turn: Turn, limit: TimeLimit, end: End, calendar: Calendar) -> list[Sentence]:
    """That the last day was a day off and moves on."""
    if end.day == end.nominal:
        return []
    off, notice = why_off(calendar, end.nominal)
    text = Text(
        f"{end.nominal} 是{off.zh}，顺延到其后第一个工作日。",
        f"{end.nominal} is a day off ({off.en}), so it moves to the first working day after.",
    )
    if limit.id in FEE_FROM:
        text = Text(
            f"{end.nominal} 是{off.zh}，末日顺延待核实，稳妥起见不晚于当天申报。",
            f"{end.nominal} is a day off ({off.en}); that the last day moves is to be confirmed, so"
            " declare by then to be safe.",
        )
    cites = [limit.cites[-1], *([notice] if notice else [])]
    shown = (str(end.nominal), *off, text.said_in(turn.lang))
    return [said(text, turn.lang, *cites, shown=shown)]


FEE_FROM = frozenset(("declaration", "transit-transfer", "full-declaration"))
"""Limits whose end no provision moves in so many words."""


def _after(
    turn: Turn, limit: TimeLimit, end: End, start: date, length: int, calendar: Calendar
) -> list[Sentence]:
    if limit.id == "declaration":
        late_from = on(calendar.term(start, length).late_from)
        text = Text(
            f"{late_from.zh}起按日征收滞报金{UNSURE.zh}。",
            f"A late fee runs from {late_from.en}{UNSURE.en}.",
        )
        return [said(text, turn.lang, *limit.cites, shown=(*late_from, *text))]
    if not limit.after.zh:
        return []
    text = Text(f"{limit.after.zh}。", f"{limit.after.en[0].upper()}{limit.after.en[1:]}.")
    return [said(text, turn.lang, *limit.cites, shown=limit.after)]


def _compared(turn: Turn, limit: TimeLimit, end: End, others: list[date]) -> list[Sentence]:
    """Whether another day that the question names lies within the limit."""
    if not others or limit.unit == "hours":
        return []
    day = others[0] if limit.back else others[-1]
    over = (end.day - day if limit.back else day - end.day) // timedelta(days=1)
    if over > 0:
        text = Text(
            f"{day} 在期限以外，差 {over} 天。", f"{day} is outside the term by {days_of(over)}."
        )
    else:
        text = Text(f"{day} 在期限以内。", f"{day} is within the term.")
    return [said(text, turn.lang, shown=(str(day), str(over)))]


TOOL = Tool(NAME, explicit=True, answer=answer)
