from collections.abc import Mapping
from decimal import Decimal

from auditors.declaration import Item
from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.charges import FREIGHT, INSURANCE, Charge, amount_of
from auditors.rules.cn.goods_value import GoodsValue, goods_value
from knowledge.facts import Facts
from knowledge.text import Text

AIR = "5"


@rule(
    "CN-T017",
    zh="运费一般不超过货值的三成，保费不超过百分之三",
    en="Freight rarely exceeds 30 percent of the value, insurance 3 percent",
    basis="cn-law-tariff#24 cn-law-tariff#29 declarant-house#fees",
    severity="warning",
    status="unverified",
)
def share_of_charges(
    transport_mode: str,
    fee_mark: str | None,
    fee_rate: Decimal | None,
    fee_curr: str | None,
    insur_mark: str | None,
    insur_rate: Decimal | None,
    insur_curr: str | None,
    gross_weight: Decimal | None,
    items: tuple[Item, ...],
    exchange_rates: Mapping[str, Decimal],
    facts: Facts,
) -> list[Finding]:
    """A charge out of proportion is mostly a wrong mark, a wrong currency or a slipped decimal.

    运保费与货值不成比例，多半是标记、币制或小数点填错。

    Wrong: 货值 value 1000 EUR，运费 freight 3/900/EUR.
    Right: 货值 value 12600 EUR，运费 freight 3/820/EUR.
    Limits: freight by air is not judged, it often exceeds 30 percent; cheap bulky goods may do
        so by sea. Several currencies, and charges in another currency without exchange rates,
        are not judged.
    局限：航空运费常超过三成，不作判断；低值大件货物海运也可能超过。多币制货物、费用币制与货物
        不同且未提供汇率的，不作判断。
    """
    if fee_rate is None and insur_rate is None:
        return []
    value = goods_value(items)
    if value is None or value.amount == 0:
        return []
    insurance = amount_of(insur_mark, insur_rate, insur_curr, None, value, exchange_rates)
    found = _unusual(INSURANCE, insurance, value, facts.value("cn.insurance_share.warn"))
    if transport_mode == AIR:
        return found
    freight = amount_of(fee_mark, fee_rate, fee_curr, gross_weight, value, exchange_rates)
    return [*_unusual(FREIGHT, freight, value, facts.value("cn.freight_share.warn")), *found]


def _unusual(
    charge: Charge, amount: Decimal | None, value: GoodsValue, limit: Decimal
) -> list[Finding]:
    if amount is None or amount <= limit * value.amount:
        return []
    share = amount / value.amount
    says = Text(
        f"{charge.label.zh}为货值的 {share:.2%}，超过 {limit:.0%}",
        f"{charge.label.en.capitalize()} is {share:.2%} of the value, above {limit:.0%}",
    )
    do = Text(
        "核对标记、数额、币制和货值", "Check mark, figure, currency and the value of the goods"
    )
    return [Finding(charge.rate, says, do, also=(charge.mark,))]
