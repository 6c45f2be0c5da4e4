from auditors.declaration import Licence
from auditors.finding import Finding
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-X041",
    zh="加工贸易结转应填关联备案号",
    en="A carry-over of processing trade gives the record of the other side",
    severity="error*",
    status="unverified",
    basis="cn-gacc-2019-18#32 cn-broker-practice#carry-over",
    only={"trade_mode": "0255 0258 0654 0657"},
)
def carry_over_counterpart(
    trade_mode: str, related_manual_no: str | None, licences: tuple[Licence, ...], facts: Facts
) -> Finding | None:
    """Carried-over goods leave one record and enter another; each side names the other's.

    结转货物从一个手册或账册转入另一个，双方报关单的关联备案号互填对方的备案号。

    Wrong: 0654, 关联备案号 blank, no code a.
    Right: 0654, 关联备案号 C22186000456; or a bonded verification list (a), which names it.
    Limits: does not compare the two records, nor look into the verification list.
    局限：不核对双方备案内容，也不查看核注清单中的关联账册。
    """
    if related_manual_no is not None or any(each.licence_code == "a" for each in licences):
        return None
    return Finding(
        "related_manual_no",
        Text(
            f"监管方式 {facts.name('trade_mode', trade_mode)} 属结转，关联备案号为空，"
            "也没有核注清单（a）",
            f"Customs procedure {trade_mode} is a carry-over, but the related record number is blank "
            "and there is no verification list (a)",
        ),
        Text(
            "填写转出或转入方的手册、账册编号",
            "Enter the number of the manual or account book of the other side",
        ),
        also=("trade_mode",),
    )
