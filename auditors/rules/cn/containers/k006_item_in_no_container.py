from auditors.declaration import Container, Item
from auditors.finding import Finding
from auditors.place import Place
from auditors.rule import rule
from auditors.rules.cn.item_numbers import item_numbers
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-K006",
    zh="已填集装箱的，每项商品都应装在某个箱内",
    en="Where containers are given, each item is in one of them",
    basis="cn-gacc-2019-18#32 cn-broker-practice#containers",
    severity="warning",
    status="logic",
)
def items_are_in_containers(
    facts: Facts,
    items: tuple[Item, ...],
    containers: tuple[Container, ...],
    wrap_type: str | None,
) -> list[Finding]:
    """An item that no container names was forgotten, or belongs on another declaration.

    填了集装箱却没有任何一个箱关联到的商品，多为漏填项号。

    Wrong: two items, one container for item 1.
    Right: one container for items 1,2.
    Limits: goods that travel partly in containers and partly loose are named wrongly. Silent for
        bulk and unpacked goods, and while a container has no item numbers at all (K005).
    局限：部分装箱、部分散运的会被误提示。散装、裸装货物，以及有集装箱未填项号（见 K005）时不提示。
    """
    held = [each.goods_nos for each in containers]
    numbers = item_numbers(items)
    left = set(numbers).difference(*held)
    if not left or not held or not all(held) or _loose(facts, wrap_type):
        return []
    return [_left_out(at, number) for at, number in enumerate(numbers, 1) if number in left]


def _loose(facts: Facts, wrap_type: str | None) -> bool:
    row = facts.row("packaging", wrap_type) if wrap_type else None
    return row is not None and row.more["is_bulk_or_nude"] == "1"


def _left_out(at: int, number: int) -> Finding:
    return Finding(
        Place("items", at, "g_no"),
        Text(
            f"第{number}项商品没有关联到任何集装箱", f"Item {number} is in none of the containers"
        ),
        Text(
            "在所装集装箱的商品项号关系中补填该项",
            "Add it to Items in the container of the box that holds it",
        ),
        also=("containers",),
    )
