from auditors.finding import Finding, suggested
from auditors.rule import rule
from auditors.rules.cn.customs_procedures import usual_nature
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-X007",
    zh="修理、退运和出料加工的征免性质一般为299",
    en="Repair, return and outward processing usually have nature of levy 299",
    basis="cn-gacc-2019-18#15 cn-broker-practice#levy",
    severity="warning",
    only={"trade_mode": "1300 1427 4561"},
)
def nature_of_returns(
    facts: Facts, ie_flag: str, trade_mode: str, cut_mode: str, manual_no: str | None
) -> Finding | None:
    """Goods that go out and come back are relieved by statute, which is nature of levy 299.

    修理物品、退运货物、出料加工依法减免税，征免性质填 299 其他法定。

    Wrong: 4561 退运货物, 备案号 blank, 征免性质 101 一般征税.
    Right: 4561 退运货物, 备案号 blank, 征免性质 299 其他法定.
    Limits: a return that missed the conditions of relief (for example its term) rightly pays duty
    under 101; keep it then.
    局限：不符合免税条件的退运（例如超过期限）按 101 征税是对的，保留即可。
    """
    usual = usual_nature(facts, ie_flag, trade_mode)
    if manual_no or cut_mode == usual:
        return None
    return Finding(
        "cut_mode",
        Text(
            f"监管方式 {facts.name('trade_mode', trade_mode)} 的征免性质一般为 "
            f"{facts.name('nature_of_levy', usual)}，现填 {facts.name('nature_of_levy', cut_mode)}",
            f"Customs procedure {trade_mode} usually has nature of levy {usual}; {cut_mode} is "
            "entered",
        ),
        Text(
            f"依法减免税的改填 {usual}；不符合减免条件、照章征税的保留",
            f"Enter {usual} where the goods are relieved; keep it where they rightly pay duty",
        ),
        also=("trade_mode",),
        expected=usual,
        fixes=(suggested("cut_mode", usual),),
    )
