from datetime import date

from auditors.finding import Finding
from auditors.rule import rule
from knowledge.span import Span
from knowledge.text import Text

OFFICE_DIGITS = 4


@rule(
    "CN-C022",
    zh="目的地海关填4位关区代码",
    en="Destination customs is a 4-digit office code",
    severity="warning",
    status="law",
    basis="cn-gacc-2024-30#3",
    span=Span(since=date(2024, 4, 10)),
)
def destination_customs(purp_customs: str) -> Finding | None:
    """Since 10 April 2024 the column takes customs offices, no longer 6-digit inspection organs.

    2024年4月10日起，目的地检验检疫机关改为目的地海关，按关区代码表填4位代码，不再填6位机构代码。

    Wrong: 目的地海关 312300.
    Right: 目的地海关 2218.
    Limits: does not know which goods need the column.
    局限：不判断哪些货物须填本栏。
    """
    if len(purp_customs) == OFFICE_DIGITS and purp_customs.isdigit():
        return None
    return Finding(
        "purp_customs",
        Text(
            f"目的地海关“{purp_customs}”不是4位关区代码",
            f'Destination customs "{purp_customs}" is no 4-digit office code',
        ),
        Text(
            "改填货物目的地海关的4位关区代码",
            "Enter the 4-digit office at the destination of the goods",
        ),
    )
