from datetime import date

from auditors.finding import Finding
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.span import Span
from knowledge.text import Text


@rule(
    "CN-X036",
    zh="保税展品和国际中转应填实际进出境的运输方式",
    en="Bonded exhibits and international transit give the real mode of transport",
    severity="warning",
    status="law",
    basis="cn-gacc-2023-109#1 cn-gacc-2023-109#2",
    only={"trade_mode": "5072 6072 5073 6073"},
    span=Span(since=date(2024, 1, 1)),
)
def real_transport_of_exhibits(
    trade_mode: str, transport_mode: str, facts: Facts
) -> Finding | None:
    """These procedures are for goods that come from abroad or go there, by ship, train, lorry or plane.

    这四种监管方式用于货物在境外与区内（中心）之间进出，运输方式填实际进出境的运输方式；留购的货物
    另按实际监管方式申报，运输方式才是“其他”。

    Wrong: 5072, 运输方式 9.
    Right: 5072, 运输方式 2.
    Limits: takes 9 (other) for no real transport; goods carried over the border by hand are rare here.
    局限：运输方式 9（其他）一律视为非实际运输方式，人扛、驮畜等极少数情形也会提示。
    """
    mode = facts.row("transport_mode", transport_mode)
    if mode is None or mode.more["entry_kind"] == "actual":
        return None
    return Finding(
        "transport_mode",
        Text(
            f"监管方式 {facts.name('trade_mode', trade_mode)} 的货物实际进出境，运输方式却是 "
            f"{facts.name('transport_mode', transport_mode)}",
            f"Goods under customs procedure {trade_mode} cross the border, but the mode of transport "
            f"is {transport_mode} {mode.name.en}",
        ),
        Text(
            "填实际进出境的运输方式；货物留购的，按实际监管方式申报",
            "Enter the real mode; goods bought to stay are declared under their own procedure",
        ),
        also=("trade_mode",),
    )
