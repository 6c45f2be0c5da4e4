from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.customs_procedures import record_letters
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-X004",
    zh="区域设备进出应填首位H、第六位D的设备账册",
    en="Zone equipment goes on an equipment account: H first, D in the sixth place",
    basis="cn-gacc-2019-18#7 cn-gacc-2023-158#7 cn-broker-practice#records",
    only={"trade_mode": "5300 5335 5361"},
)
def zone_equipment_account(
    facts: Facts, ie_flag: str, trade_mode: str, manual_no: str
) -> Finding | None:
    """Equipment of a special zone is kept on an account of its own, apart from materials.

    The sixth character of a zone account tells its kind: D equipment, W logistics.

    特殊区域的设备单独设账，不与料件、物流货物同账；区域账册第六位表示种类，D 为设备，W 为物流。

    Wrong: 进口 import, 5335 境外设备进区, 备案号 H2218A000123.
    Right: 进口 import, 5335 境外设备进区, 备案号 H2218D000123.
    Limits: judges 5335 on import, 5361 on export and 5300 both ways; a blank number is left to X001.
    局限：5335 只看进口，5361 只看出口，5300 进出口都看；备案号为空由 X001 报。
    """
    if not record_letters(facts, ie_flag, trade_mode):
        return None
    first, sixth = manual_no[0].upper(), manual_no[5].upper()
    if first == "H" and sixth == "D":
        return None
    return Finding(
        "manual_no",
        Text(
            f"设备账册首位应为H、第六位应为D，备案号 {manual_no} 首位为{first}、第六位为{sixth}",
            "An equipment account has H first and D in the sixth place; record number "
            f"{manual_no} has {first} and {sixth}",
        ),
        Text("改填设备账册编号", "Enter the number of the equipment account"),
        also=("trade_mode",),
    )
