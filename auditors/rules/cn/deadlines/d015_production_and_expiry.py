from datetime import date

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.written_days import days_in
from knowledge.text import Text

FIRST_FOOD, LAST_FOOD = "02", "22"
"""Chapters of the tariff between which food stands."""
GOING_BACK = frozenset(["0200", "4500", "4561"])
"""Destroyed or returned goods, which may well be past their date."""


@rule(
    "CN-D015",
    zh="生产日期不晚于申报日，有效期不早于申报日",
    en="Goods are made before they are declared and have not expired",
    status="logic",
    basis="cn-law-food-safety#34 cn-law-food-safety#67",
    over="items",
)
def production_and_expiry(
    produce_date: str | None,
    prod_valid_date: date | None,
    hs_code: str | None,
    trade_mode: str | None,
    day: date,
) -> list[Finding] | None:
    """Food past its shelf life must not be traded, and nothing is made tomorrow.

    超过保质期的食品不得经营；生产日期也不会在将来。

    Wrong: 产品有效期 2026-03-01, declared on 2026-03-05; 生产日期 2027-01-05.
    Right: 产品有效期 2027-03-01, 生产日期 2026-01-05.
    Limits: outside the chapters 02 to 22 an expired product gets a warning only. Returns and
    destruction (4561, 4500, 0200) may be past their date. Days are read as 20260302, 2026-03-02
    or 2026年3月2日, other writings are passed over.
    局限：税则第 02 至 22 章以外的过期产品仅作警告。退运、销毁（4561、4500、0200）不核对有效期。
    日期只认 20260302、2026-03-02、2026年3月2日 三种写法。
    """
    if produce_date is None and prod_valid_date is None:
        return None
    found = [_not_yet_made(made, day) for made in days_in(produce_date or "") if made > day][:1]
    if prod_valid_date is not None and prod_valid_date < day and trade_mode not in GOING_BACK:
        found.append(_expired(prod_valid_date, day, hs_code or ""))
    return found


def _not_yet_made(made: date, day: date) -> Finding:
    return Finding(
        "produce_date",
        Text(
            f"生产日期 {made} 晚于申报日 {day}",
            f"The date of production {made} lies after the day of declaration {day}",
        ),
        Text("按标签核对生产日期", "Check the date of production on the label"),
    )


def _expired(valid_to: date, day: date, hs_code: str) -> Finding:
    is_food = FIRST_FOOD <= hs_code[:2] <= LAST_FOOD
    return Finding(
        "prod_valid_date",
        Text(
            f"产品有效期 {valid_to} 早于申报日 {day}",
            f"The use-by date {valid_to} lies before the day of declaration {day}",
        ),
        Text(
            "按标签核对有效期；过期食品不得进口销售",
            "Check the use-by date on the label; expired food must not be sold",
        ),
        severity=None if is_food else "warning",
    )
