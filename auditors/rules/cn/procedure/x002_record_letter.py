from auditors.finding import Finding, Severity
from auditors.rule import rule
from auditors.rules.cn.customs_procedures import record_letters
from knowledge.facts import Facts
from knowledge.text import Text

MANUALS = frozenset("BC")
SUB_MANUALS = frozenset("FG")
"""Remote declaration and carry-over branches of a processing manual (分册)."""
SUBSEQUENT_DUTY = "9700"


@rule(
    "CN-X002",
    zh="备案号首位字母应与监管方式相符",
    en="The first letter of the record number must fit the customs procedure",
    basis="cn-gacc-2019-18#7 cn-broker-practice#records",
)
def record_letter(facts: Facts, ie_flag: str, trade_mode: str, manual_no: str) -> Finding | None:
    """The letter says what kind of record it is: B supplied, C imported materials, E account …

    A manual for supplied materials cannot take goods of another procedure, so a wrong letter is
    a wrong record number or a wrong procedure.

    备案号首位是备案种类：B 来料加工、C 进料加工、E 电子账册、H 区域账册、T 物流账册、Z 征免税证明。
    字母与监管方式不符，不是备案号填错就是监管方式填错。

    Wrong: 进口 import, 监管方式 0615 进料对口, 备案号 B22186000123.
    Right: 进口 import, 监管方式 0615 进料对口, 备案号 C22186000123.
    Limits: sub-manuals (F, G) pass wherever a processing manual is due. Under 9700 it only warns:
    the duty notice for relief goods has a number of its own.
    局限：应填加工贸易手册的监管方式，分册（F、G）一律放过；9700 只作警告，因减免税货物补税填补税通知书编号。
    """
    letter = manual_no[0].upper()
    letters = record_letters(facts, ie_flag, trade_mode)
    if not letters or letter in letters:
        return None
    if letter in SUB_MANUALS and not MANUALS.isdisjoint(letters):
        return None
    return _finding(facts, trade_mode, letter, letters)


def _finding(facts: Facts, trade_mode: str, letter: str, letters: str) -> Finding:
    severity: Severity | None = "warning" if trade_mode == SUBSEQUENT_DUTY else None
    return Finding(
        "manual_no",
        Text(
            f"备案号首位 {letter} 与监管方式 {facts.name('trade_mode', trade_mode)} 不符，"
            f"应为 {'、'.join(letters)}",
            f"The record number begins with {letter}; customs procedure {trade_mode} takes "
            f"{' or '.join(letters)}",
        ),
        Text(
            "核对备案号和监管方式，改正填错的一项",
            "Check the record number and the customs procedure and correct the wrong one",
        ),
        also=("trade_mode",),
        severity=severity,
    )
