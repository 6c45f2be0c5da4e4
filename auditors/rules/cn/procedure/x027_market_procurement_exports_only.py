from auditors.finding import Finding
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-X027",
    zh="市场采购（1039）只用于出口",
    en="Market procurement (1039) is for export only",
    severity="warning",
    status="law",
    basis="cn-gacc-2019-221#1",
    only={"ie_flag": "I", "trade_mode": "1039"},
)
def market_procurement_exports_only(trade_mode: str, facts: Facts) -> Finding:
    """Market procurement is a way to export goods bought in a recognised market.

    市场采购贸易是在认定的市场集聚区采购商品并出口的贸易方式，不用于进口。

    Wrong: 进口 1039.
    Right: 出口 1039.
    Limits: goods that come back are declared under a procedure of return, which this rule cannot choose.
    局限：市场采购货物退运进口应用退运类监管方式，本规则不代为选择。
    """
    return Finding(
        "trade_mode",
        Text(
            f"进口报关单填了只用于出口的监管方式 {facts.name('trade_mode', trade_mode)}",
            f"The import declaration has customs procedure {trade_mode}, which is for export only",
        ),
        Text("核对监管方式和进出口标志", "Check the customs procedure and the direction"),
        also=("ie_flag",),
    )
