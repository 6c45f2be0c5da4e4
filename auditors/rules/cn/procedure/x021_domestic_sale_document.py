from auditors.declaration import Item, Licence
from auditors.finding import Finding
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text

DOCUMENTS = frozenset("ac")
AS_PER_TARIFF = "1"


@rule(
    "CN-X021",
    zh="加工贸易货物内销征税应有内销征税联系单(c)或保税核注清单(a)",
    en="Duty on a domestic sale rests on a levy form (c) or a verification list (a)",
    basis="cn-gacc-2019-18#31 cn-law-customs#33 cn-broker-practice#carry-over",
    only={"ie_flag": "I", "trade_country": "CHN", "trade_mode": "0245 0644 0844 0845"},
)
def domestic_sale_document(
    facts: Facts,
    trade_mode: str,
    items: tuple[Item, ...],
    licences: tuple[Licence, ...],
    manual_no: str | None,
) -> Finding | None:
    """Bonded materials sold at home are released from the manual by a document of customs.

    保税料件、边角料内销，凭内销征税联系单（c）或保税核注清单（a）从手册、账册核出并征税。

    Wrong: 0644 进料料件内销, 启运国 CHN, 征免 1, 随附单证 no c, no a.
    Right: 0644 进料料件内销, 启运国 CHN, 征免 1, 随附单证 a QD224826I000000123.
    Limits: looks at domestic sales of materials and scrap; logistics accounts (H or T with W in
    the sixth place) are exempt.
    局限：只看料件和边角料内销；物流账册（首位 H、T，第六位 W）除外。
    """
    if _on_logistics_account(manual_no):
        return None
    if not any(item.duty_mode == AS_PER_TARIFF for item in items):
        return None
    if any(licence.licence_code in DOCUMENTS for licence in licences):
        return None
    return Finding(
        "licences",
        Text(
            f"监管方式 {facts.name('trade_mode', trade_mode)} 征税，"
            "随附单证缺少保税核注清单(a)或内销征税联系单(c)",
            f"Duty is levied under customs procedure {trade_mode}, but neither a verification "
            "list (a) nor a levy form (c) is among the documents",
        ),
        Text("在随附单证补填代码 a 或 c 及其编号", "Add document code a or c with its number"),
        also=("trade_mode", "manual_no"),
    )


def _on_logistics_account(manual_no: str | None) -> bool:
    if not manual_no:
        return False
    return manual_no[0].upper() in "HT" and manual_no[5].upper() == "W"
