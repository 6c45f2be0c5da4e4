from auditors.finding import Finding, suggested
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text

TERMS = {"I": "1", "E": "3"}
"""CIF on import and FOB on export: no freight or insurance then stands beside the price."""


@rule(
    "CN-T010",
    zh="无实际进出境的货物，进口填 CIF，出口填 FOB",
    en="Goods that do not cross the border are declared CIF on import and FOB on export",
    basis="cn-gacc-2019-18#27",
    only={"crossing": False},
)
def no_crossing_terms(ie_flag: str, trans_mode: str, facts: Facts) -> Finding | None:
    """Nothing is carried over the border, so no freight or insurance is added or taken off.

    货物不实际进出境，没有需要计入或扣除的国际运费和保费。

    Wrong: 深加工结转进口，成交方式 import carry-over on 3 FOB.
    Right: 深加工结转进口，成交方式 import carry-over on 1 CIF.
    Limits: whether goods cross is told from customs procedure and mode of transport; where
        either code is not known the rule is silent.
    局限：是否进出境按监管方式和运输方式判断，任一代码不明时不作判断。
    """
    wanted = TERMS[ie_flag]
    if trans_mode == wanted:
        return None
    entered, named = (facts.name("terms_of_delivery", code) for code in (trans_mode, wanted))
    return Finding(
        "trans_mode",
        Text(
            f"货物无实际进出境，成交方式应为 {named}，现填 {entered}",
            f"The goods do not cross the border: terms must be {named}, {entered} is entered",
        ),
        Text(
            f"核对监管方式和运输方式；无误的，成交方式改填 {wanted}",
            f"Check customs procedure and mode of transport; if right, enter terms {wanted}",
        ),
        also=("trade_mode", "transport_mode"),
        expected=wanted,
        fixes=(suggested("trans_mode", wanted),),
    )
