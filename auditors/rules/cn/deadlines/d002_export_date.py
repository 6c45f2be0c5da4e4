from datetime import date

from auditors.finding import Finding
from auditors.rule import rule
from knowledge.text import Text


@rule(
    "CN-D002",
    zh="出口日期申报时免填",
    en="The export date is left blank when declaring",
    severity="info",
    status="law",
    basis="cn-gacc-2019-18#5 cn-gacc-2017-13#1",
    only={"ie_flag": "E", "crossing": True},
)
def export_date(ie_date: date) -> Finding | None:
    """The conveyance has not left yet; customs adds the date when it does.

    申报时运输工具尚未出境，出口日期由海关事后记录。

    Wrong: 出口, 出口日期 2026-03-02.
    Right: 出口, 出口日期 blank.
    Limits: a hint; a date that is filled in does no harm. Goods that do not cross the border have
    the day of acceptance here and are left out.
    局限：仅提示，填了也无妨。无实际进出境的填接受申报日期，不提示。
    """
    return Finding(
        "ie_date",
        Text(
            f"出口日期填了 {ie_date}，申报时可以免填",
            f"The export date {ie_date} need not be filled in when declaring",
        ),
        Text("可以留空", "It may be left blank"),
    )
