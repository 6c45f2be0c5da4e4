from datetime import date
from decimal import Decimal

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.units import TAX_ONLY, unit_name
from knowledge.facts import Facts
from knowledge.span import Span
from knowledge.text import Text

FORMER = Decimal("0.1")
MACHINES = frozenset(["001", "002", "003", "004", "005", "006", "007", "008"])
"""Units that machines and finished goods are counted in."""


@rule(
    "CN-W020",
    zh="按整机归类的零部件不再填 0.1",
    en="Parts classified as a whole machine no longer count as 0.1",
    severity="warning",
    status="law",
    basis="cn-gacc-2014-15#1",
    over="items",
    span=Span(since=date(2014, 2, 10)),
)
def tenth_of_a_machine(
    first_unit: str, first_qty: Decimal, trade_mode: str | None, facts: Facts
) -> Finding | None:
    """Since 2014-02-10 such parts are declared in the number presented, not as a tenth.

    自 2014-02-10 起，零部件按整机或成品归类的，按报验状态申报法定数量，不再填 0.1。

    Wrong: 法定第一数量 0.1 台.
    Right: 法定第一数量 12 台, as presented.
    Limits: looks for 0.1 of a unit that machines are counted in (001 to 008). Royalties and other
    procedures that only collect tax (9500, 9700, 9800) keep their 0.1.
    局限：只看以台、座、辆、艘、架、套、个、只计的 0.1。特许权使用费等只征税的监管方式（9500、9700、9800）
    仍可填 0.1。
    """
    if first_unit not in MACHINES or first_qty != FORMER or trade_mode in TAX_ONLY:
        return None
    name = unit_name(first_unit, facts)
    return Finding(
        "first_qty",
        Text(
            f"法定第一数量填 {first_qty}（{name.zh}），零部件填 0.1 的做法已于 2014-02-10 取消",
            f"First statutory quantity is {first_qty} ({name.en}); putting parts as 0.1 ended on"
            " 2014-02-10",
        ),
        Text("按报验状态填报实际数量", "Enter the number as presented to customs"),
        also=("first_unit",),
    )
