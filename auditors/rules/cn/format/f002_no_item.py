from auditors.declaration import Item
from auditors.finding import Finding
from auditors.rule import rule
from knowledge.text import Text


@rule(
    "CN-F002",
    zh="报关单至少有一项商品",
    en="A declaration has at least one goods item",
    basis="cn-gacc-2019-18#33 cn-broker-practice#mandatory",
)
def no_item(items: tuple[Item, ...]) -> Finding | None:
    """A declaration is of goods; without an item there is nothing to declare.

    报关单申报的是货物，没有商品项就没有申报对象。

    Wrong: 表头齐全，表体为空 a full header and no item.
    Right: 至少一项商品 one item or more.
    Limits: an item of nothing but blanks counts as an item; F005 asks for its fields.
    局限：各栏全空的一项也算一项，由 F005 逐栏要求填报。
    """
    if not items:
        return Finding(
            "items",
            Text("表体没有商品项", "There is no goods item"),
            Text("按发票和装箱单录入商品项", "Enter the goods from invoice and packing list"),
        )
    return None
