from datetime import date

from auditors.finding import Finding
from auditors.rule import rule
from knowledge.errors import CannotJudge
from knowledge.facts import Facts
from knowledge.span import Span
from knowledge.text import Text


@rule(
    "CN-D014",
    zh="启运日期为离开境外第一个装运口岸的日期，多个取最后",
    en="The date of departure is that of leaving the first port abroad, the last of several",
    severity="warning",
    status="logic",
    basis="cn-gacc-2024-81#1",
    only={"ie_flag": "I"},
    span=Span(since=date(2024, 7, 9)),
)
def departure_date(
    desp_date: date,
    crossing: bool,
    ie_date: date | None,
    loading_ports_count: int | None,
    last_departure_date: date | None,
    day: date,
    facts: Facts,
) -> Finding | None:
    """Goods leave before they arrive; goods that do not cross have the day of declaration here.

    货物先启运后进境；多个启运日期填最后一个；无实际进出境的填申报日期。

    Wrong: 启运日期 2026-03-05, 进口日期 2026-03-02.
    Right: 启运日期 2026-03-01, 进口日期 2026-03-05.
    Limits: several departures are compared where the last one is given. The day of declaration is
    the day of the audit. A carriage of more than half a year is taken for a slip in the year; that
    is a hint of ours, not law.
    局限：提供了最后离港日期的才核对多个启运日期。以审核基准日为申报日。运输超过半年的疑为年份填错，
    属本软件的提示，并非法规。
    """
    if not crossing:
        return None if desp_date == day else _other(desp_date, day, NO_CROSSING)
    if ie_date is not None and (strange := _strange(desp_date, ie_date, facts)):
        return strange
    if loading_ports_count == 1 or desp_date == last_departure_date:
        return None
    if last_departure_date is not None:
        return _other(desp_date, last_departure_date, SEVERAL)
    if loading_ports_count is not None:
        raise CannotJudge(
            "有多个境外装货港，未提供最后离港日期",
            "there are several loading ports and the last departure is not given",
        )
    return None


NO_CROSSING = Text(
    "没有实际进出境的货物填申报日期", "goods that do not cross have the day of declaration"
)
SEVERAL = Text("有多个启运日期的填最后一个", "of several departures the last one counts")


def _other(entered: date, expected: date, why: Text) -> Finding:
    return Finding(
        "desp_date",
        Text(
            f"启运日期为 {entered}，应为 {expected}：{why.zh}",
            f"The date of departure is {entered} and should be {expected}: {why.en}",
        ),
        Text(f"核对后填 {expected:%Y%m%d}", f"Check it and enter {expected:%Y%m%d}"),
        expected=f"{expected}",
    )


def _strange(desp_date: date, ie_date: date, facts: Facts) -> Finding | None:
    days = (ie_date - desp_date).days
    if days < 0:
        return _after_entry(desp_date, ie_date)
    return _too_long(desp_date, days) if days > facts.value("cn.carriage.most_days") else None


def _too_long(desp_date: date, days: int) -> Finding:
    return Finding(
        "desp_date",
        Text(
            f"启运日期 {desp_date} 比进口日期早 {days} 天",
            f"The date of departure {desp_date} lies {days} days before the import date",
        ),
        Text("核对启运日期的年份", "Check the year of the departure"),
        also=("ie_date",),
    )


def _after_entry(desp_date: date, ie_date: date) -> Finding:
    return Finding(
        "desp_date",
        Text(
            f"启运日期 {desp_date} 晚于进口日期 {ie_date}",
            f"The date of departure {desp_date} lies after the import date {ie_date}",
        ),
        Text("核对提单和两个日期", "Check the bill of lading and both dates"),
        also=("ie_date",),
    )
