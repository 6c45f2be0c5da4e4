from datetime import date

from auditors.declaration import Item
from auditors.finding import Finding
from auditors.rule import rule
from knowledge.calendar import months_after
from knowledge.errors import CannotJudge
from knowledge.facts import Facts
from knowledge.text import Text

EXEMPT = "3"
QUALITY = ("质量", "品质", "规格", "型号", "不合格", "不良", "瑕疵", "缺陷", "残次", "次品", "故障")
FORCE_MAJEURE = "不可抗力"
TARIFF_LAW = date(2024, 12, 1)
"""Since this day force majeure is a reason as well; the regulation before it knew two."""


@rule(
    "CN-D012",
    zh="退运免税限一年内，因品质、规格或不可抗力",
    en="Duty-free return is within a year, for quality, specification or force majeure",
    severity="warning",
    status="law",
    basis="cn-law-tariff#39 cn-reg-tariff#43",
    only={"trade_mode": "4561"},
)
def duty_free_return(
    items: tuple[Item, ...],
    note: str | None,
    original_trade_date: date | None,
    ie_date: date | None,
    day: date,
    facts: Facts,
) -> list[Finding]:
    """Goods come back or go back without duty for three reasons and in their original state only.

    退运货物不征税，须在一年之内、原状复运，并出于品质、规格原因或者不可抗力。

    Wrong: 4561, 征免 3 全免, exported two years ago.
    Right: 4561, 征免 3 全免, exported six months ago, 备注 质量不符退运.
    Limits: speaks where an item is exempt (征免 3). Reads the reason in the notes by a few words.
    The original state, and longer terms that customs granted, are not known.
    局限：有商品征免为全免（3）时才提示。凭备注中的几个词判断原因。不知道是否原状，也不知道海关是否准予延长。
    """
    if not any(item.duty_mode == EXEMPT for item in items):
        return []
    found = [] if _reasoned(note or "", day) else [_no_reason()]
    if original_trade_date is None:
        if found:
            return found
        raise CannotJudge(
            "未提供原进出口日期", "the original date of import or export is not given"
        )
    last = months_after(original_trade_date, int(facts.value("cn.return_relief.months")))
    if (ie_date or day) > last:
        found.append(_too_old(original_trade_date, last))
    return found


def _reasoned(note: str, day: date) -> bool:
    if FORCE_MAJEURE in note:
        return day >= TARIFF_LAW or any(word in note for word in QUALITY)
    return any(word in note for word in QUALITY)


def _no_reason() -> Finding:
    return Finding(
        "note",
        Text(
            "退运货物按全免申报，备注没有品质、规格或不可抗力原因",
            "The return is declared exempt, yet the notes give no reason of quality, specification"
            " or force majeure",
        ),
        Text(
            "在备注注明退运原因；不属这些原因的照章征税",
            "Give the reason in the notes; without such a reason duty is due",
        ),
        also=("items",),
    )


def _too_old(original: date, last: date) -> Finding:
    return Finding(
        "original_trade_date",
        Text(
            f"原进出口日期 {original}，免税退运期限至 {last}",
            f"The goods first crossed on {original}; duty-free return ended on {last}",
        ),
        Text(
            "经海关批准延长的提供批准文件，否则照章征税",
            "Show the extension customs granted; otherwise duty is due",
        ),
        also=("items",),
    )
