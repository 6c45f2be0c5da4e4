from auditors.declaration import Item
from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.item_numbers import item_numbers
from knowledge.text import Text


@rule(
    "CN-K005",
    zh="集装箱的商品项号关系应填实有的商品项号",
    en="A container names the items it holds, and each of them exists",
    basis="cn-gacc-2019-18#32 cn-sw-decmessage#DecContainers cn-broker-practice#containers",
    over="containers",
)
def container_items_exist(
    items: tuple[Item, ...], goods_nos: tuple[int, ...] | None
) -> Finding | None:
    """Each container says by number which goods items are in it.

    每个集装箱须填明所装商品的项号，项号应在表体中存在。

    Wrong: items 1,9 where the declaration has three; no item at all.
    Right: items 1,2.
    Limits: does not know what is really in the box. A list that cannot be read is M009's; a
        declaration without any item is F002's.
    局限：不能判断箱内实际装了什么。无法识别的列表由 M009 提示；没有商品项的由 F002 提示。
    """
    if not goods_nos:
        return Finding(
            "goods_nos",
            Text("商品项号关系为空", "Items in the container is blank"),
            Text("填报箱内商品的项号，例如 1,2", "Enter the numbers of its items, such as 1,2"),
        )
    known = item_numbers(items)
    missing = set(goods_nos).difference(known)
    return _unknown(sorted(missing), len(known)) if known and missing else None


def _unknown(missing: list[int], count: int) -> Finding:
    listed = ",".join(map(str, missing))
    return Finding(
        "goods_nos",
        Text(
            f"商品项号关系中的 {listed} 不在表体中，表体共 {count} 项",
            f"Items in the container: {listed} is not among the {count} goods items",
        ),
        Text("核对箱内商品的项号", "Check which items the container holds"),
    )
