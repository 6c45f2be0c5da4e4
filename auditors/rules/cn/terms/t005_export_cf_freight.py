from decimal import Decimal

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.charges import FREIGHT, due, incomplete
from knowledge.facts import Facts


@rule(
    "CN-T005",
    zh="出口 C&F 成交的，运费应填完整",
    en="Export on C&F must declare freight in full",
    basis="cn-gacc-2019-18#28 cn-gacc-2019-18#27 cn-broker-practice#terms",
    only={"ie_flag": "E", "trans_mode": "2", "crossing": True},
)
def export_cf_freight(
    trans_mode: str,
    fee_mark: str | None,
    fee_rate: Decimal | None,
    fee_curr: str | None,
    facts: Facts,
) -> Finding | None:
    """The price holds freight after loading, which is taken off for the FOB value.

    成交价含装载后的运费，须填报以便折算离岸价。

    Wrong: 出口 C&F，运费各栏空白 export C&F, freight blank.
    Right: 运费 freight 3/300/USD.
    Limits: only goods that cross the border; export EXW is left to T007.
    局限：只看实际进出境货物；出口 EXW 由 T007 提示。
    """
    if not due(facts, trans_mode, "export").freight:
        return None
    return incomplete(FREIGHT, fee_mark, fee_rate, fee_curr, trans_mode, facts)
