from auditors.finding import Finding
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-X029",
    zh="跨境电商企业对企业（9710、9810）只用于出口",
    en="Cross-border e-commerce between businesses (9710, 9810) is for export only",
    status="law",
    basis="cn-gacc-2020-75#1",
    only={"ie_flag": "I", "trade_mode": "9710 9810"},
)
def ecommerce_b2b_exports_only(trade_mode: str, facts: Facts) -> Finding:
    """9710 is direct export to a business, 9810 export to an overseas warehouse; neither imports.

    9710 用于跨境电商企业对企业直接出口，9810 用于出口海外仓，均不用于进口。

    Wrong: 进口 9710.
    Right: 出口 9710.
    Limits: goods that come back are declared under a procedure of return, which this rule cannot choose.
    局限：退货进口应用退运类监管方式，本规则不代为选择。
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
