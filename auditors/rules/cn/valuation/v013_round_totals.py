from decimal import Decimal

from auditors.blocks import AttachedDocument, Invoice
from auditors.declaration import Item
from auditors.finding import Finding
from auditors.place import Place
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text

INVOICE = "00000001"
THOUSAND = Decimal(1000)


@rule(
    "CN-V013",
    zh="各项总价均为整千且无发票的，应核对是否估填",
    en="Totals that are all round thousands need an invoice behind them",
    basis="declarant-house#prices",
    severity="warning",
    status="logic",
)
def round_totals(
    items: tuple[Item, ...],
    attached_documents: tuple[AttachedDocument, ...],
    invoice: Invoice | None,
    facts: Facts,
) -> Finding | None:
    """Real sales rarely end in thousands line after line; estimated or split totals do.

    实际成交的各项总价很少都是整千，估填或拆分的价格才会如此。

    Wrong: 五项总价均为 five lines of 1000，未附发票 no invoice attached.
    Right: 各项总价 totals 1180.50, 2060, 975.20；或已附发票 or an invoice attached.
    Limits: only where every line is round; currencies without decimals are left out, there
        round thousands are usual. An invoice not yet attached counts as missing.
    局限：各项均为整千才提示；日元、韩元等无小数的币制不看；发票尚未上传的按无发票处理。
    """
    if len(items) < facts.value("cn.round_price.lines") or invoice is not None:
        return None
    if any(each.edoc_code == INVOICE for each in attached_documents):
        return None
    if not all(_round(item, facts) for item in items):
        return None
    first, *others = (Place("items", number, "total_price") for number, _ in enumerate(items, 1))
    return Finding(
        first,
        Text(
            f"{len(items)} 项总价均为整千，未附发票",
            f"The totals of all {len(items)} items are round thousands and no invoice is attached",
        ),
        Text(
            "按发票核对各项总价，并附上发票",
            "Check the totals against the invoice and attach it",
        ),
        also=tuple(others),
    )


def _round(item: Item, facts: Facts) -> bool:
    currency = facts.row("currency", item.currency or "")
    if not item.total_price or currency is None or currency.more["minor_units"] == "0":
        return False
    thousands = item.total_price / THOUSAND
    return thousands == thousands.to_integral_value()
