from decimal import Decimal

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.charges import FREIGHT, FREIGHT_AND_INSURANCE, due, incomplete
from knowledge.facts import Facts


@rule(
    "CN-T001",
    zh="进口成交价不含运费和保费的（FOB、EXW），运费应填完整",
    en="Import on FOB or EXW must declare freight in full",
    basis="cn-gacc-2019-18#28 cn-gacc-2019-18#27 cn-broker-practice#terms",
    only={"ie_flag": "I", "crossing": True},
)
def import_fob_freight(
    trans_mode: str,
    fee_mark: str | None,
    fee_rate: Decimal | None,
    fee_curr: str | None,
    facts: Facts,
) -> Finding | None:
    """The price ends at the foreign port or works, so duty needs the freight up to unloading.

    成交价只算到境外装运港或工厂，计税须加上起卸前运费。

    Wrong: 进口 FOB，运费各栏空白 import FOB, freight blank.
    Right: 运费 freight 3/820/EUR.
    Limits: only goods that cross the border; a figure of zero counts as filled in.
    局限：只看实际进出境货物；填 0 视为已填。
    """
    if due(facts, trans_mode, "import") != FREIGHT_AND_INSURANCE:
        return None
    return incomplete(FREIGHT, fee_mark, fee_rate, fee_curr, trans_mode, facts)
