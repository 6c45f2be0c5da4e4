from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.records import is_processing_account
from knowledge.text import Text

ZONE = "H"


@rule(
    "CN-X024",
    zh="加工贸易账册的出口成品应填单耗版本号",
    en="Finished goods exported under an account book give their consumption version",
    basis="cn-broker-practice#records cn-gacc-2023-158#5 cn-sw-decmessage#DecLists",
    over="items",
    only={
        "ie_flag": "E",
        "trade_mode": "0214 0615 0715 0255 0654 4400 4600 5014 5015 5100",
    },
)
def consumption_version(manual_no: str, exg_version: str | None) -> Finding | None:
    """An account book writes off materials by the consumption of the finished goods.

    The same goods may be made in several ways; the version number says which consumption applies.

    账册按成品单耗核销料件，同一成品可有多个单耗版本，版本号说明按哪一版核销。

    Wrong: 出口 0615, 备案号 E2218A000123, 单耗版本号 blank.
    Right: 出口 0615, 备案号 E2218A000123, 单耗版本号 1.
    Limits: looks at account books E and H (not H of equipment or logistics) under procedures of
    finished goods. A zone account (H) may be settled by lists of materials used or by work orders
    and then has no versions; the draft does not show that, so the finding is a warning there.
    局限：只看成品类监管方式下的 E、H 账册（设备、物流账册除外）；区域账册（H）可按耗料清单或工单
    核算，没有版本号，草稿看不出，只作提醒。
    """
    if exg_version is not None or not is_processing_account(manual_no):
        return None
    return Finding(
        "exg_version",
        Text(
            f"账册 {manual_no} 项下成品出口，单耗版本号为空",
            f"Finished goods are exported under account book {manual_no} without a version number",
        ),
        Text(
            "账册按单耗核算的，填写该成品的单耗版本号",
            "Enter the consumption version of these goods where the account is settled by one",
        ),
        also=("manual_no",),
        severity="warning" if manual_no[0].upper() == ZONE else None,
    )
