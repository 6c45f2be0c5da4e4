import re
from functools import lru_cache

from auditors.finding import Finding
from auditors.numbers import vessel_check
from auditors.rule import rule
from knowledge.text import Text

IMO = re.compile(r"(?:/(?:UN|IMO)?|(?:^|\s)(?:UN|IMO)) ?([0-9]{7})$", re.IGNORECASE).search


@rule(
    "CN-R002",
    zh="运输工具名称中的 IMO 编号应通过校验",
    en="An IMO number in the means of transport passes its check",
    basis="imo-number#check cn-gacc-2019-18#10",
    severity="warning",
    status="calc",
    only={"transport_mode": "2"},
)
def imo_number_holds(transport_name: str) -> Finding | None:
    """The last digit of a ship's IMO number is worked out from the other six.

    船舶 IMO 编号第7位由前6位计算得出；编号错误时报关单与舱单对不上。

    Wrong: EXAMPLE STAR/9074728.
    Right: EXAMPLE STAR/9074729, UN9074729.
    Limits: looks for seven digits at the end, after a stroke, UN or IMO; other writings are not
        taken for an IMO number. Some ships carry numbers that break the check: a warning only.
    局限：只认末尾由斜线、UN 或 IMO 引出的7位数字，其他写法不视为 IMO 编号。个别船舶的编号本就不符校验，
    故仅为警告。
    """
    number = _number_in(transport_name)
    if not number:
        return None
    check = vessel_check(number[:-1])
    if check == number[-1]:
        return None
    return Finding(
        "transport_name",
        Text(
            f"运输工具名称中的 IMO 编号 {number} 校验不符：按前6位计算末位应为 {check}",
            f"Means of transport: IMO number {number} fails its check, "
            f"its first 6 digits call for {check} at the end",
        ),
        Text("对照舱单或船舶资料核对编号", "Compare it with the manifest or the ship's papers"),
    )


@lru_cache(maxsize=4096)  # the same ships call week by week
def _number_in(transport_name: str) -> str:
    found = IMO(transport_name)
    return found[1] if found else ""
