from decimal import Decimal

from auditors.finding import Finding, suggested
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-T014",
    zh="保费按率填报的，一般为 0.3",
    en="Insurance given as a rate is customarily 0.3 percent",
    basis="cn-gacc-2019-18#29 cn-broker-practice#insurance cn-gacc-order-213#general",
    severity="warning",
    only={"insur_mark": "1"},
)
def customary_insurance_rate(insur_rate: Decimal, facts: Facts) -> Finding | None:
    """Insurance that cannot be established is taken as 3 per mille; a known premium has a total.

    保费无法确定时按 3‰ 估算，费率即填 0.3；有实际保费的通常按总价填报。

    Wrong: 保费 insurance 1/3.
    Right: 保费 insurance 1/0.3.
    Limits: a real premium may be given as its own rate, which is then right as it stands.
    局限：按保单实际费率填报的，填报无误，可忽略本提示。
    """
    usual = facts.value("cn.insurance.customary_rate")
    if insur_rate == usual:
        return None
    return Finding(
        "insur_rate",
        Text(
            f"保费率 {insur_rate}%，一般为 {usual}%",
            f"The insurance rate is {insur_rate} %, customarily {usual} %",
        ),
        Text(
            f"有保单的按实际保费核对，无保单的填 {usual}",
            f"Check it against the policy; without one enter {usual}",
        ),
        also=("insur_mark",),
        expected=str(usual),
        fixes=(suggested("insur_rate", usual),),
    )
