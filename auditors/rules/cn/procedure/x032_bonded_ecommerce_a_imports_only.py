from auditors.finding import Finding
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-X032",
    zh="保税电商A（1239）只用于进口",
    en="Bonded cross-border e-commerce A (1239) is for import only",
    status="law",
    basis="cn-gacc-2016-75#1",
    only={"ie_flag": "E", "trade_mode": "1239"},
)
def bonded_ecommerce_a_imports_only(trade_mode: str, facts: Facts) -> Finding:
    """1239 is the procedure under which goods for online sale enter a bonded place from abroad.

    1239 用于跨境电商零售商品从境外一线进入保税场所，不用于出口。

    Wrong: 出口 1239.
    Right: 进口 1239.
    Limits: goods sent back abroad are declared otherwise; this rule cannot choose which.
    局限：退运出境应用其他监管方式，本规则不代为选择。
    """
    return Finding(
        "trade_mode",
        Text(
            f"出口报关单填了只用于进口的监管方式 {facts.name('trade_mode', trade_mode)}",
            f"The export declaration has customs procedure {trade_mode}, which is for import only",
        ),
        Text("核对监管方式和进出口标志", "Check the customs procedure and the direction"),
        also=("ie_flag",),
    )
