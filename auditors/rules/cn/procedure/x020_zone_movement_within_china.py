from auditors.finding import Finding, safe, suggested
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-X020",
    zh="特殊区域、场所与境内之间流转的启运国/运抵国应为中国",
    en="A movement between a zone or warehouse and the rest of China is from or to China",
    basis="cn-gacc-2019-18#20 cn-gacc-2019-18#9",
    severity="error*",
    status="unverified",
    only={"transport_mode": "0 1 7 8 H W X Y Z"},
)
def zone_movement_within_china(
    facts: Facts,
    transport_mode: str,
    trade_country: str,
    ie_port: str,
    customs_master: str,
    bill_no: str | None,
) -> Finding | None:
    """These modes of transport stand for movements inside the country, so nothing crosses.

    The origin of the goods may well be foreign; the country of dispatch or arrival is China.

    这些运输方式代码表示境内流转，没有实际进出境；原产国可以是境外，启运国/运抵国填中国（CHN）。

    Wrong: 运输方式 Y 保税港区, 启运国 DEU.
    Right: 运输方式 Y 保税港区, 启运国 CHN.
    Limits: judges only where the office of entry or exit lies in the customs district of the
    office of declaration. With a bill of lading the mode of transport may be the mistake, so the
    change is then only suggested. Mode T (comprehensive experimental zone) is not judged.
    局限：只在进出境关别与申报地海关同属一个关区时判断；填有提运单号的，错的可能是运输方式，更正仅供参考。
    运输方式 T（综合实验区）不判断。
    """
    if trade_country == "CHN" or ie_port[:2] != customs_master[:2]:
        return None
    offer = suggested if bill_no else safe
    return Finding(
        "trade_country",
        Text(
            f"运输方式 {facts.name('transport_mode', transport_mode)} 为境内流转，"
            f"启运国/运抵国(地区)应为 CHN 中国，现填 {facts.name('country', trade_country)}",
            f"Mode of transport {transport_mode} stays within the country: the country of "
            f"dispatch or arrival is CHN; {trade_country} is entered",
        ),
        Text(
            "启运国/运抵国(地区)改填 CHN；实际进出境的，改正运输方式",
            "Enter CHN; if the goods do cross the border, correct the mode of transport",
        ),
        also=("transport_mode",),
        expected="CHN",
        fixes=(offer("trade_country", "CHN"),),
    )
