from collections.abc import Mapping
from decimal import Decimal

from auditors.declaration import Item
from auditors.finding import Finding, suggested
from auditors.rule import rule
from auditors.rules.cn.charges import KG_PER_TONNE, TOTAL
from auditors.rules.cn.goods_value import converted, goods_value
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-T016",
    zh="运费按单价填报的，数额为每吨运费，不是总额",
    en="Freight marked as a unit price is a price per tonne, not the total",
    basis="cn-gacc-2019-18#28 declarant-house#fees",
    severity="warning",
    status="unverified",
    only={"fee_mark": "2"},
)
def unit_freight_or_total(
    fee_rate: Decimal,
    fee_curr: str,
    gross_weight: Decimal,
    items: tuple[Item, ...],
    exchange_rates: Mapping[str, Decimal],
    facts: Facts,
) -> Finding | None:
    """Under one tonne, a price per tonne that eats half the value is mostly the total freight.

    货物不足一吨而按每吨运费折算已超过货值一半的，多半是把运费总额填成了单价。

    Wrong: 毛重 gross 300 kg，货值 value 400 USD，运费 freight 2/820/USD.
    Right: 运费 freight 3/820/USD.
    Limits: goods in several currencies, and freight in another currency without exchange
        rates, are not judged.
    局限：多币制货物、运费币制与货物不同且未提供汇率的，不作判断。
    """
    if gross_weight >= KG_PER_TONNE:
        return None
    value = goods_value(items)
    if value is None or value.amount == 0:
        return None
    freight = fee_rate * gross_weight / KG_PER_TONNE
    share = converted(freight, fee_curr, value.currency, exchange_rates) / value.amount
    if share <= facts.value("cn.unit_freight_share.warn"):
        return None
    return Finding(
        "fee_mark",
        Text(
            f"运费按每吨 {fee_rate} {fee_curr} 计，毛重 {gross_weight} 千克，运费达货值的 {share:.1%}",
            f"At {fee_rate} {fee_curr} per tonne and {gross_weight} kg gross, freight is "
            f"{share:.1%} of the value",
        ),
        Text("数额为运费总额的，标记改填 3", "If the figure is the total freight, use mark 3"),
        also=("fee_rate", "gross_weight"),
        fixes=(suggested("fee_mark", TOTAL),),
    )
