from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.charges import FREIGHT, INSURANCE, OTHER, Charge
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-T011",
    zh="运费标记为 1、2 或 3，保费和杂费标记为 1 或 3",
    en="Freight is marked 1, 2 or 3; insurance and other charges 1 or 3",
    basis="cn-gacc-2019-18#28 cn-gacc-2019-18#29 cn-gacc-2019-18#30",
)
def charge_marks(
    fee_mark: str | None, insur_mark: str | None, other_mark: str | None, facts: Facts
) -> list[Finding]:
    """The mark says whether the figure is a rate, a price per tonne or a total.

    标记说明数额是费率、每吨单价还是总价；保费和杂费没有按吨计的。

    Wrong: 保费标记 insurance mark 2.
    Right: 保费标记 insurance mark 3.
    Limits: cannot tell which mark was meant.
    局限：无法判断应为哪个标记。
    """
    held = ((FREIGHT, fee_mark), (INSURANCE, insur_mark), (OTHER, other_mark))
    return [
        _refused(charge, mark, facts)
        for charge, mark in held
        if mark is not None and not _taken(charge, mark, facts)
    ]


def _taken(charge: Charge, mark: str, facts: Facts) -> bool:
    row = facts.row("fee_mark", mark)
    return row is not None and row.more[charge.column] == "1"


def _refused(charge: Charge, mark: str, facts: Facts) -> Finding:
    marks = [code for code in facts.codes("fee_mark") if _taken(charge, code, facts)]
    named = "、".join(facts.name("fee_mark", code) for code in marks)
    return Finding(
        charge.mark,
        Text(
            f"{charge.label.zh}标记“{mark}”不可用",
            f'"{mark}" is no mark for {charge.label.en}',
        ),
        Text(f"改填 {named}", f"Use one of {', '.join(marks)}"),
    )
