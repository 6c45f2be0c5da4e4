from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from auditors.blocks import PackingList
from auditors.finding import Finding, suggested
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.span import Span
from knowledge.text import Text

GROSS = Text("毛重", "Gross weight")
NET = Text("净重", "Net weight")
NO_LIST = PackingList()


@rule(
    "CN-W006",
    zh="不足 1 千克的重量填到小数点后 2 位",
    en="Weights below one kilogram are given to two decimals",
    severity="warning",
    status="law",
    basis="cn-gacc-2024-30#1",
    span=Span(since=date(2024, 4, 10)),
)
def small_weight(
    gross_weight: Decimal | None,
    net_weight: Decimal | None,
    packing_list: PackingList | None,
    facts: Facts,
) -> list[Finding]:
    """Since 2024-04-10 a weight below one kilogram keeps two decimals and is no longer put as 1.

    自 2024-04-10 起，不足 1 千克的重量保留两位小数，不再填 1。

    Wrong: 净重 net 0.4567 kg; or 1 kg where the packing list says 0.3 kg.
    Right: 净重 net 0.46 kg; 0.3 kg.
    Limits: a weight of exactly 1 kg is doubted only where the packing list is at hand.
    局限：恰为 1 千克的，只有装箱单在手时才核对。
    """
    limit = facts.value("cn.small_weight.kg")
    listed = packing_list or NO_LIST
    found = []
    if gross_weight is not None and limit >= gross_weight > 0:
        found.append(_look("gross_weight", GROSS, gross_weight, listed.gross, facts))
    if net_weight is not None and limit >= net_weight > 0:
        found.append(_look("net_weight", NET, net_weight, listed.net, facts))
    return [each for each in found if each]


def _look(
    field: str, label: Text, weight: Decimal, listed: Decimal | None, facts: Facts
) -> Finding | None:
    limit = facts.value("cn.small_weight.kg")
    if weight < limit:
        kept = _kept(weight, facts)
        return None if kept == weight else _too_fine(field, label, weight, kept)
    if listed is None or listed <= 0 or (kept := _kept(listed, facts)) >= limit:
        return None
    return _no_longer_one(field, label, listed, kept)


def _kept(weight: Decimal, facts: Facts) -> Decimal:
    """Return a weight with the decimals it keeps, and never as nothing."""
    places = Decimal(1).scaleb(-int(facts.value("cn.small_weight.decimals")))
    return max(weight.quantize(places, ROUND_HALF_UP), facts.value("cn.weight.least_kg"))


def _too_fine(field: str, label: Text, weight: Decimal, kept: Decimal) -> Finding:
    return Finding(
        field,
        Text(
            f"{label.zh} {weight} 千克不足 1 千克，小数超过 2 位",
            f"{label.en} {weight} kg is below 1 kg and has more than two decimals",
        ),
        Text(f"核对后填 {kept}", f"Check it and enter {kept}"),
        expected=str(kept),
        fixes=(suggested(field, kept),),
    )


def _no_longer_one(field: str, label: Text, listed: Decimal, kept: Decimal) -> Finding:
    return Finding(
        field,
        Text(
            f"{label.zh}填 1 千克，装箱单为 {listed} 千克；2024-04-10 起不足 1 千克不再填 1",
            f"{label.en} is 1 kg and the packing list says {listed} kg; weights below 1 kg are"
            " no longer put as 1 since 2024-04-10",
        ),
        Text(f"核对后填 {kept}", f"Check it and enter {kept}"),
        expected=str(kept),
        fixes=(suggested(field, kept),),
    )
