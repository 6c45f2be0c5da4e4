from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.customs_procedures import usual_nature
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-X043",
    zh="一般贸易、加工贸易等监管方式应填征免性质",
    en="General trade, processing trade and the like give the nature of levy",
    basis="cn-gacc-2019-18#15 cn-broker-practice#levy",
    severity="warning",
)
def nature_of_levy_given(
    facts: Facts, ie_flag: str, trade_mode: str, cut_mode: str | None
) -> Finding | None:
    """Customs levies by it; bonded goods, which bear nothing yet, leave it blank.

    海关按征免性质计征；保税等暂不征税的货物可以不填。

    Wrong: 0110 一般贸易, 征免性质 blank.
    Right: 0110 一般贸易, 征免性质 101; 1210 保税电商, 征免性质 blank.
    Limits: knows the procedures for which the table of procedures says that it is normally filled.
    局限：只看监管方式代码表中注明通常填报征免性质的监管方式。
    """
    row = facts.row("trade_mode", trade_mode)
    if cut_mode is not None or row is None or row.more["cut_mode_normally_filled"] != "1":
        return None
    usual = usual_nature(facts, ie_flag, trade_mode)
    return Finding(
        "cut_mode",
        Text(
            f"监管方式 {facts.name('trade_mode', trade_mode)} 通常应填征免性质，现为空",
            f"Customs procedure {trade_mode} normally has a nature of levy, and it is blank",
        ),
        Text(
            f"填报征免性质{f'，一般为 {usual}' if usual else ''}",
            f"Enter the nature of levy{f', usually {usual}' if usual else ''}",
        ),
        also=("trade_mode",),
        expected=usual,
    )
