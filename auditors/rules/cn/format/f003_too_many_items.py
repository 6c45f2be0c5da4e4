from auditors.declaration import Item
from auditors.finding import Finding
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-F003",
    zh="一份报关单的商品项不超过上限",
    en="A declaration has no more goods items than allowed",
    status="law",
    basis="cn-gacc-2016-20#1",
)
def too_many_items(items: tuple[Item, ...], facts: Facts) -> Finding | None:
    """One declaration takes 50 items, 20 before 30 March 2016; more goods need a second one.

    一份报关单最多申报 50 项商品（2016年3月30日前为 20 项），超过的另报一份。

    Wrong: 51 项 51 items.
    Right: 50 项 50 items.
    Limits: does not say which goods go on the second declaration; goods of one bill of lading
        and one record should stay together.
    局限：不决定哪些商品另报；同一提运单、同一备案号的货物宜放在一起。
    """
    most = facts.value("cn.items.max")
    if len(items) > most:
        return Finding(
            "items",
            Text(
                f"商品项有 {len(items)} 项，上限为 {most} 项",
                f"There are {len(items)} goods items; {most} are allowed",
            ),
            Text(
                f"第 {most + 1} 项起另报一份报关单",
                f"Move item {most + 1} and those after it to a second declaration",
            ),
        )
    return None
