from auditors.finding import Finding
from auditors.rule import rule
from knowledge.text import Text


@rule(
    "CN-X040",
    zh="分送集报报关单应填关联报关单号",
    en="A pooled declaration of split deliveries gives its related declaration",
    basis="cn-broker-practice#records cn-gacc-2019-18#32",
    only={"bill_type": "4"},
)
def split_delivery_declaration(related_declaration_no: str | None) -> Finding | None:
    """Split deliveries are pooled on two forms that are checked as one, so each names the other.

    分送集报的报关单与备案清单两单一审，应填关联报关单号以便对应。

    Wrong: 备案清单类型 4, 关联报关单号 blank.
    Right: 备案清单类型 4, 关联报关单号 224820261000123456.
    Limits: knows the kind only from the field 备案清单类型.
    局限：只凭“备案清单类型”判断，未填该栏的不作判断。
    """
    if related_declaration_no is not None:
        return None
    return Finding(
        "related_declaration_no",
        Text(
            "备案清单类型为 4 分送集报报关单，关联报关单号为空",
            "The kind of record list is 4 (pooled split deliveries), but the related declaration "
            "number is blank",
        ),
        Text(
            "填写对应单证的18位编号",
            "Enter the 18-digit number of the form it belongs to",
        ),
        also=("bill_type",),
    )
