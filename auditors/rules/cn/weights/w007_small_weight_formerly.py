from datetime import date
from decimal import Decimal

from auditors.finding import Finding
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.span import Span
from knowledge.text import Text


@rule(
    "CN-W007",
    zh="2024-04-10 前不足 1 千克的重量填 1",
    en="Before 2024-04-10 weights below one kilogram are put as 1",
    status="law",
    basis="cn-gacc-2019-18#25 cn-gacc-2019-18#26 cn-gacc-2024-30#1",
    span=Span(until=date(2024, 4, 9)),
)
def small_weight_formerly(
    gross_weight: Decimal | None, net_weight: Decimal | None, facts: Facts
) -> list[Finding]:
    """Until 2024-04-09 the specification had weights below one kilogram filled in as 1.

    2024-04-09 及以前，填制规范要求不足 1 千克的重量填 1。

    Wrong: 净重 net 0.4 kg on 2023-06-01.
    Right: 净重 net 1 kg on 2023-06-01.
    Limits: for drafts of those days only; weights of zero or less are left to W005.
    局限：只用于当时的报关单；零和负数由 W005 提示。
    """
    least = facts.value("cn.weight.least_kg")
    found = []
    if gross_weight is not None and 0 < gross_weight < least:
        found.append(_too_small("gross_weight", Text("毛重", "Gross weight"), gross_weight, least))
    if net_weight is not None and 0 < net_weight < least:
        found.append(_too_small("net_weight", Text("净重", "Net weight"), net_weight, least))
    return found


def _too_small(field: str, label: Text, weight: Decimal, least: Decimal) -> Finding:
    return Finding(
        field,
        Text(f"{label.zh} {weight} 千克不足 1 千克", f"{label.en} {weight} kg is below 1 kg"),
        Text(
            f"2024-04-10 前申报的填 {least}",
            f"Enter {least} on a declaration made before 2024-04-10",
        ),
        expected=str(least),
    )
