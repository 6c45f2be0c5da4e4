from auditors.finding import Finding, suggested
from auditors.rule import rule
from knowledge.text import Text


@rule(
    "CN-X026",
    zh="没有备案号的，不填备案序号",
    en="Without a record number there is no item number in a record",
    basis="cn-gacc-2019-18#33 cn-gacc-2019-18#7",
    status="logic",
    over="items",
)
def item_without_record(manual_no: str | None, manual_item_no: str) -> Finding | None:
    """An item number in a record means nothing without the record.

    备案序号是货物在备案单证中的序号，没有备案号就没有意义。

    Wrong: 备案号 blank, 备案序号 12.
    Right: both blank, or 备案号 C22186000123 and 备案序号 12.
    Limits: cannot tell whether the item number is left over or the record number forgotten.
    局限：无法判断是多填了备案序号还是漏填了备案号。
    """
    if manual_no is not None:
        return None
    return Finding(
        "manual_item_no",
        Text(
            f"备案号为空，却填了备案序号 {manual_item_no}",
            f"The record number is blank, but item number {manual_item_no} in a record is given",
        ),
        Text(
            "不属备案货物的清空备案序号，否则补填备案号",
            "Clear the item number, or enter the record number where there is a record",
        ),
        also=("manual_no",),
        fixes=(suggested("manual_item_no", None),),
    )
