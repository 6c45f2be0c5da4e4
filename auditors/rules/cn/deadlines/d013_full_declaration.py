from datetime import date

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.time_limits import unknown_holidays
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-D013",
    zh="两步申报的完整申报应在运输工具申报进境之日起 14 日内",
    en="In two-step declaration the full one follows within 14 days of entry",
    severity="info",
    status="law",
    basis="cn-gacc-2019-127#1",
    only={"ie_flag": "I", "two_step_flag": "1", "crossing": True},
)
def full_declaration(conveyance_arrival_date: date, day: date, facts: Facts) -> Finding | None:
    """The goods may leave on the summary declaration; the full one has its own term.

    概要申报后货物可先提离，完整申报另有期限。

    Wrong: entry 2026-03-02, full declaration on 2026-03-22.
    Right: entry 2026-03-02, full declaration on 2026-03-07.
    Limits: a last day on a weekend or public holiday moves to the next working day. Of years whose
    holidays are not known only weekends are reckoned with, and the finding says so.
    局限：末日遇周末、法定节假日的，顺延至其后第一个工作日，已计调休；没有放假安排的年份只计周末，提示中会
    说明。
    """
    calendar = facts.library.calendar
    last = calendar.term(conveyance_arrival_date, int(facts.value("cn.two_step.days"))).last
    if day <= last:
        return None
    return Finding(
        "conveyance_arrival_date",
        Text(
            f"运输工具 {conveyance_arrival_date} 申报进境，完整申报期限至 {last}",
            f"The conveyance declared entry on {conveyance_arrival_date}; the full declaration was"
            f" due by {last}",
        ),
        Text("尽快完成完整申报", "Complete the full declaration soon").followed_by(
            unknown_holidays(calendar, conveyance_arrival_date, last)
        ),
    )
