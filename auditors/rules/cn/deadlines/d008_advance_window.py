from datetime import date, datetime

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.time_limits import day_in_china
from knowledge.calendar import days_after
from knowledge.errors import CannotJudge
from knowledge.facts import Facts
from knowledge.span import Span
from knowledge.text import Text


@rule(
    "CN-D008",
    zh="提前申报：进口在启运后，出口在运抵前 3 日内",
    en="Advance declarations: imports after departure, exports within three days before arrival",
    severity="warning",
    status="law",
    basis="cn-gacc-2014-74#1",
    only={"advance_flag": "1", "crossing": True},
    span=Span(since=date(2014, 10, 22)),
)
def advance_window(
    ie_flag: str,
    conveyance_departure_date: date | None,
    desp_date: date | None,
    port_arrival_time: datetime | None,
    day: date,
    facts: Facts,
) -> Finding | None:
    """An advance declaration needs goods on their way: imports departed, exports due at the yard.

    提前申报以货物在途为前提：进口已启运，出口将在三日内运抵监管场所。

    Wrong: export declared on 2026-03-02, arrival at the yard 2026-03-07.
    Right: export declared on 2026-03-02, arrival at the yard 2026-03-05.
    Limits: counts days, not hours. An import without the departure of its conveyance is judged by
    its date of departure; without either, and an export without arrival, are listed as not judged.
    局限：按日计算，不计小时。进口未提供运输工具启运日期的看启运日期栏；都没有的，以及出口未提供运抵时间的，
    列为未核对。
    """
    if ie_flag == "I":
        departure = conveyance_departure_date or desp_date
        if departure is None:
            raise CannotJudge(
                "未提供运输工具启运日期", "the departure of the conveyance is not given"
            )
        return _not_departed(departure, day) if departure > day else None
    if port_arrival_time is None:
        raise CannotJudge(
            "未提供货物运抵监管场所时间", "the arrival at the supervised area is not given"
        )
    days = int(facts.value("cn.advance_export.days"))
    arrival = day_in_china(port_arrival_time)
    return _too_early(arrival, day, days) if arrival > days_after(day, days) else None


def _not_departed(departure: date, day: date) -> Finding:
    return Finding(
        "conveyance_departure_date",
        Text(
            f"{day} 提前申报，运输工具 {departure} 才启运",
            f"Declared in advance on {day}, yet the conveyance departs on {departure}",
        ),
        Text("启运后再申报", "Declare after departure"),
        also=("desp_date",),
    )


def _too_early(arrival: date, day: date, days: int) -> Finding:
    return Finding(
        "port_arrival_time",
        Text(
            f"{day} 提前申报，货物 {arrival} 才运抵监管场所，相距超过 {days} 日",
            f"Declared in advance on {day}, yet the goods reach the yard on {arrival}, more than"
            f" {days} days later",
        ),
        Text(f"在运抵前 {days} 日内申报", f"Declare within {days} days before arrival"),
    )
