from auditors.finding import Finding
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text

NATURES = {"1": "101", "2": "602", "3": "601", "4": "603", "5": "101", "6": "101"}
"""Nature of levy by the sixth character of the customs code: the type of enterprise."""


@rule(
    "CN-X008",
    zh="一般贸易出口的征免性质与企业性质一致",
    en="The nature of levy of general exports follows the type of enterprise",
    basis="cn-gacc-2019-18#15 cn-broker-practice#levy",
    severity="warning",
    only={"ie_flag": "E", "trade_mode": "0110"},
)
def nature_by_enterprise(
    facts: Facts, trade_code: str, cut_mode: str, manual_no: str | None
) -> Finding | None:
    """The sixth character of the customs code tells the type of enterprise.

    Broker software fills in 602 for cooperative, 601 for joint ventures, 603 for foreign-owned
    enterprises, and 101 for state-owned, collective and private ones.

    海关编码第六位是企业性质：2 合作填 602，3 合资填 601，4 外资填 603，1 国有、5 集体、6 私营填 101。

    Wrong: 海关编码 customs code 3122240011 (sixth 4, 外资), 征免性质 101.
    Right: 海关编码 customs code 3122240011 (sixth 4, 外资), 征免性质 603.
    Limits: practice, not law; foreign-invested enterprises registered lately often use 101, which
    the office of declaration may prefer. Other enterprise types are not judged.
    局限：软件习惯而非法规；新设外资企业常填 101，以申报地海关要求为准。其他企业性质不判断。
    """
    kind = trade_code[5:6]
    expected = NATURES.get(kind, cut_mode)
    if manual_no or cut_mode == expected:
        return None
    return Finding(
        "cut_mode",
        Text(
            f"境内发货人海关编码 {trade_code} 第六位为 {kind}，征免性质通常为 "
            f"{facts.name('nature_of_levy', expected)}，"
            f"现填 {facts.name('nature_of_levy', cut_mode)}",
            f"The sixth character of customs code {trade_code} is {kind}: nature of levy is "
            f"usually {expected}; {cut_mode} is entered",
        ),
        Text(
            "核对企业性质和征免性质，按申报地海关要求填报",
            "Check the type of enterprise and enter what the office of declaration asks for",
        ),
        also=("trade_code",),
        expected=expected,
    )
