from auditors.declaration import Item
from auditors.finding import Finding, suggested
from auditors.place import Place
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-X013",
    zh="征免应与监管方式和征免性质相符",
    en="The levy of each item must fit the customs procedure and the nature of levy",
    basis="cn-gacc-2019-18#43 cn-broker-practice#levy",
)
def levy_fits_procedure(
    facts: Facts, ie_flag: str, trade_mode: str, cut_mode: str, items: tuple[Item, ...]
) -> list[Finding]:
    """Bonded and relieved goods are exempt item by item, ordinary goods pay as the tariff says.

    保税、减免税货物逐项全免，一般征税货物逐项照章征税，征免不应与表头相矛盾。

    Wrong: 进口 import, 0615 进料对口, 503 进料加工, 征免 1 照章征税.
    Right: 进口 import, 0615 进料对口, 503 进料加工, 征免 3 全免.
    Limits: judges the combinations in the table levy_by_procedure only. On general imports a
    deposit, a guarantee or a special case (6, 7, 4) is only a warning: a surety may be right.
    局限：只判断对应表所列组合。一般征税进口填保证金、保函、特案（6、7、4）只作警告，担保放行时可能正确。
    """
    row = facts.row("levy_by_procedure", f"{ie_flag}/{trade_mode}/{cut_mode}")
    if row is None:
        return []
    expected, doubtful = row.more["duty_mode"], row.more["doubtful_duty_modes"]
    return [
        _finding(facts, f"{trade_mode}/{cut_mode}", number, item.duty_mode, expected, doubtful)
        for number, item in enumerate(items, 1)
        if item.duty_mode and item.duty_mode != expected
    ]


def _finding(
    facts: Facts, combined: str, number: int, duty_mode: str, expected: str, doubtful: str
) -> Finding:
    place = Place("items", number, "duty_mode")
    named, is_doubtful = facts.name("levy_mode", expected), duty_mode in doubtful
    kept = Text("；凭担保放行的保留", ", unless the goods are released against surety")
    return Finding(
        place,
        Text(
            f"第{number}项征免为 {facts.name('levy_mode', duty_mode)}，"
            f"监管方式/征免性质 {combined} 对应 {named}",
            f"Item {number} has levy {duty_mode}; procedure and nature {combined} go with {expected}",
        ),
        Text(
            f"核对监管方式和征免性质；无误的，征免改填 {named}{kept.zh if is_doubtful else ''}",
            "Check the procedure and the nature of levy; if they are right, enter "
            f"{expected}{kept.en if is_doubtful else ''}",
        ),
        also=("trade_mode", "cut_mode"),
        expected=expected,
        fixes=(suggested(place, expected),),
        severity="warning" if is_doubtful else None,
    )
