from datetime import date

from auditors.finding import Finding, safe
from auditors.rule import rule
from knowledge.text import Text


@rule(
    "CN-D001",
    zh="进口日期为运输工具申报进境的日期",
    en="The import date is the day the conveyance declared entry",
    severity="warning",
    basis="cn-gacc-2019-18#5 cn-broker-practice#mandatory",
    only={"ie_flag": "I", "crossing": True},
)
def import_date(
    conveyance_arrival_date: date, ie_date: date | None, advance_flag: str | None, day: date
) -> Finding | None:
    """The term of declaration runs from this day, so it is that of the conveyance and no other.

    申报期限自该日起算，应填运输工具申报进境的日期。

    Wrong: 进口日期 blank or 2026-03-04, the vessel declared entry on 2026-03-02.
    Right: 进口日期 2026-03-02.
    Limits: silent on advance declarations, and while the conveyance is still expected.
    局限：提前申报及运输工具尚未进境的不提示。
    """
    if ie_date == conveyance_arrival_date or advance_flag == "1" or conveyance_arrival_date > day:
        return None
    held = Text(f"为 {ie_date}", f"is {ie_date}") if ie_date else Text("为空", "is blank")
    return Finding(
        "ie_date",
        Text(
            f"进口日期{held.zh}，运输工具于 {conveyance_arrival_date} 申报进境",
            f"The import date {held.en}; the conveyance declared entry on"
            f" {conveyance_arrival_date}",
        ),
        Text(f"填 {conveyance_arrival_date:%Y%m%d}", f"Enter {conveyance_arrival_date:%Y%m%d}"),
        also=("conveyance_arrival_date",),
        expected=f"{conveyance_arrival_date}",
        fixes=(safe("ie_date", conveyance_arrival_date),),
    )
