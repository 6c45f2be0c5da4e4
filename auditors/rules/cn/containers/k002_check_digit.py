from auditors.finding import Finding
from auditors.numbers import container_check
from auditors.rule import rule
from knowledge.text import Text


@rule(
    "CN-K002",
    zh="集装箱号的校验码应符合 ISO 6346",
    en="The check digit of a container number agrees with ISO 6346",
    basis="iso-6346#check cn-broker-practice#containers",
    over="containers",
)
def check_digit_agrees(container_no: str) -> Finding | None:
    """The eleventh character is worked out from the other ten, so a slip shows at once.

    集装箱号第11位由前10位计算得出，错一位即可发现；与舱单不符的箱号会使报关单被退回。

    Wrong: CSQU3054384.
    Right: CSQU3054383.
    Limits: a sound number may still be that of another container. Numbers of another shape are
        K001's. Boxes of the shipper's own without an ISO mark have no check digit and will be
        named wrongly.
    局限：校验通过的箱号仍可能是别的箱子。格式不符的由 K001 提示。没有 ISO 标记的货主自备箱没有校验码，
    会被误提示。
    """
    check = container_check(container_no[:-1])
    if check == container_no[-1]:
        return None
    return Finding(
        "container_no",
        Text(
            f"集装箱号 {container_no} 校验不符：按前10位计算末位应为 {check}",
            f"Container number {container_no} fails its check: "
            f"its first 10 characters call for {check} at the end",
        ),
        Text("对照舱单或箱体核对箱号", "Compare it with the manifest or the box itself"),
    )
