"""The end of a time limit, counted from its day."""

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from knowledge.calendar import Calendar, days_after, months_after
from knowledge.text import Text
from knowledge.time_limits import TimeLimit

CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3])(?::([0-5]\d)|点(半|[0-5]?\d分?)?|时)(?!\d)")
ENGLISH_CLOCK = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])(?::([0-5]\d))? ?(am|pm)\b")
UNITS = {
    "days": Text("日", "days"),
    "working days": Text("个工作日", "working days"),
    "months": Text("个月", "months"),
    "hours": Text("小时", "hours"),
}
NOON = 12


class End(NamedTuple):
    """The last day of a limit, or the first one where it is counted back."""

    day: date
    nominal: date
    """The day before it was moved off a day off."""
    clock: time | None = None


def end_of(limit: TimeLimit, start: date, length: int, calendar: Calendar, written: str) -> End:
    """Return where a limit ends.

    Args:
        limit: the limit.
        start: the day it runs from.
        length: how long it is, in its unit.
        calendar: which days are worked.
        written: the question in plain spelling, for the hour of loading.
    """
    if limit.unit == "hours":
        return _hours_before(start, length, written)
    nominal = _nominal(limit, start, length, calendar)
    return End(calendar.next_working(nominal) if limit.moves else nominal, nominal)


def length_of(limit: TimeLimit, length: int) -> Text:
    """Return how long a limit is, in words: `14日`, `by the 5th working day of the next month`."""
    if limit.unit == "working day of next month":
        return Text(
            f"次月第{length}个工作日结束前",
            f"by the end of working day {length} of the month after",
        )
    if limit.unit == "day of next month":
        return Text(f"次月{length}日前", f"by day {length} of the month after")
    unit = UNITS[limit.unit]
    if limit.back:
        return Text(f"前{length}{unit.zh}", f"{length} {unit.en} before")
    return Text(f"{length}{unit.zh}内", f"within {length} {unit.en} of")


def _nominal(limit: TimeLimit, start: date, length: int, calendar: Calendar) -> date:
    if limit.unit == "months":
        return months_after(start, length)
    if limit.unit == "working days":
        return calendar.working_days_after(start, length)
    if limit.unit == "days":
        return days_after(start, -length if limit.back else length)
    before = months_after(start.replace(day=1), 1) - timedelta(days=1)
    if limit.unit == "day of next month":
        return days_after(before, length)
    return calendar.working_days_after(before, length)


def _hours_before(start: date, hours: int, written: str) -> End:
    clock = _clock(written)
    moment = datetime.combine(start, clock or time()) - timedelta(hours=hours)
    return End(moment.date(), moment.date(), moment.time() if clock else None)


def _clock(written: str) -> time | None:
    if found := ENGLISH_CLOCK.search(written):
        hour = int(found[1]) % NOON + (NOON if found[3] == "pm" else 0)
        return time(hour, int(found[2] or 0))
    if found := CLOCK.search(written):
        minute = 30 if found[3] == "半" else int((found[2] or found[3] or "0").rstrip("分"))
        return time(int(found[1]), minute)
    return None
