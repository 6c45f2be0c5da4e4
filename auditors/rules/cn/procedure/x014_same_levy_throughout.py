from collections.abc import Mapping

from auditors.declaration import Item
from auditors.finding import Finding
from auditors.place import Place
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text

RELIEF_CERTIFICATE = "Z"


@rule(
    "CN-X014",
    zh="同一报关单各项征免一般一致",
    en="The items of one declaration usually share one levy",
    basis="cn-gacc-2019-18#43 cn-broker-practice#levy",
    severity="warning",
)
def same_levy_throughout(
    facts: Facts, items: tuple[Item, ...], manual_no: str | None
) -> Finding | None:
    """One declaration has one nature of levy, so its items are normally levied alike.

    一份报关单只有一种征免性质，各项征免通常相同；不同的多半是漏改了其中一项。

    Wrong: 第1项 item 1 征免 1, 第2项 item 2 征免 3.
    Right: 第1项 item 1 征免 1, 第2项 item 2 征免 1.
    Limits: silent where a relief certificate (Z) or a trade agreement explains the difference; a
    deposit on one item only is warned of although it may be right.
    局限：凭《征免税证明》（Z）或适用优惠贸易协定的不报；仅个别项缴保证金的也会提示，核对无误即可。
    """
    modes = {item.duty_mode for item in items if item.duty_mode}
    if len(modes) < 2 or any(item.fta_code for item in items):
        return None
    if manual_no and manual_no[0].upper() == RELIEF_CERTIFICATE:
        return None
    held: dict[str, list[int]] = {}
    for number, item in enumerate(items, 1):
        if item.duty_mode:
            held.setdefault(item.duty_mode, []).append(number)
    return _finding(facts, held)


def _finding(facts: Facts, held: Mapping[str, list[int]]) -> Finding:
    first, other, *rest = (Place("items", numbers[0], "duty_mode") for numbers in held.values())
    said = {mode: "、".join(map(str, numbers)) for mode, numbers in held.items()}
    zh = "；".join(f"第{said[mode]}项为 {facts.name('levy_mode', mode)}" for mode in said)
    en = "; ".join(f"{mode} on item {said[mode].replace('、', ', ')}" for mode in said)
    return Finding(
        other,
        Text(f"各项征免不一致：{zh}", f"The items differ in levy: {en}"),
        Text(
            "核对各项征免，应分单申报的分单",
            "Check each item, and declare apart what must be apart",
        ),
        also=(first, *rest),
    )
