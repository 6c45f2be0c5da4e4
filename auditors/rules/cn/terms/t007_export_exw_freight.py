from decimal import Decimal

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.charges import FREIGHT, due, incomplete
from knowledge.facts import Facts


@rule(
    "CN-T007",
    zh="出口 EXW 成交的，通常应填运费",
    en="Export on EXW usually declares freight",
    basis="cn-broker-practice#terms cn-gacc-2019-18#28",
    severity="warning",
    only={"ie_flag": "E", "trans_mode": "7", "crossing": True},
)
def export_exw_freight(
    trans_mode: str,
    fee_mark: str | None,
    fee_rate: Decimal | None,
    fee_curr: str | None,
    facts: Facts,
) -> Finding | None:
    """The price ends at the works; broker software asks for the way to the port as freight.

    成交价只算到工厂，报关软件通常要求填报运至装货港的国内运费。

    Wrong: 出口 EXW，运费各栏空白 export EXW, freight blank.
    Right: 运费 freight 3/90/CNY.
    Limits: habit of broker software; the filling-in specification only speaks of freight after
        loading. Goods that do not cross the border are left to T010.
    局限：属报关软件习惯，填制规范只要求装载后的运费；无实际进出境的由 T010 提示。
    """
    if not due(facts, trans_mode, "export").freight:
        return None
    return incomplete(FREIGHT, fee_mark, fee_rate, fee_curr, trans_mode, facts)
