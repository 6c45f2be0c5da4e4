from decimal import Decimal

from auditors.declaration import Container
from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.container_sizes import payload
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-W022",
    zh="毛重应在集装箱的载重以内",
    en="The gross weight fits into the containers",
    severity="warning",
    status="unverified",
    basis="cn-gacc-2019-18#25 cn-gacc-2019-18#32 declarant-house#weights",
)
def container_load(
    containers: tuple[Container, ...], gross_weight: Decimal, facts: Facts
) -> Finding | None:
    """A 20 ft container carries some 28 tonnes, a 40 ft one some 30; more points to a slip.

    20 尺箱约载 28 吨、40 尺箱约载 30 吨，超过的多半有误。

    Wrong: one 20 ft container, 毛重 gross 45000 kg.
    Right: one 20 ft container, 毛重 gross 22000 kg.
    Limits: a hint of ours, not law; heavy-duty containers carry more. A container without a
    known model counts as one of 40 ft.
    局限：本软件的提示，并非法规；重载箱可装更多。规格空白或不在表内的按 40 尺箱计。
    """
    if not containers:
        return None
    payloads = [payload(facts, each.container_model) for each in containers]
    load = sum(payloads, start=Decimal())
    if gross_weight <= load:
        return None
    return Finding(
        "gross_weight",
        Text(
            f"毛重 {gross_weight} 千克，{len(payloads)} 个集装箱一般共载 {load} 千克",
            f"Gross weight is {gross_weight} kg, and the containers ({len(payloads)}) carry some {load} kg",
        ),
        Text("核对毛重、箱数和箱型", "Check the weight, the containers and their models"),
        also=("containers",),
    )
