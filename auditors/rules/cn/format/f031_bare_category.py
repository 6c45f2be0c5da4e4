from auditors.finding import Finding
from auditors.rule import rule
from knowledge.text import Text

CATEGORIES = frozenset(
    ["货物", "货品", "商品", "产品", "物品", "样品", "材料", "零件", "配件", "零配件"]
)
"""Words for a kind of goods that name none; no table of the customs lists them."""


@rule(
    "CN-F031",
    zh="商品名称须具体，不能只写类别",
    en="The goods name says which goods, not only what kind",
    status="logic",
    basis="cn-gacc-2019-18#35",
    over="items",
)
def bare_category(goods_name: str) -> Finding | None:
    """The name must let customs classify, value and control the goods; a bare kind does not.

    商品名称须满足归类、审价和监管的要求；只写类别，无从判断是什么货物。

    Wrong: 商品名称 配件 parts.
    Right: 商品名称 离心泵叶轮 impeller for a centrifugal pump.
    Limits: knows a few bare words only; a vague name of several words passes.
    局限：只识别少数单独的类别词，多词而笼统的名称查不出。
    """
    if goods_name in CATEGORIES:
        return Finding(
            "goods_name",
            Text(
                f"商品名称“{goods_name}”只是类别，没有说明是什么货物",
                f'The goods name "{goods_name}" is a kind and names no goods',
            ),
            Text("按规范申报目录填报具体品名", "Enter the name the declaration elements ask for"),
        )
    return None
