from decimal import ROUND_CEILING, Decimal

from auditors.declaration import Item
from auditors.finding import Finding
from auditors.place import Place
from auditors.rule import rule
from auditors.rules.cn.goods_value import Rates, in_yuan
from knowledge.errors import CannotJudge
from knowledge.facts import Facts
from knowledge.text import Text

CENT = Decimal("0.01")
DO = Text(
    "核对数量、总价和币制；属成交货物的改用相应监管方式",
    "Check quantity, total and currency; goods that are sold take their own customs procedure",
)


@rule(
    "CN-X038",
    zh="货样广告品（3010）的数量和金额应属样品规模",
    en="Samples and advertising articles (3010) are of the size of samples",
    severity="warning",
    status="unverified",
    basis="declarant-house#samples cn-gacc-2019-18#14",
    only={"trade_mode": "3010"},
)
def sample_size(items: tuple[Item, ...], exchange_rates: Rates, facts: Facts) -> list[Finding]:
    """A sample shows what the goods are; hundreds of pieces or a high value look like a sale.

    货样用于展示商品，数量或金额过大时多半是成交货物，监管方式可能填错。

    Wrong: 3010, 5000 pieces; 3010, 总价合计 CNY 100000.01.
    Right: 3010, 5 pieces; 3010, 总价合计 CNY 100000.
    Limits: the thresholds are ours, not law. Weights are counted in kilograms, other units as they
    stand. The value is judged only where the rates to convert it are given.
    局限：阈值为本软件自定，不是法规；重量按千克计，其他单位按所填数量计；没有汇率时不判断金额。
    """
    found = _too_many(items, facts)
    try:
        return found + _too_dear(items, exchange_rates, facts)
    except CannotJudge:
        if found:
            return found
        raise


def _too_many(items: tuple[Item, ...], facts: Facts) -> list[Finding]:
    limit = facts.value("cn.sample.quantity")
    return [
        Finding(
            Place("items", number, "qty"),
            Text(
                f"货样广告品成交数量 {item.qty}，超过提示数量 {limit}",
                f"Samples with a deal quantity of {item.qty}, above {limit}",
            ),
            DO,
            also=("trade_mode",),
        )
        for number, item in enumerate(items, 1)
        if item.qty is not None and _counted(item.qty, item.unit, facts) > limit
    ]


def _counted(qty: Decimal, unit: str | None, facts: Facts) -> Decimal:
    """Return a weight in kilograms, any other quantity as it stands."""
    row = facts.row("unit_of_measure", unit) if unit else None
    return qty * Decimal(row.more["kg_factor"] or 1) if row else qty


def _too_dear(items: tuple[Item, ...], rates: Rates, facts: Facts) -> list[Finding]:
    limit = facts.value("cn.sample.value_cny")
    priced = [(each.total_price, each.currency) for each in items]
    yuan = (in_yuan(price, currency, rates) for price, currency in priced if price and currency)
    total = sum(yuan, Decimal(0))
    if total <= limit:
        return []
    shown = total.quantize(CENT, ROUND_CEILING)
    says = Text(
        f"货样广告品总价合计折人民币 {shown} 元，超过提示金额 {limit} 元",
        f"Samples come to CNY {shown}, above {limit}",
    )
    return [Finding("trade_mode", says, DO, also=("items",))]
