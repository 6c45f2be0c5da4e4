"""A time limit stated, where no day is given to work it out from."""

import re

from assistant.shelf import Shelf
from assistant.tools.asking import asked_in, size
from assistant.tools.counting import length_of
from assistant.tools.deadline import ABOUT_TIME, unsure
from assistant.tools.given import days_given
from assistant.tools.tool import Tool
from assistant.tools.working import data_of, said
from assistant.turn import Status, Turn, Worked
from knowledge.errors import CannotJudge
from knowledge.index.terms import plain
from knowledge.text import Text
from knowledge.time_limits import TimeLimit, found_in

NAME = "time_limit"
WANTS_A_DAY = re.compile(
    r"哪天|哪[一1]天|哪日|几号|什么时候|何时|最晚|最迟|截止|when|what date|which day|what day|"
    r"by what|by which|last day|latest"
)

BEGINS = re.compile(r"从(?:哪|什么时候|何时)|起算|算起|\bfrom (?:what|which|when)\b")
"""The day a limit runs from is asked for, which the limit itself tells."""


HOW_LONG = re.compile(
    r"多少天|几天|多久|多长时间|几日内|多少日|几个月|几个?小时|how (?:many (?:days|hours|months)|long|soon)"
)
BRIEF = 16
"""Matter of a question (characters, two for an English word) that is hardly more than the limit."""
SURELY = 0.4
"""A published entry this likely tells more than the limit alone."""


def plainly(turn: Turn, shelf: Shelf) -> Worked | None:
    """Return the limit where a question asks for hardly more than that.

    A published entry that fits and leans on the same article goes first.
    """
    asked = asked_in(turn)
    if not HOW_LONG.search(plain(asked)) or size(asked) > BRIEF:
        return None
    worked = answer(turn, shelf)
    leans = {place for said in worked.sentences for place in said.cites} if worked else set()
    near = (hit for hit in turn.hits[:2] if hit.passage.kind == "problem" and hit.score >= SURELY)
    return None if any(leans.intersection(hit.passage.about) for hit in near) else worked


def answer(turn: Turn, shelf: Shelf) -> Worked | None:
    """Return the limit asked for, and ask for its day where a date is wanted."""
    written = plain(asked_in(turn))
    about_time = turn.understood.kind == "deadline" or ABOUT_TIME.search(written)
    if days_given(turn) or not about_time:
        return None
    limit = found_in(written, shelf.library.time_limits.values(), turn.day)
    if limit is None:
        return None
    try:
        length = int(shelf.library.on(turn.day).value(limit.parameter))
    except CannotJudge:
        return None
    wants_a_day = WANTS_A_DAY.search(written) and not BEGINS.search(written)
    return _stated(turn, shelf, limit, length, bool(wants_a_day))


def _stated(turn: Turn, shelf: Shelf, limit: TimeLimit, length: int, wants_a_day: bool) -> Worked:
    mark = unsure(limit, shelf.library)
    text = _words(limit, length, mark)
    shown = (*limit.name, *limit.starts, *limit.after, *length_of(limit, length))
    told = [said(text, turn.lang, *limit.cites, limit.parameter, shown=shown)]
    if wants_a_day:
        ask = Text(
            f"请告诉我{limit.starts.zh}{'' if '日' in limit.starts.zh else '的时间'}，我来算出具体日期。",
            f"Tell me {limit.starts.en if 'day' in limit.starts.en else f'when it is: {limit.starts.en}'},"
            " and I will work out the date.",
        )
        told.append(said(ask, turn.lang))
    data = data_of({"limit": limit.id}, (), f"{length} {limit.unit}")
    status: Status = "clarify" if wants_a_day else "answer"
    return Worked(NAME, tuple(told), data, status, confidence=0.8 if wants_a_day else 0.9)


def _words(limit: TimeLimit, length: int, mark: Text) -> Text:
    long = length_of(limit, length)
    after = Text(f"；{limit.after.zh}", f"; {limit.after.en}") if limit.after.zh else limit.after
    moves = MOVES if limit.moves else Text("", "")
    if limit.back:
        ends = "以前" if limit.unit == "hours" else "内"
        least = "at least " if limit.unit == "hours" else ""
        return Text(
            f"{limit.name.zh}：{limit.starts.zh}{long.zh}{ends}{mark.zh}{after.zh}。",
            f"{limit.name.en.capitalize()}: {least}{long.en} {limit.starts.en}{mark.en}{after.en}.",
        )
    return Text(
        f"{limit.name.zh}：自{limit.starts.zh}起{long.zh}{moves.zh}{mark.zh}{after.zh}。",
        f"{limit.name.en.capitalize()}: {long.en} {limit.starts.en}{moves.en}{mark.en}{after.en}.",
    )


MOVES = Text("，末日遇休息日顺延", ", a last day on a day off moves on")

PLAINLY = Tool(NAME, explicit=True, answer=plainly)
TOOL = Tool(NAME, explicit=False, answer=answer)
