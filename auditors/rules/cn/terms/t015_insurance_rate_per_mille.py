from decimal import Decimal

from auditors.finding import Finding, suggested
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-T015",
    zh="保费率以百分数填报，不以千分数填报",
    en="The insurance rate is a percentage, not a per mille figure",
    basis="cn-gacc-2019-18#29 declarant-house#fees",
    severity="error*",
    status="unverified",
    only={"insur_mark": "1"},
)
def insurance_rate_per_mille(insur_rate: Decimal, facts: Facts) -> Finding | None:
    """Insurance of 3 per mille typed as 3 makes the customs value about 2.7 percent too high.

    3‰ 误填为 3，即按 3% 计保费，计税价格虚高约 2.7%。

    Wrong: 保费 insurance 1/3.
    Right: 保费 insurance 1/0.3.
    Limits: rare goods do bear a premium of 3 percent or more.
    局限：个别高风险货物保费率确可达 3% 以上。
    """
    limit = facts.value("cn.insurance.permille_suspect")
    if insur_rate < limit:
        return None
    percent = insur_rate / 10
    return Finding(
        "insur_rate",
        Text(
            f"保费率 {insur_rate}% 偏高，疑为 {insur_rate}‰ 误填",
            f"An insurance rate of {insur_rate} % is high; {insur_rate} per mille may be meant",
        ),
        Text(
            f"核对保单；确为千分之 {insur_rate} 的，填 {percent}",
            f"Check the policy; if it says {insur_rate} per mille, enter {percent}",
        ),
        also=("insur_mark",),
        fixes=(suggested("insur_rate", percent),),
    )
