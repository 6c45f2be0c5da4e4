from auditors.blocks import BillOfLading
from auditors.declaration import Container
from auditors.finding import Finding
from auditors.place import Place
from auditors.rule import rule
from knowledge.errors import CannotJudge
from knowledge.text import Text


@rule(
    "CN-K010",
    zh="集装箱数量应与提运单一致",
    en="There are as many containers as on the bill of lading",
    basis="cn-gacc-2019-18#32",
    severity="warning",
    status="unverified",
    only={"crossing": True},
)
def as_many_containers(
    containers: tuple[Container, ...], bill_of_lading: BillOfLading
) -> Finding | None:
    """A declaration covers one bill of lading, so it lists the bill's containers.

    一份报关单对应一个提运单，所填集装箱应与提运单相同。

    Wrong: two containers listed, three on the bill of lading.
    Right: two and two.
    Limits: where several declarations share one bill of lading, each may rightly list fewer.
        Needs the number of containers of the bill of lading.
    局限：一个提运单分几份报关单申报时，每份可以少于提运单。须有提运单的集装箱数。
    """
    billed = bill_of_lading.bl_containers
    if billed is None:
        raise CannotJudge("未提供：提运单的集装箱数", "not given: containers of the bill of lading")
    if len(containers) == billed:
        return None
    return Finding(
        "containers",
        Text(
            f"报关单填 {len(containers)} 个集装箱，提运单为 {billed} 个",
            f"Containers listed: {len(containers)}; on the bill of lading: {billed}",
        ),
        Text("对照提运单核对集装箱", "Compare the containers with the bill of lading"),
        also=(Place("documents.bill_of_lading", field="bl_containers"),),
    )
