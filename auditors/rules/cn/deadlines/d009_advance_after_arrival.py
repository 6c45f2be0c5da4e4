from datetime import date, datetime

from auditors.finding import Finding
from auditors.part import CHINA
from auditors.rule import rule
from auditors.rules.cn.time_limits import day_in_china
from knowledge.errors import CannotJudge
from knowledge.span import Span
from knowledge.text import Text


@rule(
    "CN-D009",
    zh="进口提前申报应在货物运抵监管场所以前",
    en="Advance declarations of imports are made before the goods reach the supervised area",
    status="law",
    basis="cn-gacc-2014-74#1",
    only={"ie_flag": "I", "advance_flag": "1", "crossing": True},
    span=Span(since=date(2014, 10, 22)),
)
def advance_after_arrival(
    port_arrival_time: datetime, declared_at: datetime | None, day: date
) -> Finding | None:
    """Once the goods are at the yard there is nothing left to declare in advance.

    货物已运抵监管场所的，不再适用提前申报。

    Wrong: arrival at the yard 2026-03-02 08:00, declared in advance at 10:00.
    Right: arrival at the yard 2026-03-02 08:00, declared in advance on 2026-03-01.
    Limits: without the time of declaration the day alone is compared, and the same day is listed
    as not judged.
    局限：没有申报时间的只比较日期，同一天的列为未核对。
    """
    if _is_to_come(port_arrival_time, declared_at, day):
        return None
    clock = f"{port_arrival_time.astimezone(CHINA):%Y-%m-%d %H:%M}"
    return Finding(
        "port_arrival_time",
        Text(
            f"货物已于 {clock} 运抵监管场所，不能再提前申报",
            f"The goods reached the supervised area at {clock}; it is too late to declare in"
            " advance",
        ),
        Text("按一般申报办理，并填进口日期", "Declare it as usual, with the import date"),
        also=("declared_at",),
    )


def _is_to_come(port_arrival_time: datetime, declared_at: datetime | None, day: date) -> bool:
    if declared_at is not None:
        return port_arrival_time > declared_at
    arrival = day_in_china(port_arrival_time)
    if arrival > day:
        return True
    if arrival == day:
        raise CannotJudge(
            "货物当日运抵，未提供申报时间",
            "the goods arrive that day and the time of declaration is not given",
        )
    return False
