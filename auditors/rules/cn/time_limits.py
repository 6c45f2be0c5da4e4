"""Time limits of declaring (申报期限): where a term starts, and what is not known of its end."""

from datetime import date, datetime

from auditors.part import CHINA
from knowledge.calendar import Calendar
from knowledge.errors import CannotJudge
from knowledge.text import Text

UNDER_TRANSIT = frozenset("13")
BY_MAIL = "6"


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


def unknown_holidays(calendar: Calendar, first: date, last: date) -> Text:
    """Return what to check where the holidays of a stretch of days are not known, else nothing."""
    years = "、".join(map(str, calendar.unknown(first, last)))
    if not years:
        return Text("", "")
    return Text(
        f"没有 {years} 年的放假安排，只按周六、周日推算，请核对",
        f"Check the public holidays of {years.replace('、', ', ')}, which are not known here; only"
        " Saturdays and Sundays are reckoned with",
    )
