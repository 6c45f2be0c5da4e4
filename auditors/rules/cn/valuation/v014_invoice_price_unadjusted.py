from auditors.blocks import Invoice
from auditors.declaration import Item
from auditors.finding import Finding
from auditors.place import Place
from auditors.rule import rule
from auditors.rules.cn.goods_value import goods_value
from auditors.rules.cn.incoterms import declared_as
from knowledge.errors import CannotJudge
from knowledge.facts import Facts
from knowledge.text import Text

BEFORE_SHIPMENT = frozenset("37")
"""FOB and EXW: the invoice holds neither freight nor insurance."""


@rule(
    "CN-V014",
    zh="发票为 FOB 而按 CIF 申报的，价格应加计运费和保费",
    en="A price invoiced FOB and declared CIF has freight and insurance added",
    basis="cn-gacc-2019-18#27 cn-law-tariff#24",
    severity="info",
    status="unverified",
    only={"trans_mode": "1", "crossing": True},
)
def invoice_price_unadjusted(
    invoice: Invoice, items: tuple[Item, ...], facts: Facts
) -> Finding | None:
    """Declared CIF at the bare FOB amount, the customs value lacks freight and insurance.

    发票金额不含运费和保费，原样按 CIF 申报，计税价格就少了运费和保费。

    Wrong: 发票 invoice FOB 12600 USD，成交方式 terms 1 CIF，各项合计 items 12600 USD.
    Right: 发票 invoice FOB 12600 USD，成交方式 terms 3 FOB，另填运保费 and charges beside it.
    Limits: speaks where the declared total equals the invoice; T020 speaks of the terms
        themselves. Goods that do not cross the border are always CIF on import.
    局限：申报合计与发票金额相等时提示；成交方式本身由 T020 提示；无实际进出境的进口一律填 CIF。
    """
    value = goods_value(items)
    if value is None or not BEFORE_SHIPMENT.issuperset(declared_as(invoice.terms)):
        return None
    if invoice.total is None or invoice.currency is None:
        raise CannotJudge("发票未给出总额或币制", "the invoice gives no total or no currency")
    tolerance = facts.value("cn.total_check.per_item") * len(items)
    if invoice.currency != value.currency or abs(invoice.total - value.amount) > tolerance:
        return None
    return Finding(
        Place("items"),
        Text(
            f"发票为 {invoice.terms} {invoice.total} {invoice.currency}，按 CIF 申报的合计仍是 {value.amount}",
            f"The invoice is {invoice.terms} {invoice.total} {invoice.currency}; declared CIF, "
            f"the items still add up to {value.amount}",
        ),
        Text(
            "按发票条款填成交方式并另填运保费，或把运保费计入价格",
            "Declare the terms of the invoice with charges beside it, or add them to the price",
        ),
        also=("trans_mode", Place("documents.invoice", field="terms")),
    )
