import re

from auditors.finding import Finding
from auditors.rule import rule
from knowledge.text import Text

NUMBER = re.compile(r"[0-9]{18}")


@rule(
    "CN-X042",
    zh="关联报关单号应为18位数字",
    en="The related declaration number has 18 digits",
    severity="warning",
    basis="cn-broker-practice#formats cn-gacc-2019-18#32",
)
def related_declaration_digits(related_declaration_no: str) -> Finding | None:
    """A customs declaration number has 18 digits; anything else points to no declaration.

    海关编号为18位数字，位数不对或含其他字符就找不到关联的报关单。

    Wrong: 关联报关单号 22482026100012345 (17 digits).
    Right: 关联报关单号 224820261000123456.
    Limits: looks at the form only; it does not know whether the declaration exists.
    局限：只核对位数和字符，无法核对该报关单是否存在。
    """
    if NUMBER.fullmatch(related_declaration_no):
        return None
    length = len(related_declaration_no)
    return Finding(
        "related_declaration_no",
        Text(
            f"关联报关单号 {related_declaration_no} 共 {length} 个字符，不是18位数字",
            f"Related declaration number {related_declaration_no} has {length} characters, "
            "not 18 digits",
        ),
        Text(
            "按原报关单核对海关编号",
            "Check the number against the earlier declaration",
        ),
    )
