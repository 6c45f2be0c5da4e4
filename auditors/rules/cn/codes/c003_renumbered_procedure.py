from auditors.finding import Finding, safe
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-C003",
    zh="区内物流货物用监管方式 5034，不用旧代码 5033",
    en="Goods stored in a zone go under 5034, not under its former number 5033",
    severity="warning",
    status="law",
    basis="cn-gacc-2010-modes#1",
    only={"trade_mode": "5033"},
)
def renumbered_procedure(trade_mode: str, facts: Facts) -> Finding | None:
    """Procedure 5033 was given the number 5034; the old number is refused.

    监管方式 5033 区内仓储货物已改为 5034 区内物流货物，旧代码不再受理。

    Wrong: 5033.
    Right: 5034.
    Limits: the announcement was read in digest only, and the day the old number ended is taken
        to be the last of 2010.
    局限：公告只读过摘要，旧代码的停用日按 2010 年末计。
    """
    if facts.row("trade_mode", trade_mode):
        return None
    row = facts.table("trade_mode").known(trade_mode)
    after = row.successor if row else ""
    return Finding(
        "trade_mode",
        Text(
            f"监管方式 {trade_mode} 已改为 {facts.name('trade_mode', after)}",
            f"Customs procedure {trade_mode} now has the number {after}",
        ),
        Text(f"改填 {after}", f"Enter {after}"),
        expected=after,
        fixes=(safe("trade_mode", after),),
    )
