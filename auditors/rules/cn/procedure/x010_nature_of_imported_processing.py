from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.customs_procedures import other_nature, usual_nature
from knowledge.facts import Facts


@rule(
    "CN-X010",
    zh="进料加工的征免性质为503",
    en="Processing with imported materials has nature of levy 503",
    basis="cn-gacc-2019-18#15 cn-broker-practice#levy",
    only={"trade_mode": "0615 0715"},
)
def nature_of_imported_processing(
    facts: Facts, ie_flag: str, trade_mode: str, cut_mode: str
) -> Finding | None:
    """Materials bought abroad for processing, and their products, go under nature of levy 503.

    进料加工（对口、非对口）项下的进口料件和出口成品，征免性质填 503 进料加工。

    Wrong: 0615 进料对口, 征免性质 502 来料加工.
    Right: 0615 进料对口, 征免性质 503 进料加工.
    Limits: a blank nature of levy is not judged here.
    局限：征免性质为空的，这里不报。
    """
    usual = usual_nature(facts, ie_flag, trade_mode)
    if cut_mode == usual:
        return None
    return other_nature(facts, trade_mode, cut_mode, usual)
