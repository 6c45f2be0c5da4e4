from datetime import date

from auditors.finding import Finding
from auditors.rule import rule
from knowledge.calendar import months_after
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-D006",
    zh="进口货物应在运输工具申报进境之日起 3 个月内申报",
    en="Imports are declared within three months of the entry of the conveyance",
    status="law",
    basis="cn-law-customs#30",
    only={"ie_flag": "I", "crossing": True},
)
def unclaimed(conveyance_arrival_date: date, day: date, facts: Facts) -> Finding | None:
    """After three months customs takes the goods and sells them.

    超过三个月未申报的，货物由海关提取依法变卖。

    Wrong: entry 2026-03-02, declared on 2026-06-03.
    Right: entry 2026-03-02, declared on 2026-06-02.
    Limits: months are calendar months. Customs may sell perishable goods before.
    局限：按日历月计算。不宜长期保存的货物海关可提前处理。
    """
    last = months_after(conveyance_arrival_date, int(facts.value("cn.unclaimed.months")))
    if day <= last:
        return None
    return Finding(
        "conveyance_arrival_date",
        Text(
            f"运输工具 {conveyance_arrival_date} 申报进境，至 {last} 已满三个月",
            f"The conveyance declared entry on {conveyance_arrival_date}; three months ended on"
            f" {last}",
        ),
        Text(
            "向海关确认货物是否已被提取变卖，再行申报",
            "Ask customs whether the goods have been taken for sale before declaring",
        ),
    )
