from decimal import Decimal

from auditors.finding import Finding
from auditors.rule import rule
from knowledge.codes import Row
from knowledge.facts import Facts
from knowledge.text import Text

DO = Text(
    "按无实际进出境填写；确有货物进口的，另按货物的监管方式申报",
    "Declare it without a movement; goods that do arrive are declared under their own procedure",
)


@rule(
    "CN-X037",
    zh="特许权使用费后续征税（9500）没有货物进出境",
    en="The subsequent levy on royalties (9500) comes without a movement of goods",
    severity="warning",
    status="law",
    basis="cn-gacc-2019-royalty-mode#1",
    only={"trade_mode": "9500"},
)
def royalty_without_goods(
    bill_no: str | None, transport_mode: str | None, gross_weight: Decimal | None, facts: Facts
) -> list[Finding]:
    """Royalties paid after the import are taxed later; the goods came in long before.

    进口后支付的特许权使用费事后申报纳税，货物早已进境，本次没有提运单，也没有实际运输。

    Wrong: 9500, 提运单号 EXMU24030017; 9500, 运输方式 2 with 毛重 1260.
    Right: 9500, 提运单号 blank, 运输方式 9.
    Limits: looks at the bill number, and at the weight with the mode of transport; a weight alone
    is passed over, since the form asks for one.
    局限：只看提运单号、运输方式及毛重；毛重为必填栏目，单凭毛重不提示。
    """
    found = []
    if bill_no is not None:
        says = Text(
            f"特许权使用费后续征税（9500）填了提运单号 {bill_no}",
            f"The subsequent levy on royalties (9500) has bill of lading {bill_no}",
        )
        found.append(Finding("bill_no", says, DO, also=("trade_mode",)))
    if gross_weight and (mode := _real(transport_mode, facts)):
        says = Text(
            f"特许权使用费后续征税（9500）填了实际运输方式 {mode.code} {mode.name.zh}，"
            f"毛重 {gross_weight} 千克",
            f"The subsequent levy on royalties (9500) has real transport, mode {mode.code}, "
            f"and gross weight {gross_weight} kg",
        )
        found.append(Finding("transport_mode", says, DO, also=("gross_weight", "trade_mode")))
    return found


def _real(transport_mode: str | None, facts: Facts) -> Row | None:
    mode = facts.row("transport_mode", transport_mode) if transport_mode else None
    return mode if mode and mode.more["entry_kind"] == "actual" else None
