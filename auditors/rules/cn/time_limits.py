"""Time limits of declaring (申报期限): months, rest days and the term from the day of entry."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from auditors.part import CHINA
from knowledge.errors import CannotJudge

SATURDAY = 5
UNDER_TRANSIT = frozenset("13")
BY_MAIL = "6"
WITHOUT_END = date(9990, 1, 1)
"""From here on a day is no day of a term, but a way to write that there is no end."""


class Term(NamedTuple):
    """A term in days, its end and the start of what follows moved off Saturdays and Sundays."""

    last: date
    """The last day within the term."""
    late_from: date
    """The first day that counts as late."""


@lru_cache(maxsize=4096, typed=True)
def term(start: date, days: Decimal) -> Term:
    """Return a term of so many days; the day it starts from does not count.

    >>> term(date(2026, 3, 2), Decimal(14))
    Term(last=datetime.date(2026, 3, 16), late_from=datetime.date(2026, 3, 17))
    """
    last = working_day_from(days_after(start, int(days)))
    return Term(last, working_day_from(days_after(last, 1)))


def days_after(day: date, days: int) -> date:
    """Return the day so many days later; a day without end, 9999-12-31, stays what it is.

    >>> days_after(date(9999, 12, 31), 14)
    datetime.date(9999, 12, 31)
    """
    return day + timedelta(days=days) if day < WITHOUT_END else day


def working_day_from(day: date) -> date:
    """Return the day itself, or the Monday after a Saturday or Sunday.

    >>> working_day_from(date(2026, 11, 21))
    datetime.date(2026, 11, 23)
    """
    while day.weekday() >= SATURDAY:
        day = days_after(day, 1)
    return day


@lru_cache(maxsize=4096, typed=True)
def months_after(day: date, months: Decimal) -> date:
    """Return the same day some months later, or the last of a shorter month.

    >>> months_after(date(2026, 8, 31), Decimal(6))
    datetime.date(2027, 2, 28)
    """
    if day >= WITHOUT_END:
        return day
    years, month = divmod(day.month - 1 + int(months), 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def day_in_china(moment: datetime) -> date:
    """Return the day a moment falls on in China."""
    return moment.astimezone(CHINA).date()


def refuse_other_starts(decl_trn_rel: str | None, transport_mode: str | None) -> None:
    """Refuse to judge a term that does not start with the entry of the conveyance.

    Raises:
        CannotJudge: goods under customs transit or by mail, whose term starts elsewhere.
    """
    if decl_trn_rel in UNDER_TRANSIT or transport_mode == BY_MAIL:
        raise CannotJudge(
            "转关货物自运抵指运地之日、邮运货物自收到领取通知之日起算，该日期未提供",
            "the term runs from arrival at the inland destination under customs transit, and from"
            " the post office's notice by mail; that day is not given",
        )
