from auditors.finding import Finding, suggested
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-C002",
    zh="监管方式须是未废止的",
    en="The customs procedure has not been abolished",
    status="law",
    basis="cn-gacc-2017-tourist-purchase#1 cn-gacc-2016-samples#1 cn-gacc-2010-modes#1",
)
def abolished_procedure(trade_mode: str, facts: Facts) -> Finding | None:
    """Some procedures were abolished; from the next day their code is refused.

    部分监管方式已由公告废止，废止之日起申报的报关单不得再用其代码。

    Wrong: 2026 年申报 3039 货样广告品B declared in 2026.
    Right: 3010 货样广告品.
    Limits: knows the procedures whose end the code table gives; 5033, renumbered, is left to C003,
        and a code not yet in force to X035.
    局限：只识别代码表中载明废止日期的监管方式；改号的 5033 由 C003 提示，尚未启用的由 X035 提示。
    """
    if facts.row("trade_mode", trade_mode):
        return None
    row = facts.table("trade_mode").known(trade_mode)
    if row is None or row.more["state"] != "abolished":
        return None
    name, after = facts.name("trade_mode", trade_mode), row.successor
    return Finding(
        "trade_mode",
        Text(
            f"监管方式 {name} 使用至 {row.span.until}，已废止",
            f"Customs procedure {name} could be used until {row.span.until} and is abolished",
        ),
        Text(
            f"改用 {facts.name('trade_mode', after)}" if after else "按货物的贸易性质另选监管方式",
            f"Use {after} instead" if after else "Choose the procedure that fits the trade",
        ),
        expected=after,
        fixes=(suggested("trade_mode", after),) if after else (),
    )
