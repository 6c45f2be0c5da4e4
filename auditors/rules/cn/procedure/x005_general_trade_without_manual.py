from auditors.finding import Finding
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text

PROCESSING = frozenset("BCDE")
ZONE_ACCOUNT = "H"


@rule(
    "CN-X005",
    zh="一般贸易不应填加工贸易手册或账册",
    en="General trade carries no processing manual or account",
    basis="cn-gacc-2019-18#7 cn-gacc-2019-18#14",
    severity="error*",
    status="unverified",
    only={"trade_mode": "0110", "cut_mode": "101 299 502 503 601 602 603"},
)
def general_trade_without_manual(
    facts: Facts, manual_no: str, transport_mode: str | None
) -> Finding | None:
    """A processing manual suspends duty; general trade pays it, so one of the two is wrong.

    手册、账册项下货物是保税货物，一般贸易是征税货物，两者不能并存：不是监管方式填错，就是多填了备案号。

    Wrong: 0110 一般贸易, 征免性质 101 一般征税, 备案号 C22186000123.
    Right: 0110 一般贸易, 征免性质 101 一般征税, 备案号 blank.
    Limits: zone accounts (H) pass with a special mode of transport, as goods leaving or entering
    a zone may name the account. The article itself has still to be read.
    局限：运输方式为区域流转等特殊代码时，H 账册放过；条文待核。
    """
    letter = manual_no[0].upper()
    if letter not in PROCESSING and (letter != ZONE_ACCOUNT or _within(facts, transport_mode)):
        return None
    return Finding(
        "manual_no",
        Text(
            f"监管方式 0110 一般贸易不应填{letter}字头的备案号 {manual_no}",
            f"General trade (0110) does not take record number {manual_no} beginning with {letter}",
        ),
        Text(
            "属加工贸易的改报相应监管方式，否则清空备案号",
            "Declare the processing procedure if it is one, else leave the record number blank",
        ),
        also=("trade_mode", "cut_mode"),
    )


def _within(facts: Facts, transport_mode: str | None) -> bool:
    """Return whether the goods move inside the country, into or out of a zone."""
    row = facts.row("transport_mode", transport_mode or "")
    return row is not None and row.more["entry_kind"] == "special"
