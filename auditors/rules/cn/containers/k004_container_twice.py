from auditors.declaration import Container
from auditors.finding import Finding
from auditors.place import Place
from auditors.rule import rule
from knowledge.text import Text


@rule(
    "CN-K004",
    zh="集装箱号不得重复",
    en="A container is listed once",
    basis="cn-gacc-2019-18#32 cn-sw-decmessage#DecContainers",
    status="logic",
)
def container_listed_once(containers: tuple[Container, ...]) -> list[Finding]:
    """A container has one line, which names all the items it holds.

    一个集装箱只填一行，箱内各项商品都写在该行的商品项号关系中。

    Wrong: CSQU3054383 for item 1 and again for item 2.
    Right: CSQU3054383 once, for items 1,2.
    Limits: compares the numbers as written; ill-formed ones are K001's.
    局限：按所填箱号比较；格式不符的由 K001 提示。
    """
    if len(containers) < 2:
        return []
    found, first = [], dict[str, int]()
    for at, container in enumerate(containers, 1):
        number = container.container_no
        if number is not None and first.setdefault(number, at) != at:
            found.append(_again(number, at, first[number]))
    return found


def _again(number: str, at: int, first: int) -> Finding:
    return Finding(
        Place("containers", at, "container_no"),
        Text(
            f"集装箱号 {number} 在第{first}行和第{at}行重复",
            f"Container number {number} stands in lines {first} and {at}",
        ),
        Text(
            "核对箱号；同一个箱的，合并为一行", "Check the number; if it is one box, keep one line"
        ),
        also=(Place("containers", first, "container_no"),),
    )
