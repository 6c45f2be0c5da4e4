from decimal import Decimal

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.units import plain
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-W018",
    zh="平均单件重量应合理",
    en="The average package has a likely weight",
    severity="warning",
    status="unverified",
    basis="cn-gacc-2019-18#24 cn-gacc-2019-18#25 declarant-house#weights",
)
def package_weight(
    gross_weight: Decimal, pack_no: int, wrap_type: str | None, facts: Facts
) -> Finding | None:
    """A package above 30 tonnes or below 10 grams points to a slip in weight or count.

    单件超过 30 吨或不足 10 克的，重量或件数多半有误。

    Wrong: 2 件, 毛重 gross 90000 kg.
    Right: 2 件, 毛重 gross 900 kg.
    Limits: a hint of ours, not law; heavy machinery in one case may be right. Bulk and unpacked
    goods count as one package and are left out.
    局限：本软件的提示，并非法规；单件大型设备可能属实。散装、裸装按一件填报，不核对。
    """
    most, least = facts.value("cn.package_weight.max_kg"), facts.value("cn.package_weight.min_kg")
    if least * pack_no <= gross_weight <= most * pack_no or pack_no <= 0 or gross_weight <= 0:
        return None
    package = facts.row("packaging", wrap_type) if wrap_type else None
    if package and package.more["is_bulk_or_nude"] == "1":
        return None
    average = plain(gross_weight / pack_no)
    return Finding(
        "pack_no",
        Text(
            f"毛重 {gross_weight} 千克，{pack_no} 件，平均每件 {average} 千克",
            f"Gross weight {gross_weight} kg in {pack_no} packages is {average} kg each",
        ),
        Text("按装箱单核对毛重和件数", "Check weight and count against the packing list"),
        also=("gross_weight",),
    )
