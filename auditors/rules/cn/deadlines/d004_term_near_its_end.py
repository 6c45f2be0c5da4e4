from datetime import date

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.time_limits import refuse_other_starts, unknown_holidays
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-D004",
    zh="进口应在运输工具申报进境之日起 14 日内申报，期限临近",
    en="Imports are declared within 14 days of the entry of the conveyance; the term is near",
    severity="warning",
    status="law",
    basis="cn-law-customs#24 cn-gacc-order-128#rate cn-gacc-order-128#9",
    only={"ie_flag": "I", "crossing": True},
)
def term_near_its_end(
    conveyance_arrival_date: date,
    decl_trn_rel: str | None,
    transport_mode: str | None,
    two_step_flag: str | None,
    day: date,
    facts: Facts,
) -> Finding | None:
    """A reminder from the eleventh day on, while no fee is due yet.

    自第 11 日起提醒，此时尚不产生滞报金。

    Wrong: entry 2026-03-02, declared on 2026-03-14 (day 12).
    Right: entry 2026-03-02, declared on 2026-03-05 (day 3).
    Limits: the eleventh day is a reminder of ours. Weekends, public holidays and working weekends
    are reckoned with; of years whose holidays are not known, only weekends, and the finding says
    so. Two-step declarations are left to D013; goods under customs transit and by mail have
    another start and are listed as not judged.
    局限：第 11 日为本软件的提醒。已计周末、法定节假日和调休；没有放假安排的年份只计周末，提示中会说明。
    两步申报由 D013 核对；转关、邮运货物起算日不同，列为未核对。
    """
    since = (day - conveyance_arrival_date).days
    if since <= facts.value("cn.declaration_term.warn_after_days") or two_step_flag == "1":
        return None
    calendar = facts.library.calendar
    term = calendar.term(conveyance_arrival_date, int(facts.value("cn.declaration_term.days")))
    if day >= term.late_from:
        return None
    refuse_other_starts(decl_trn_rel, transport_mode)
    check = unknown_holidays(calendar, conveyance_arrival_date, term.late_from)
    return _near(conveyance_arrival_date, day, term.late_from, check)


def _near(arrival: date, day: date, late_from: date, check: Text) -> Finding:
    return Finding(
        "conveyance_arrival_date",
        Text(
            f"运输工具 {arrival} 申报进境，至 {day} 已 {(day - arrival).days} 天，"
            f"{late_from} 起征收滞报金",
            f"The conveyance declared entry on {arrival}, {(day - arrival).days} days before {day}; a fee"
            f" for late declaration is due from {late_from}",
        ),
        Text("尽快申报", "Declare soon").followed_by(check),
    )
