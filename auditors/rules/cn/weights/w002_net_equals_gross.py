from decimal import Decimal

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.units import TAX_ONLY
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-W002",
    zh="有包装的货物净重应小于毛重",
    en="Packed goods weigh less without their packing",
    severity="info",
    basis="cn-gacc-2019-18#26 cn-broker-practice#weights",
)
def net_equals_gross(
    gross_weight: Decimal,
    net_weight: Decimal,
    wrap_type: str,
    trade_mode: str | None,
    facts: Facts,
) -> Finding | None:
    """Packing weighs something, so equal weights with a packed kind of package are worth a look.

    包装有重量，包装种类不是散装、裸装而毛重等于净重的，值得再看一眼。

    Wrong: 包装种类 22 纸箱, 毛重 gross 10 kg, 净重 net 10 kg.
    Right: 包装种类 00 散装, 毛重 gross 10 kg, 净重 net 10 kg.
    Limits: goods traded gross for net are declared so and still get this hint. Silent at the least
    weight that can be declared (1 kg before 2024-04-10, 0.01 kg since), where both round alike,
    and for procedures that only collect tax (9500, 9700, 9800).
    局限：以毛作净的货物确实相等，仍会提示。毛重为最小可填重量（2024-04-10 前 1 千克，之后 0.01 千克）
    时两者取整相同，不提示；只征税的监管方式（9500、9700、9800）不提示。
    """
    if net_weight != gross_weight or trade_mode in TAX_ONLY:
        return None
    if gross_weight <= facts.value("cn.weight.least_kg"):
        return None
    package = facts.row("packaging", wrap_type)
    if package is None or package.more["is_bulk_or_nude"] == "1":
        return None
    return Finding(
        "net_weight",
        Text(
            f"净重与毛重同为 {net_weight} 千克，包装种类却是 {wrap_type} {package.name.zh}",
            f"Net and gross weight are both {net_weight} kg, yet the kind of packages is"
            f" {wrap_type} {package.name.en}",
        ),
        Text(
            "确认净重已扣除外包装；以毛作净的可忽略",
            "Check that the net weight leaves out the packing; ignore this for gross-for-net goods",
        ),
        also=("gross_weight", "wrap_type"),
    )
