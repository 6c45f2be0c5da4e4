from auditors.finding import Finding
from auditors.rule import rule
from knowledge.text import Text


@rule(
    "CN-X023",
    zh="来料加工出口应在备注填加工费",
    en="The notes of an export after processing with supplied materials give the processing fee",
    basis="cn-broker-practice#carry-over cn-gacc-2019-18#32",
    only={"ie_flag": "E", "trade_mode": "0214"},
)
def processing_fee_noted(note: str | None) -> Finding | None:
    """Processing with supplied materials earns a fee; the export says in its notes how much.

    来料加工只收取加工费，成品出口时在备注栏注明加工费金额。

    Wrong: 出口 0214, 备注 blank.
    Right: 出口 0214, 备注 “加工费 USD 1200”.
    Limits: asks only whether the notes are filled, not whether they name a fee; a fee in the
    column 工缴费 of the items does not stand in for the note.
    局限：只看备注是否填写，不识别内容是否为加工费；表体“工缴费”栏不能代替备注。
    """
    if note is not None:
        return None
    return Finding(
        "note",
        Text(
            "来料加工（0214）出口，备注为空，未注明加工费",
            "Export after processing with supplied materials (0214), but the notes are blank",
        ),
        Text(
            "在备注填写加工费的币制和金额",
            "Give currency and amount of the processing fee in the notes",
        ),
        also=("trade_mode",),
    )
