"""What the table of customs procedures (监管方式代码表) says goes with a procedure."""

from auditors.finding import Finding, suggested
from knowledge.facts import Facts
from knowledge.text import Text

LETTERS = {"I": "manual_prefix_import", "E": "manual_prefix_export"}
NATURES = {"I": "usual_cut_mode_import", "E": "usual_cut_mode_export"}


def record_letters(facts: Facts, ie_flag: str, trade_mode: str) -> str:
    """Return the first letters a record number (备案号) may have; empty where none is due."""
    row = facts.row("trade_mode", trade_mode)
    return row.more[LETTERS[ie_flag]] if row else ""


def usual_nature(facts: Facts, ie_flag: str, trade_mode: str) -> str:
    """Return the nature of levy (征免性质) a procedure usually has; empty where none is known."""
    row = facts.row("trade_mode", trade_mode)
    return row.more[NATURES[ie_flag]] if row else ""


def other_nature(facts: Facts, trade_mode: str, cut_mode: str, usual: str) -> Finding:
    """Return the finding that a procedure goes with another nature of levy."""
    procedure = facts.name("trade_mode", trade_mode)
    entered, named = facts.name("nature_of_levy", cut_mode), facts.name("nature_of_levy", usual)
    return Finding(
        "cut_mode",
        Text(
            f"监管方式 {procedure} 对应征免性质 {named}，现填 {entered}",
            f"Customs procedure {trade_mode} goes with nature of levy {usual}; {cut_mode} is entered",
        ),
        Text(
            f"核对监管方式；无误的，征免性质改填 {usual}",
            f"Check the customs procedure; if it is right, enter nature of levy {usual}",
        ),
        also=("trade_mode",),
        expected=usual,
        fixes=(suggested("cut_mode", usual),),
    )
