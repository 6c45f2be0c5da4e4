from decimal import Decimal

from auditors.finding import Finding
from auditors.rule import rule
from knowledge.text import Text

EXPLAINS = ("费", "扣", "减", "折", "内河")
"""A note with one of these words is taken to explain a deduction."""


@rule(
    "CN-T018",
    zh="杂费为负的，应在备注说明扣减内容",
    en="A negative other charge is explained in the notes",
    basis="cn-gacc-note-inland-freight#general cn-gacc-2019-18#30",
    severity="info",
    status="law",
)
def negative_other_charge(other_rate: Decimal, note: str | None) -> Finding | None:
    """A deduction from the price, as for the inland leg after discharge, needs its reason.

    从价格中扣除费用（如起卸后的内河运费）须有据可查，应说明理由。

    Wrong: 杂费 other charges -1762，备注空白 no notes.
    Right: 杂费 other charges -1762，备注 notes 扣减内河运费.
    Limits: looks for words of explanation only; cannot judge whether the deduction is allowed.
    局限：只找说明性文字，不判断能否扣减。
    """
    if other_rate >= 0 or any(word in (note or "") for word in EXPLAINS):
        return None
    return Finding(
        "other_rate",
        Text(
            f"杂费 {other_rate} 为负，备注未说明扣减内容",
            f"Other charges are {other_rate}; the notes do not say what is deducted",
        ),
        Text(
            "在备注说明扣减的费用并备好单证",
            "Say in the notes what is deducted and keep the documents ready",
        ),
        also=("note",),
    )
