from decimal import Decimal

from auditors.finding import Finding
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text

HEAVY = frozenset(["33", "93"])
"""Wooden barrels and pallets, which may outweigh what they carry."""


@rule(
    "CN-W017",
    zh="毛重一般不超过净重的三倍",
    en="Gross weight is seldom more than three times the net weight",
    severity="warning",
    status="unverified",
    basis="cn-gacc-2019-18#26 declarant-house#weights",
)
def gross_to_net(
    gross_weight: Decimal, net_weight: Decimal, wrap_type: str | None, facts: Facts
) -> Finding | None:
    """Packing that weighs twice the goods is rare; a misplaced decimal is not.

    包装比货物重一倍以上的很少见，小数点点错的却不少。

    Wrong: 毛重 gross 90 kg, 净重 net 10 kg.
    Right: 毛重 gross 90 kg, 净重 net 85 kg.
    Limits: a hint of ours, not law. Silent up to 5 kg net, and for wooden barrels and pallets.
    Flowers on ice and the like are declared rightly and still get it.
    局限：本软件的提示，并非法规。净重不超过 5 千克及木桶、木托包装不提示。带冰鲜花等确属此情形的可忽略。
    """
    if gross_weight <= net_weight * facts.value("cn.gross_net_ratio.warn"):
        return None
    if net_weight <= facts.value("cn.gross_net_ratio.net_floor_kg") or wrap_type in HEAVY:
        return None
    return Finding(
        "net_weight",
        Text(
            f"毛重 {gross_weight} 千克超过净重 {net_weight} 千克的三倍",
            f"Gross weight {gross_weight} kg is more than three times net weight {net_weight} kg",
        ),
        Text(
            "按装箱单核对两个重量和小数点",
            "Check both weights and their decimal points against the packing list",
        ),
        also=("gross_weight",),
    )
