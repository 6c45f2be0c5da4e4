from auditors.finding import Finding, safe
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-X017",
    zh="进料结转出口的最终目的国应为中国",
    en="Imported materials carried over as export are destined for China",
    basis="cn-gacc-2019-18#41 cn-broker-practice#countries cn-broker-practice#carry-over",
    over="items",
    only={"ie_flag": "E", "trade_mode": "0654 0657"},
)
def carry_over_destined_for_china(
    facts: Facts, trade_mode: str, number: int, destination_country: str
) -> Finding | None:
    """The goods of a carry-over are processed further by the receiving processor, in China.

    结转货物由境内转入企业继续加工，最终目的国填中国（CHN）。

    Wrong: 出口 export, 0654 进料深加工, 最终目的国 USA.
    Right: 出口 export, 0654 进料深加工, 最终目的国 CHN.
    Limits: looks at 0654 and 0657; practice asks the same of 0255 and 0258 only for the country
    of arrival (X015).
    局限：只看 0654、0657；0255、0258 的做法只要求运抵国（X015）。
    """
    if destination_country == "CHN":
        return None
    return Finding(
        "destination_country",
        Text(
            f"监管方式 {facts.name('trade_mode', trade_mode)} 为境内结转，"
            f"第{number}项最终目的国(地区)应为 CHN 中国，"
            f"现填 {facts.name('country', destination_country)}",
            f"Customs procedure {trade_mode} stays in the country: item {number} is destined for "
            f"CHN; {destination_country} is entered",
        ),
        Text("最终目的国(地区)改填 CHN", "Enter CHN as the country of final destination"),
        also=("trade_mode",),
        expected="CHN",
        fixes=(safe("destination_country", "CHN"),),
    )
