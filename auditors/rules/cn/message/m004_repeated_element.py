from auditors.finding import Finding
from auditors.notation import label
from auditors.place import Oddity
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-M004",
    zh="同一元素在一组内只出现一次",
    en="An element stands once in its block",
    basis="cn-sw-decmessage#DecHead cn-sw-decmessage#DecLists",
)
def repeated_element(repeated: tuple[Oddity, ...], facts: Facts) -> list[Finding]:
    """Two values for one field leave open which is meant; the first was read.

    同一栏目出现两次，无从判断以哪个为准；审核时读入第一个。

    Wrong: <BillNo>A1</BillNo> <BillNo>A2</BillNo>.
    Right: <BillNo>A1</BillNo>.
    Limits: says so even where both values are the same.
    局限：两个值相同时也提示。
    """
    return [
        Finding(
            odd.place,
            Text(
                f"{label(odd.place, facts.library.fields).zh}重复，又为“{odd.found[:60]}”",
                f"{label(odd.place, facts.library.fields).en} stands again, "
                f'with "{odd.found[:60]}"',
            ),
            Text("保留正确的一个", "Keep the right one"),
        )
        for odd in repeated
    ]
