from decimal import Decimal

from auditors.finding import Finding
from auditors.rule import rule
from knowledge.text import Text

NOT_SOLD = frozenset(["0320", "2600", "2700", "3100", "3339", "3511", "3611", "3612"])
"""Equipment without price, temporary goods, free replacements, free supply, aid, donations."""

FREE = ("免费", "无偿", "赠", "不计价", "不作价", "FOC", "F.O.C", "NCV", "N.C.V", "free of charge")
"""A note with one of these words says that goods are free of charge."""

LABELS = {"unit_price": Text("单价", "Unit price"), "total_price": Text("总价", "Total price")}


@rule(
    "CN-V002",
    zh="实际成交货物的单价和总价不能为 0",
    en="Goods that are sold have a unit price and a total price above zero",
    basis="cn-gacc-2019-18#37 cn-gacc-2019-18#38",
    status="logic",
    over="items",
)
def zero_price(
    unit_price: Decimal | None,
    total_price: Decimal | None,
    trade_mode: str | None,
    note: str | None,
) -> Finding | None:
    """A price is declared for goods that are sold; where there is none, the value of the goods is.

    有成交价格的填成交价格，没有的填货值，一般不为 0。

    Wrong: 一般贸易，单价 general trade, unit price 0.
    Right: 单价 unit price 1.5.
    Limits: silent for free replacements, free supply, aid, donations, equipment without price
        and temporary goods, and where the notes say that goods are free, although articles 37
        and 38 ask for their value there too.
    局限：无代价抵偿、免费提供、援助捐赠、不作价设备、暂时进出境货物，以及备注说明免费的，不作
        提示；填制规范对这些货物仍要求填货值。
    """
    if unit_price and total_price:
        return None
    prices = {"unit_price": unit_price, "total_price": total_price}
    zero = [field for field, price in prices.items() if price == 0]
    if not zero or trade_mode in NOT_SOLD or _free(note):
        return None
    first, *others = zero
    return Finding(
        first,
        Text(
            "、".join(LABELS[field].zh for field in zero) + "为 0",
            ", ".join(LABELS[field].en for field in zero) + ": 0",
        ),
        Text(
            "填写实际成交价格；免费货物填货值并在备注说明免费",
            "Enter the price; for free goods enter their value and say in the notes they are free",
        ),
        also=tuple(others),
    )


def _free(note: str | None) -> bool:
    return note is not None and any(word in note for word in FREE)
