from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.customs_procedures import other_nature, usual_nature
from knowledge.facts import Facts


@rule(
    "CN-X009",
    zh="来料加工的征免性质为502",
    en="Processing with supplied materials has nature of levy 502",
    basis="cn-gacc-2019-18#15 cn-broker-practice#levy",
    only={"trade_mode": "0214"},
)
def nature_of_supplied_processing(
    facts: Facts, ie_flag: str, trade_mode: str, cut_mode: str
) -> Finding | None:
    """Materials and products of processing for a foreign owner go under their own nature, 502.

    来料加工项下的进口料件和出口成品，征免性质填 502 来料加工。

    Wrong: 0214 来料加工, 征免性质 503 进料加工.
    Right: 0214 来料加工, 征免性质 502 来料加工.
    Limits: a blank nature of levy is not judged here.
    局限：征免性质为空的，这里不报。
    """
    usual = usual_nature(facts, ie_flag, trade_mode)
    if cut_mode == usual:
        return None
    return other_nature(facts, trade_mode, cut_mode, usual)
