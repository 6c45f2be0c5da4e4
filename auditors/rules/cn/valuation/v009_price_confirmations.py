from auditors.finding import Finding
from auditors.rule import rule
from knowledge.text import Text

ANSWERS = frozenset("01")
PRICED = frozenset(["0110", "0245", "0644", "0844", "0845", "2025", "2225", "4019"])
"""Import procedures with a price to confirm: sales, purchased equipment, domestic sale."""
EXEMPT = frozenset(["0214", "0615", "0715"])
"""Import of materials for processing under bond."""
LABELS = {
    "special_relation_flag": Text("特殊关系确认", "Special relationship"),
    "price_effect_flag": Text("价格影响确认", "Influence on the price"),
    "royalty_flag": Text("支付特许权使用费确认", "Royalties paid"),
}


@rule(
    "CN-V009",
    zh="进口应填价格确认各项，出口和加工贸易料件免填",
    en="The price confirmations are answered on import, not on export or processing materials",
    basis="cn-gacc-2019-18#44 cn-gacc-2019-18#45 cn-gacc-2019-18#46 "
    "cn-broker-practice#confirmations",
)
def price_confirmations(
    ie_flag: str,
    trade_mode: str,
    special_relation_flag: str | None,
    price_effect_flag: str | None,
    royalty_flag: str | None,
) -> Finding | None:
    """Customs values imports that bear duty by their price and asks about it; elsewhere it does not.

    按价格计税的进口货物须确认价格条件；出口、加工贸易和保税货物免填。

    Wrong: 进口一般贸易，特殊关系确认 import of general trade, special relationship 9 or blank.
    Right: 进口一般贸易，特殊关系确认 import of general trade, special relationship 0.
    Limits: only procedures that surely are priced, or surely exempt, are judged. Influence on
        the price is asked for only where parties are related. Exempt goods with an answer are
        only pointed out: the specification frees from answering, it does not forbid it.
    局限：只判断明确应填或明确免填的监管方式；价格影响确认只在有特殊关系时要求。免填而填报的仅作
        提示：填制规范为“免予填报”，并未禁止。
    """
    held = {
        "special_relation_flag": special_relation_flag,
        "price_effect_flag": price_effect_flag,
        "royalty_flag": royalty_flag,
    }
    if ie_flag == "E" or trade_mode in EXEMPT:
        return _needless([field for field, answer in held.items() if answer in ANSWERS])
    if trade_mode not in PRICED or ANSWERS.issuperset(held.values()):
        return None
    if special_relation_flag != "1":
        del held["price_effect_flag"]
    return _unanswered([field for field, answer in held.items() if answer not in ANSWERS])


def _unanswered(fields: list[str]) -> Finding | None:
    if not fields:
        return None
    first, *others = fields
    named = _named(fields)
    return Finding(
        first,
        Text(f"{named.zh}未填", f"Not answered: {named.en}"),
        Text("逐项填 0（否）或 1（是）", "Answer each with 0 (no) or 1 (yes)"),
        also=tuple(others),
    )


def _needless(fields: list[str]) -> Finding | None:
    if not fields:
        return None
    first, *others = fields
    named = _named(fields)
    return Finding(
        first,
        Text(f"{named.zh}已填，此处免予填报", f"Answered though exempt: {named.en}"),
        Text("可清空这些栏目", "These fields may be left blank"),
        also=tuple(others),
        severity="info",
    )


def _named(fields: list[str]) -> Text:
    return Text(
        "、".join(LABELS[field].zh for field in fields),
        ", ".join(LABELS[field].en for field in fields),
    )
