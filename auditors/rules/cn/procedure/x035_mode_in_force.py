from datetime import date

from auditors.finding import Finding
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.span import Span
from knowledge.text import Text


@rule(
    "CN-X035",
    zh="监管方式代码启用之前不得使用",
    en="A customs procedure is not used before the day it comes into force",
    status="law",
    basis="cn-gacc-2023-109#1 cn-gacc-2023-109#2 cn-gacc-2020-75#1 cn-gacc-2019-royalty-mode#1 "
    "cn-gacc-2017-investment#1 cn-gacc-2016-75#1 cn-gacc-2014-57#1 cn-gacc-2014-12#1",
)
def mode_in_force(trade_mode: str, day: date, facts: Facts) -> Finding | None:
    """New procedures may be used from the day their announcement names.

    That is 2024-01-01 for bonded exhibits and transit, 2020-07-01 for 9710 and 9810.

    新增监管方式自公告规定之日起使用：5072、6072、5073、6073 自2024-01-01起，9710、9810 自
    2020-07-01起，其他有启用日期的同理。

    Wrong: 5072 on 2023-12-20.
    Right: 5072 on 2024-01-05.
    Limits: knows the first day of procedures added since 2014; older ones have none in the table.
    Procedures that have ended are for C002.
    局限：只掌握2014年以来新增监管方式的启用日期；已废止的由 C002 核对。
    """
    if facts.row("trade_mode", trade_mode):
        return None
    mode = facts.table("trade_mode").known(trade_mode)
    if mode is None or Span(since=mode.span.since).covers(day):
        return None
    return Finding(
        "trade_mode",
        Text(
            f"监管方式 {facts.name('trade_mode', trade_mode)} 自 {mode.span.since} 起启用，"
            f"{day} 还不能使用",
            f"Customs procedure {trade_mode} is in force from {mode.span.since}, not yet on {day}",
        ),
        Text(
            "核对申报日期，或改用当日有效的监管方式",
            "Check the date of declaration, or use a procedure in force that day",
        ),
    )
