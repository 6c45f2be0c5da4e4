from decimal import Decimal

from auditors.declaration import Item
from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.special_weights import conditioned, contents_only
from auditors.rules.cn.units import TAX_ONLY, plain, weighed
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-W008",
    zh="各项商品的重量合计应与净重一致",
    en="The weights of the items add up to the net weight",
    basis="cn-gacc-2019-18#26 cn-gacc-2019-18#36 cn-broker-practice#weights",
)
def item_weights(
    items: tuple[Item, ...], net_weight: Decimal, trade_mode: str | None, facts: Facts
) -> Finding | None:
    """Where each item carries a weight, the items together weigh what the header says.

    每项商品都有重量单位的数量时，各项合计就是表头的净重。

    Wrong: 第1项 item 1 900 kg, 第2项 item 2 50 kg, 净重 net 1000 kg.
    Right: 第1项 item 1 900 kg, 第2项 item 2 50 kg, 净重 net 950 kg.
    Limits: allows 0.5 % or 0.01 kg for rounding. Takes the statutory quantities before the deal
    quantity, and grams, tonnes and other units of weight as well. Drinks, liquor and cosmetics (2009,
    2201 to 2206, 2208, 3303 to 3305, 3307) may weigh less than the net weight, whose bottles and jars
    their kilograms leave out; with wool (5101, 5105), counted by its conditioned weight, it is silent.
    局限：容许 0.5% 或 0.01 千克的取整差。先取法定数量，再取成交数量；克、吨等重量单位一并折算。
    零售包装的饮料、酒类、化妆品（2009、2201 至 2206、2208、3303 至 3305、3307）的千克数只计内容物，合计小于
    净重的不提示；按公量计的羊毛、毛条（5101、5105）不核对。
    """
    total, every = weighed(items, facts)
    if not items or not every:
        return None
    apart = abs(max(total, facts.value("cn.weight.least_kg")) - net_weight)
    share = net_weight * facts.value("cn.weight_sum.share")
    if apart <= max(share, facts.value("cn.weight_sum.absolute_kg")) or trade_mode in TAX_ONLY:
        return None
    if conditioned(items) or contents_only(items, total, net_weight):
        return None
    return _apart(plain(total), net_weight, plain(apart))


def _apart(total: Decimal, net_weight: Decimal, apart: Decimal) -> Finding:
    return Finding(
        "net_weight",
        Text(
            f"各项商品重量合计 {total} 千克，净重 {net_weight} 千克，相差 {apart} 千克",
            f"The items weigh {total} kg together and the net weight is {net_weight} kg,"
            f" {apart} kg apart",
        ),
        Text(
            "按装箱单核对各项的千克数和净重",
            "Check the kilograms of the items and the net weight against the packing list",
        ),
        also=("items",),
    )
