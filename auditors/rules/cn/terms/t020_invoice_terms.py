from auditors.blocks import Invoice
from auditors.finding import Finding
from auditors.place import Place
from auditors.rule import rule
from auditors.rules.cn.incoterms import declared_as
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-T020",
    zh="成交方式应与发票上的贸易术语相符",
    en="The terms of delivery agree with the Incoterm of the invoice",
    basis="cn-gacc-2019-18#27 cn-gacc-consultation-replies#fca cn-broker-practice#terms",
    severity="warning",
    only={"crossing": True},
)
def invoice_terms(trans_mode: str, invoice: Invoice, facts: Facts) -> Finding | None:
    """The code follows the real terms of sale, which the invoice states.

    成交方式按实际成交条款填报，发票上的贸易术语即是依据。

    Wrong: 发票 invoice CIF，成交方式 terms 3 FOB.
    Right: 发票 invoice FOB，成交方式 terms 3 FOB.
    Limits: D terms count as CIF once the charges after unloading are taken off; FCA passes as 3
        or 7. Goods that do not cross the border follow T010.
    局限：D 组术语扣除起卸后费用后按 CIF 看待；FCA 填 3 或 7 均可；无实际进出境的按 T010。
    """
    codes = declared_as(invoice.terms)
    if trans_mode in codes:
        return None
    entered = facts.name("terms_of_delivery", trans_mode)
    named = "、".join(facts.name("terms_of_delivery", code) for code in codes)
    return Finding(
        "trans_mode",
        Text(
            f"发票贸易术语为 {invoice.terms}，应报 {named}，成交方式现填 {entered}",
            f"The invoice says {invoice.terms}, which is declared as {' or '.join(codes)}; "
            f"terms {entered} are entered",
        ),
        Text(
            "按合同核对成交条款；价格已换算成现填成交方式的，核对换算",
            "Check the terms of sale; if the price was converted to these terms, check that",
        ),
        also=(Place("documents.invoice", field="terms"),),
        expected="/".join(codes),
    )
