from decimal import Decimal

from auditors.declaration import Item
from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.units import TAX_ONLY, plain, weighed
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-W009",
    zh="部分商品的重量合计不能大于净重",
    en="Some of the items cannot outweigh the net weight",
    basis="cn-gacc-2019-18#26 cn-broker-practice#weights",
)
def item_weights_above_net(
    items: tuple[Item, ...], net_weight: Decimal, trade_mode: str | None, facts: Facts
) -> Finding | None:
    """Where only some items carry a weight, those alone cannot weigh more than everything.

    只有部分商品有重量单位的数量时，这些商品的合计不能超过全部货物的净重。

    Wrong: 第1项 item 1 1010 kg, 第2项 item 2 20 sets, 净重 net 1000 kg.
    Right: 第1项 item 1 800 kg, 第2项 item 2 20 sets, 净重 net 1000 kg.
    Limits: cannot tell what the other items weigh; allows 0.01 kg for rounding.
    局限：不知道其余商品的重量；容许 0.01 千克的取整差。
    """
    total, every = weighed(items, facts)
    if every or total <= net_weight + facts.value("cn.weight_sum.absolute_kg"):
        return None
    if trade_mode in TAX_ONLY:
        return None
    return Finding(
        "net_weight",
        Text(
            f"有重量的各项合计已达 {plain(total)} 千克，大于净重 {net_weight} 千克",
            f"The items that have a weight come to {plain(total)} kg, above the net weight of"
            f" {net_weight} kg",
        ),
        Text(
            "按装箱单核对各项的千克数和净重",
            "Check the kilograms of the items and the net weight against the packing list",
        ),
        also=("items",),
    )
