from auditors.finding import Finding, safe
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-X015",
    zh="结转出口的运抵国应为中国",
    en="A carry-over declared as export arrives in China",
    basis="cn-gacc-2019-18#20 cn-broker-practice#countries cn-broker-practice#carry-over",
    only={"ie_flag": "E", "trade_mode": "0255 0258 0654 0657"},
)
def carry_over_arrives_in_china(
    facts: Facts, trade_mode: str, trade_country: str
) -> Finding | None:
    """Carried-over goods pass from one processor to another and never leave the country.

    深加工结转、余料结转的货物在境内企业之间转移，没有实际出境，运抵国填中国（CHN）。

    Wrong: 出口 export, 0654 进料深加工, 运抵国 VNM.
    Right: 出口 export, 0654 进料深加工, 运抵国 CHN.
    Limits: outward processing (1427) really leaves and is looked at by X016.
    局限：出料加工（1427）实际出境，由 X016 提示。
    """
    if trade_country == "CHN":
        return None
    return Finding(
        "trade_country",
        Text(
            f"监管方式 {facts.name('trade_mode', trade_mode)} 无实际出境，"
            f"运抵国(地区)应为 CHN 中国，现填 {facts.name('country', trade_country)}",
            f"Customs procedure {trade_mode} does not leave the country: the country of arrival "
            f"is CHN; {trade_country} is entered",
        ),
        Text("运抵国(地区)改填 CHN", "Enter CHN as the country of arrival"),
        also=("trade_mode",),
        expected="CHN",
        fixes=(safe("trade_country", "CHN"),),
    )
