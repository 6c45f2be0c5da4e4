from auditors.blocks import BillOfLading
from auditors.declaration import Container
from auditors.finding import Finding
from auditors.place import Place
from auditors.rule import rule
from knowledge.errors import CannotJudge
from knowledge.text import Text

AIR = "5"
YES = "1"


@rule(
    "CN-K009",
    zh="集装箱应与运输方式和提运单相符",
    en="Containers fit the mode of transport and the bill of lading",
    basis="cn-gacc-2019-18#32",
    severity="warning",
    status="unverified",
    only={"transport_mode": "2 5"},
)
def containers_fit_mode(
    transport_mode: str, containers: tuple[Container, ...], bill_of_lading: BillOfLading | None
) -> Finding | None:
    """Freight containers go by ship, train and lorry, not by air; a container bill has containers.

    空运货物不装海运集装箱；提单注明集装箱运输的，报关单应填集装箱。

    Wrong: air freight with container CSQU3054383; a container bill of lading and no container.
    Right: sea freight with container CSQU3054383; air freight with none.
    Limits: for sea freight without containers it needs the bill of lading, and is skipped where
        that does not say whether the goods are containerised. Sea-air cargo is named wrongly.
    局限：水运未填集装箱时须有提运单信息，提运单未说明是否集装箱运输的不判断。海空联运会被误提示。
    """
    if transport_mode == AIR:
        return _in_the_air(len(containers)) if containers else None
    if containers:
        return None
    if bill_of_lading is None or bill_of_lading.containerised is None:
        raise CannotJudge(
            "未提供：提运单是否集装箱运输", "not given: whether the bill of lading is containerised"
        )
    return _none_listed() if bill_of_lading.containerised == YES else None


def _in_the_air(count: int) -> Finding:
    return Finding(
        "containers",
        Text(
            f"运输方式为航空运输，却填了 {count} 个集装箱",
            f"The mode of transport is air, yet containers are given ({count})",
        ),
        Text("核对运输方式，或删去集装箱", "Check the mode of transport, or drop the containers"),
        also=("transport_mode",),
    )


def _none_listed() -> Finding:
    return Finding(
        "containers",
        Text(
            "提运单为集装箱运输，报关单未填集装箱",
            "The bill of lading is containerised, yet no container is given",
        ),
        Text("按提运单补填集装箱", "Enter the containers of the bill of lading"),
        also=(Place("documents.bill_of_lading", field="containerised"),),
    )
