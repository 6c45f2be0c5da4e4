from decimal import Decimal

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.container_sizes import lowest_total
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-K008",
    zh="集装箱货重（箱重加货重）应在合理范围内",
    en="Container and cargo together weigh no less than an empty box, no more than a full one",
    basis="declarant-house#weights cn-sw-decmessage#DecContainers",
    severity="warning",
    status="unverified",
    over="containers",
)
def container_weight_usual(
    facts: Facts, container_weight: Decimal, container_model: str | None
) -> Finding | None:
    """The weight is that of box and cargo: less than an empty box means the box was left out.

    此栏为箱重与货重之和：低于空箱重量的，多为只填了货重；过高的，多为单位或小数点有误。

    Wrong: 120 kg in a 20 ft container; 325000 kg.
    Right: 12000 kg.
    Limits: the bounds are our own and rough: 2200 kg for 20 ft, 3700 kg for 40 ft, 32500 kg in all.
        Light special boxes and heavy-duty ones lie outside. A model it does not know is held to
        the lower bound of 20 ft.
    局限：界限为本软件自定的粗略值：20尺 2200 千克，40尺 3700 千克，上限 32500 千克。轻型特种箱和重载箱
    会越界。规格不明的按20尺下限。
    """
    least, most = lowest_total(facts, container_model), facts.value("cn.container_total.max_kg")
    if container_weight < least:
        why = Text(f"低于空箱重量 {least} 千克", f"is below the {least} kg of an empty box")
        do = Text("核对是否漏加箱重", "Check whether the weight of the box was left out")
        return _unusual(container_weight, why, do)
    if container_weight > most:
        why = Text(f"高于 {most} 千克", f"is above {most} kg")
        return _unusual(
            container_weight, why, Text("核对单位和小数点", "Check the unit and the decimal point")
        )
    return None


def _unusual(weight: Decimal, why: Text, do: Text) -> Finding:
    return Finding(
        "container_weight",
        Text(
            f"集装箱货重 {weight} 千克{why.zh}",
            f"Container and cargo weight {weight} kg {why.en}",
        ),
        do,
        also=("container_model",),
    )
