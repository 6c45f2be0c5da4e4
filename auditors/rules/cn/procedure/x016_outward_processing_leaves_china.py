from auditors.declaration import Item
from auditors.finding import Finding
from auditors.place import Place
from auditors.rule import rule
from knowledge.text import Text


@rule(
    "CN-X016",
    zh="出料加工出境的运抵国和最终目的国通常在境外",
    en="Outward processing normally arrives, and is destined, abroad",
    basis="cn-gacc-2019-18#20 cn-broker-practice#countries",
    severity="info",
    status="disputed",
    only={"ie_flag": "E", "trade_mode": "1427"},
)
def outward_processing_leaves_china(
    trade_country: str | None, items: tuple[Item, ...]
) -> Finding | None:
    """Goods sent out for processing really leave; broker software all the same asks for CHN.

    The specification has China entered only where nothing crosses the border, so the practice
    and the article disagree. This is for information and never an error.

    出料加工货物实际出境，按填制规范运抵国应为境外；有的报关软件却要求填中国（CHN）。
    两种说法不一，仅供参考，不作差错。

    Wrong: 出口 export, 1427 出料加工, 运抵国 CHN.
    Right: 出口 export, 1427 出料加工, 运抵国 VNM.
    Limits: sources disagree; ask the office of declaration which of the two it wants.
    局限：来源不一致，以申报地海关要求为准。
    """
    places = [Place("header", 0, "trade_country")] if trade_country == "CHN" else []
    places += [
        Place("items", number, "destination_country")
        for number, item in enumerate(items, 1)
        if item.destination_country == "CHN"
    ]
    if not places:
        return None
    first, *others = places
    return Finding(
        first,
        Text(
            "监管方式 1427 出料加工为实际出境，运抵国(地区)或最终目的国(地区)填了 CHN 中国",
            "Outward processing (1427) leaves the country, yet the country of arrival or of final "
            "destination is CHN",
        ),
        Text(
            "各方要求不一，向申报地海关确认",
            "Sources disagree: ask the office of declaration",
        ),
        also=tuple(others),
    )
