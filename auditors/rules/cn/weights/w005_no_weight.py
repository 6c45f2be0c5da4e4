from decimal import Decimal

from auditors.finding import Finding
from auditors.rule import rule
from knowledge.text import Text


@rule(
    "CN-W005",
    zh="毛重、净重应大于 0",
    en="Gross and net weight are above zero",
    basis="cn-gacc-2019-18#25 cn-gacc-2019-18#26 cn-gacc-2024-30#1",
    status="law",
)
def no_weight(gross_weight: Decimal | None, net_weight: Decimal | None) -> list[Finding]:
    """Goods weigh something; even the lightest are declared with two decimals, not as zero.

    货物总有重量；再轻也应填到小数点后两位，不能填零。

    Wrong: 净重 net 0 kg.
    Right: 净重 net 0.45 kg.
    Limits: looks at the totals of the header only, and not at blank ones.
    局限：只看表头合计；空白由必填规则提示。
    """
    found = []
    if gross_weight is not None and gross_weight <= 0:
        found.append(_nothing("gross_weight", Text("毛重", "Gross weight"), gross_weight))
    if net_weight is not None and net_weight <= 0:
        found.append(_nothing("net_weight", Text("净重", "Net weight"), net_weight))
    return found


def _nothing(field: str, label: Text, weight: Decimal) -> Finding:
    return Finding(
        field,
        Text(f"{label.zh}为 {weight} 千克", f"{label.en} is {weight} kg"),
        Text("按装箱单填报实际重量", "Enter the true weight of the packing list"),
    )
