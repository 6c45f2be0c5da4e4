from auditors.finding import Finding
from auditors.rule import rule
from knowledge.text import Text


@rule(
    "CN-R017",
    zh="进口应填启运港",
    en="An import gives its port of loading",
    basis="cn-gacc-2019-18#17 cn-broker-practice#mandatory",
    severity="warning",
    only={"ie_flag": "I", "crossing": True},
)
def port_of_loading_given(desp_port_code: str | None) -> Finding | None:
    """Every import was loaded somewhere abroad; origin and freight are judged by it.

    进口货物都有境外第一个装运港，海关据以审核原产地和运费。

    Wrong: an import with 启运港 blank.
    Right: DEU061; DEU000 where the port has no code.
    Limits: goods that cross no border are left out, though CHN000 is usual there.
    局限：无实际进出境的不核对，虽然通常填 CHN000。
    """
    if desp_port_code is not None:
        return None
    return Finding(
        "desp_port_code",
        Text("进口货物的启运港为空", "Port of loading is blank on an import"),
        Text(
            "填报货物离境的第一个境外装运港；港口没有代码的填国别代码加 000",
            "Enter the first port abroad; where it has no code, the letters of its country and 000",
        ),
    )
