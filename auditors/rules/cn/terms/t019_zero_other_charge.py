from decimal import Decimal

from auditors.finding import Finding, safe
from auditors.rule import rule
from knowledge.text import Text


@rule(
    "CN-T019",
    zh="杂费为 0 的不填报",
    en="Other charges of zero are not declared",
    basis="cn-gacc-2019-18#30",
    status="logic",
)
def zero_other_charge(
    other_mark: str, other_rate: Decimal, other_curr: str | None
) -> Finding | None:
    """The field is for charges to add or deduct; where there are none it stays blank.

    杂费栏填报应计入或应扣除的费用，没有的留空。

    Wrong: 杂费 other charges 3/0/USD.
    Right: 杂费各栏空白 other charges blank.
    Limits: a figure forgotten and typed as zero is cleared as well.
    局限：本应有数额而误填 0 的，也会建议清空。
    """
    if other_rate != 0:
        return None
    filled = ("other_mark", "other_rate", *(("other_curr",) if other_curr else ()))
    return Finding(
        "other_rate",
        Text(
            f"杂费标记 {other_mark}，数额为 0", f"Other charges are marked {other_mark}, yet zero"
        ),
        Text("清空杂费各栏", "Clear the fields of other charges"),
        also=("other_mark",),
        fixes=tuple(safe(field, None) for field in filled),
    )
