from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.carriage import filled_otherwise
from knowledge.facts import Facts
from knowledge.text import Text

ROAD = "4"


@rule(
    "CN-R010",
    zh="铁路、公路、航空运输进出境应填提运单号",
    en="Goods crossing by rail, road or air give the number of their waybill",
    basis="cn-gacc-2019-18#11 cn-broker-practice#mandatory",
    only={"transport_mode": "3 4 5", "crossing": True},
)
def bill_given(
    facts: Facts,
    transport_mode: str,
    bill_no: str | None,
    transport_name: str | None,
    decl_trn_rel: str | None,
) -> Finding | None:
    """The waybill ties the declaration to the manifest.

    提运单号是报关单与舱单核对的依据：铁路填运单号，航空填总运单号，启用公路舱单的填总运单号。

    Wrong: 航空运输 with 提运单号 blank.
    Right: 78445120386.
    Limits: sea freight is R001's. By road it is a warning, since ports without a road manifest
        exempt it. Silent under customs transit and for collective declarations.
    局限：水路运输由 R001 提示。公路运输仅为警告，因未启用公路舱单的口岸免填。转关和集中申报另有填法，不提示。
    """
    if bill_no is not None or filled_otherwise(decl_trn_rel, transport_name):
        return None
    mode = facts.name("transport_mode", transport_mode)
    return Finding(
        "bill_no",
        Text(
            f"运输方式为 {mode}，提运单号为空",
            f"Bill of lading or waybill number is blank for mode of transport {transport_mode}",
        ),
        Text("按运单填报提运单号", "Enter the number of the waybill"),
        also=("transport_mode",),
        severity="warning" if transport_mode == ROAD else None,
    )
