from datetime import date

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.time_limits import refuse_other_starts, term
from auditors.rules.cn.units import plain
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-D005",
    zh="进口申报不超过运输工具申报进境之日起 14 日",
    en="Imports are declared within 14 days of the entry of the conveyance",
    status="law",
    basis="cn-law-customs#24 cn-gacc-order-128#rate cn-gacc-order-128#floor cn-gacc-order-128#4"
    " cn-gacc-order-128#9",
    only={"ie_flag": "I", "crossing": True},
)
def late_declaration(
    conveyance_arrival_date: date,
    decl_trn_rel: str | None,
    transport_mode: str | None,
    two_step_flag: str | None,
    day: date,
    facts: Facts,
) -> Finding | None:
    """Each day after the term costs 0.05 % of the dutiable value; below 50 yuan nothing is levied.

    超过期限每日征收计税价格万分之五的滞报金，以元为单位，不足 50 元的免征。

    Wrong: entry 2026-03-02, declared on 2026-03-18: two days late.
    Right: entry 2026-03-02, declared on 2026-03-16.
    Limits: where the last day or the first day of the fee is a Saturday or Sunday, both move to
    the Monday. Public holidays and working weekends are not known: after one, the fee may start
    later, or not at all. Two-step declarations are left to D013; goods under customs transit and
    by mail have another start and are listed as not judged. The amount needs the dutiable value.
    局限：期限末日或起征日为周六、周日的，顺延至周一。没有法定节假日和调休日历：遇节假日的，起征日可能
    更晚，甚至不产生滞报金。两步申报由 D013 核对；转关、邮运货物起算日不同，列为未核对。金额须有计税价格
    才能算出。
    """
    late_from = term(conveyance_arrival_date, facts.value("cn.declaration_term.days")).late_from
    if day < late_from or two_step_flag == "1":
        return None
    refuse_other_starts(decl_trn_rel, transport_mode)
    return _late(conveyance_arrival_date, (day - late_from).days + 1, facts)


def _late(arrival: date, days: int, facts: Facts) -> Finding:
    share = plain(facts.value("cn.late_fee.rate") * days * 100)
    floor = facts.value("cn.late_fee.floor_cny")
    return Finding(
        "conveyance_arrival_date",
        Text(
            f"运输工具 {arrival} 申报进境，滞报 {days} 天，滞报金为计税价格的 {share}%，"
            f"不足 {floor} 元的免征",
            f"The conveyance declared entry on {arrival}: {days} days late, the fee is {share} % of"
            f" the dutiable value, nothing below {floor} yuan",
        ),
        Text(
            "立即申报；期间有法定节假日的，核对起征日",
            "Declare at once; check the first day of the fee where a public holiday lay between",
        ),
    )
