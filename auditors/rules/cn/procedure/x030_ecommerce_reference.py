from auditors.finding import Finding
from auditors.rule import rule
from knowledge.errors import CannotJudge
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-X030",
    zh="跨境电商企业对企业出口应有电商编号",
    en="Cross-border e-commerce export between businesses has its order number",
    severity="warning",
    basis="cn-gacc-2020-75#2 cn-broker-practice#ecommerce",
    only={"trade_mode": "9710 9810"},
)
def ecommerce_reference(
    trade_mode: str, ec_no: str | None, form: str | None, facts: Facts
) -> Finding | None:
    """Customs matches the declaration with the order, or the order to the overseas warehouse.

    海关凭电商编号把报关单与交易订单（9710）或海外仓订仓单（9810）对碰。

    Wrong: 9710, 电商编号 blank.
    Right: 9710, 电商编号 ORD20261120001.
    Limits: cannot look the number up. A DecMessage has no element for it, so a draft read from one
    is not judged. The filing of an overseas warehouse ended on 2024-12-15 and is not asked for.
    局限：无法核对编号真伪；DecMessage 报文没有该栏目，读自报文的草稿不作判断；海外仓备案自
    2024-12-15 起取消，不要求填写备案编号。
    """
    if ec_no is not None:
        return None
    if form == "xml":
        raise CannotJudge("报文没有电商编号栏目", "the message has no element for the order number")
    return Finding(
        "ec_no",
        Text(
            f"监管方式 {facts.name('trade_mode', trade_mode)}，电商编号为空",
            f"Customs procedure {trade_mode}, but the e-commerce reference is blank",
        ),
        Text(
            "填写已传输的交易订单编号，9810 填海外仓订仓单编号",
            "Enter the number of the transmitted order; for 9810 the order to the warehouse",
        ),
        also=("trade_mode",),
    )
