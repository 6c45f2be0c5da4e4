from decimal import Decimal

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.container_sizes import is_long, lowest_total, payload
from knowledge.facts import Facts
from knowledge.text import Text

YES = "1"


@rule(
    "CN-K011",
    zh="整箱货物不应标为拼箱",
    en="A full container is not marked as shared",
    basis="cn-sw-decmessage#DecContainers declarant-house#weights",
    severity="info",
    status="unverified",
    over="containers",
    only={"lcl_flag": "1"},
)
def full_not_marked_lcl(
    facts: Facts,
    container_weight: Decimal | None,
    tare_weight: Decimal | None,
    container_model: str | None,
    orig_box_flag: str | None,
) -> Finding | None:
    """A box that goes to the consignee unopened, or is full by weight, holds one firm's goods.

    原箱运输（不拆箱）的，或按重量已装满的，一般为一个收货人的整箱，拼箱标识应为 0。

    Wrong: 拼箱标识 1 with 原箱运输 1; 拼箱标识 1 on a 20 ft box that holds 26000 kg.
    Right: 拼箱标识 0.
    Limits: a draft does not tell who else has goods in the box. Full is taken to be nine tenths
        of the usual payload; light cargo that fills a box by volume is not seen, and several
        heavy consignments in one box are named wrongly. Hence for information only.
    局限：报关单草稿看不出箱内是否另有他人货物。装满按常用载重的九成估计；轻泡货装满看不出，
    数票重货拼一箱会被误提示，故仅供参考。
    """
    if orig_box_flag == YES:
        why = Text("而原箱运输为 1", "while Delivered in the original container is 1")
        return _shared(why, "orig_box_flag")
    if container_weight is None or is_long(facts, container_model) is None:
        return None
    cargo = container_weight - (tare_weight or lowest_total(facts, container_model))
    if cargo < facts.value("cn.container_full.share") * payload(facts, container_model):
        return None
    why = Text(f"而箱内货物约重 {cargo} 千克", f"while it holds about {cargo} kg")
    return _shared(why, "container_weight")


def _shared(why: Text, other: str) -> Finding:
    return Finding(
        "lcl_flag",
        Text(f"拼箱标识为 1，{why.zh}", f"Less than container load is 1, {why.en}"),
        Text("核对是否整箱；整箱的填 0", "Check whether one firm has the whole box; then enter 0"),
        also=(other,),
    )
