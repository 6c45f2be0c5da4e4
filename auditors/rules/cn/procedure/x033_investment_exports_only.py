from auditors.finding import Finding
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-X033",
    zh="对外投资（2210）只用于出口",
    en="Outbound investment in kind (2210) is for export only",
    status="law",
    basis="cn-gacc-2017-investment#1",
    only={"ie_flag": "I", "trade_mode": "2210"},
)
def investment_exports_only(trade_mode: str, facts: Facts) -> Finding:
    """2210 is for equipment and goods that a company in China puts into a business abroad.

    2210 用于境内企业以实物对境外投资而出口的设备、物资；外商投资进口用 2025 或 2225。

    Wrong: 进口 2210.
    Right: 出口 2210.
    Limits: investment goods that enter China are 2025 or 2225, which this rule cannot choose between.
    局限：进口投资设备应在 2025 与 2225 中选择，本规则不代为选择。
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
