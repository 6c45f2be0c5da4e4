from decimal import Decimal

from auditors.finding import Finding, Fix, suggested
from auditors.rule import rule
from auditors.rules.cn.charges import INSURANCE, RATE, due, incomplete
from knowledge.facts import Facts


@rule(
    "CN-T002",
    zh="进口成交价不含保费的（C&F、FOB、EXW），保费应填完整",
    en="Import on C&F, FOB or EXW must declare insurance in full",
    basis="cn-gacc-2019-18#29 cn-gacc-2019-18#27 cn-broker-practice#terms",
    only={"ie_flag": "I", "crossing": True},
)
def import_insurance(
    trans_mode: str,
    insur_mark: str | None,
    insur_rate: Decimal | None,
    insur_curr: str | None,
    facts: Facts,
) -> Finding | None:
    """The price leaves out insurance up to unloading, which belongs to the customs value.

    成交价不含起卸前保费，而保费应计入计税价格。

    Wrong: 进口 C&F，保费各栏空白 import C&F, insurance blank.
    Right: 保费 insurance 1/0.3.
    Limits: only goods that cross the border; the customary rate is offered only where no
        figure stands, for a premium that cannot be established.
    局限：只看实际进出境货物；仅在未填数额时建议习惯费率，适用于保费无法确定的情形。
    """
    if not due(facts, trans_mode, "import").insurance:
        return None
    found = incomplete(INSURANCE, insur_mark, insur_rate, insur_curr, trans_mode, facts)
    return found and found._replace(fixes=_customary(insur_mark, insur_rate, insur_curr, facts))


def _customary(
    mark: str | None, figure: Decimal | None, currency: str | None, facts: Facts
) -> tuple[Fix, ...]:
    if figure is not None or mark not in {None, RATE}:
        return ()
    rate = suggested("insur_rate", facts.value("cn.insurance.customary_rate"))
    marked = (suggested("insur_mark", RATE),) if mark is None else ()
    cleared = (suggested("insur_curr", None),) if currency is not None else ()
    return (*marked, rate, *cleared)
