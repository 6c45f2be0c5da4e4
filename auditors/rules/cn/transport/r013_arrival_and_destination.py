from auditors.declaration import Item
from auditors.finding import Finding
from auditors.place import Place
from auditors.rule import rule
from knowledge.text import Text


@rule(
    "CN-R013",
    zh="出口的运抵国一般与最终目的国一致",
    en="An export normally arrives in its country of final destination",
    basis="cn-gacc-2019-18#20 cn-gacc-2019-18#41 cn-broker-practice#countries",
    severity="warning",
    only={"ie_flag": "E", "crossing": True},
)
def arrives_at_destination(trade_country: str, items: tuple[Item, ...]) -> Finding | None:
    """Where goods arrive and where they are used differ only in trans-shipment.

    运抵国与最终目的国不同，只在转口等情况下成立，常见的是一处漏改。

    Wrong: 运抵国 KOR, 最终目的国 JPN.
    Right: 运抵国 JPN, 最终目的国 JPN.
    Limits: goods sold on in the country of arrival rightly differ: hence a warning. One finding
        for all the items that differ.
    局限：在运抵国转口的可以不同，故仅为警告。所有不同的商品项合并提示一次。
    """
    other = {
        at: each.destination_country
        for at, each in enumerate(items, 1)
        if each.destination_country and each.destination_country != trade_country
    }
    if not other:
        return None
    bound, numbers = sorted(set(other.values())), ",".join(map(str, other))
    return Finding(
        "trade_country",
        Text(
            f"运抵国为 {trade_country}，第{numbers}项最终目的国为 {'、'.join(bound)}",
            f"The country of arrival is {trade_country}, that of final destination "
            f"{', '.join(bound)} (items: {numbers})",
        ),
        Text(
            "核对是否转口；不是的，改为一致",
            "Check whether it is trans-shipped; if not, make them agree",
        ),
        also=tuple(Place("items", at, "destination_country") for at in other),
    )
