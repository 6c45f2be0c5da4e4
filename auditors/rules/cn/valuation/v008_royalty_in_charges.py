from auditors.blocks import Supplement
from auditors.finding import Finding
from auditors.rule import rule
from knowledge.text import Text

STATED = ("特许权", "使用费", "royalt", "Royalt", "ROYALT")
"""A note with one of these words is taken to say where the royalty is."""
LEVIED_LATER = "9500"
"""The procedure for royalties themselves: the price declared there is the royalty."""


@rule(
    "CN-V008",
    zh="支付特许权使用费的，应计入杂费或说明已含、未付",
    en="Royalties are put into other charges, or said to be in the price or unpaid",
    basis="cn-gacc-2019-58#1 cn-gacc-2019-18#46 cn-law-tariff#25",
    status="law",
    only={"ie_flag": "I", "royalty_flag": "1"},
)
def royalty_in_charges(
    trade_mode: str,
    other_mark: str | None,
    note: str | None,
    supplements: tuple[Supplement, ...],
) -> Finding | None:
    """A dutiable royalty belongs to the customs value whether or not the price holds it.

    应税特许权使用费无论是否已含在价格中，都应计入计税价格。

    Wrong: 特许权使用费确认 royalties 1，杂费和备注空白 other charges and notes blank.
    Right: 特许权使用费确认 royalties 1，杂费 other charges 3/500/USD.
    Limits: a royalty still unpaid is declared within 30 days of payment and leaves other
        charges blank; say so in the notes. Whether the figure is right is not judged.
    局限：进口时未支付的，在支付后 30 日内申报，此时杂费可空，应在备注说明；不判断数额是否正确。
    """
    if other_mark is not None or supplements or trade_mode == LEVIED_LATER:
        return None
    if any(word in (note or "") for word in STATED):
        return None
    return Finding(
        "other_mark",
        Text(
            "已确认支付特许权使用费，杂费未填，备注也未说明",
            "Royalties are confirmed; other charges are blank and the notes say nothing of them",
        ),
        Text(
            "已付且未含在价格中的填入杂费；已含在价格中或尚未支付的在备注说明",
            "Enter royalties paid beside the price as other charges; if the price holds them or "
            "they are unpaid, say so in the notes",
        ),
        also=("royalty_flag", "note"),
    )
