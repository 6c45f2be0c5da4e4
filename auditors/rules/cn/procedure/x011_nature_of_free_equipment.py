from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.customs_procedures import other_nature, usual_nature
from knowledge.facts import Facts


@rule(
    "CN-X011",
    zh="进口不作价设备的征免性质为501",
    en="Non-priced equipment is imported under nature of levy 501",
    basis="cn-gacc-2019-18#15 cn-broker-practice#levy",
    only={"ie_flag": "I", "trade_mode": "0320"},
)
def nature_of_free_equipment(
    facts: Facts, ie_flag: str, trade_mode: str, cut_mode: str
) -> Finding | None:
    """Equipment that a foreign party lends to a processor without a price has nature of levy 501.

    外商免费提供、不作价的加工设备进口，征免性质填 501 加工设备。

    Wrong: 0320 不作价设备, 征免性质 101 一般征税.
    Right: 0320 不作价设备, 征免性质 501 加工设备.
    Limits: imports only: the practice it follows knows no export under 0320.
    局限：只看进口；所依据的做法没有 0320 出口的情形。
    """
    usual = usual_nature(facts, ie_flag, trade_mode)
    if cut_mode == usual:
        return None
    return other_nature(facts, trade_mode, cut_mode, usual)
