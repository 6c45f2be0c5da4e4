from datetime import date

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.time_limits import refuse_other_starts, unknown_holidays
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
    Limits: a last day of the term, or a first day of the fee, that falls on a weekend or public
    holiday moves to the next working day. In years whose holidays are not known only weekends are
    reckoned with, and the finding says so: the fee may then start later, or not at all. Two-step
    declarations are left to D013; goods under customs transit and by mail have another start and
    are listed as not judged. The amount needs the dutiable value.
    局限：期限末日或起征日遇周末、法定节假日的，顺延至其后第一个工作日，已计调休。没有放假安排的年份只计
    周末，提示中会说明，起征日可能更晚，甚至不产生滞报金。两步申报由 D013 核对；转关、邮运货物起算日不同，
    列为未核对。金额须有计税价格才能算出。
    """
    days = int(facts.value("cn.declaration_term.days"))
    late_from = facts.library.calendar.term(conveyance_arrival_date, days).late_from
    if day < late_from or two_step_flag == "1":
        return None
    refuse_other_starts(decl_trn_rel, transport_mode)
    check = unknown_holidays(facts.library.calendar, conveyance_arrival_date, late_from)
    return _late(conveyance_arrival_date, (day - late_from).days + 1, facts, check)


def _late(arrival: date, days: int, facts: Facts, check: Text) -> Finding:
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
        Text("立即申报", "Declare at once").followed_by(check),
    )
