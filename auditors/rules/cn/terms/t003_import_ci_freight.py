from decimal import Decimal

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.charges import FREIGHT, FREIGHT_ALONE, due, incomplete
from knowledge.facts import Facts


@rule(
    "CN-T003",
    zh="进口成交价含保费不含运费的（C&I），运费应填完整",
    en="Import on C&I must declare freight in full",
    basis="cn-gacc-2019-18#28 cn-gacc-2019-18#27 cn-broker-practice#terms",
    only={"ie_flag": "I", "crossing": True},
)
def import_ci_freight(
    trans_mode: str,
    fee_mark: str | None,
    fee_rate: Decimal | None,
    fee_curr: str | None,
    facts: Facts,
) -> Finding | None:
    """The price holds insurance but no freight, so freight up to unloading is declared beside it.

    成交价含保费而不含运费，起卸前运费须另行填报。

    Wrong: 进口 C&I，运费各栏空白 import C&I, freight blank.
    Right: 运费 freight 3/200/USD.
    Limits: only goods that cross the border; a figure of zero counts as filled in.
    局限：只看实际进出境货物；填 0 视为已填。
    """
    if due(facts, trans_mode, "import") != FREIGHT_ALONE:
        return None
    return incomplete(FREIGHT, fee_mark, fee_rate, fee_curr, trans_mode, facts)
