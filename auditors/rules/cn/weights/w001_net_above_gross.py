from decimal import Decimal

from auditors.finding import Finding
from auditors.rule import rule
from knowledge.text import Text


@rule(
    "CN-W001",
    zh="净重不能大于毛重",
    en="Net weight must not exceed gross weight",
    basis="cn-gacc-2019-18#25 cn-gacc-2019-18#26",
)
def net_above_gross(gross_weight: Decimal, net_weight: Decimal) -> Finding | None:
    """Net weight is gross weight less the outer packing, so it is equal at most.

    净重是毛重减去外包装后的重量，至多与毛重相等。

    Wrong: 毛重 gross 980 kg, 净重 net 1000 kg.
    Right: 毛重 gross 1000 kg, 净重 net 980 kg.
    Limits: compares the totals of the header; the lines are added up by W008.
    局限：只比较表头合计；各项合计由 W008 核对。
    """
    if net_weight > gross_weight:
        return Finding(
            "net_weight",
            Text(
                f"净重 {net_weight} 千克大于毛重 {gross_weight} 千克",
                f"Net weight {net_weight} kg is above gross weight {gross_weight} kg",
            ),
            Text("核对毛重与净重是否填反", "Check whether the two weights were swapped"),
            also=("gross_weight",),
        )
    return None
