import re

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.ports import CHINA, country_of, is_domestic
from knowledge.facts import Facts
from knowledge.text import Text

FORWARDED = re.compile(
    r"转运|中转|转口|转船|途经|经由|经停|\b(?:TRANSIT|VIA)\b", re.IGNORECASE | re.ASCII
).search
"""A note that tells of carriage through another country."""


@rule(
    "CN-R011",
    zh="进口的启运国应与启运港或经停港所在国一致",
    en="The country of dispatch of an import is that of its port of loading or of call",
    basis="cn-gacc-2019-18#17 cn-gacc-2019-18#20 cn-gacc-2019-18#21 cn-broker-practice#countries",
    severity="warning",
    only={"ie_flag": "I", "crossing": True},
)
def dispatched_from_port(
    facts: Facts,
    trade_country: str,
    desp_port_code: str,
    transit_port_code: str | None,
    note: str | None,
) -> Finding | None:
    """Goods leave the country of dispatch through one of its ports, or are sold on where they call.

    Goods from abroad are not loaded at a port in China.

    货物一般从启运国的港口启运；在中转国发生交易的，启运国为中转国。两个港口都不在启运国的，多有一处填错。
    从境外启运的货物，启运港不会是境内口岸。

    Wrong: 启运国 DEU, 启运港 and 经停港 in JPN; 启运国 DEU, 启运港 310001.
    Right: 启运国 DEU, 启运港 DEU061; or 启运港 DEU061, 经停港 SGP001.
    Limits: the first three letters of a port code are taken for its country; where they are no
        country it is silent. Inland countries and hinterlands ship through a neighbour's port
        (Switzerland through Rotterdam): a note that tells of it keeps the rule silent.
    局限：以港口代码前三个字母为所在国，不是国别代码的不判断。内陆国和腹地货物从邻国港口装船是正常的
    （如瑞士经鹿特丹），备注写明转运的不提示。
    """
    loaded = CHINA if is_domestic(desp_port_code) else country_of(facts, desp_port_code)
    if loaded is None or trade_country == loaded:
        return None
    called = country_of(facts, transit_port_code or "")
    if loaded != CHINA and (trade_country == called or FORWARDED(note or "")):
        return None
    return Finding(
        "trade_country",
        Text(
            f"启运国 {trade_country} 与启运港 {desp_port_code}、经停港 {transit_port_code or '空'}不符",
            f"Country of dispatch {trade_country} is neither that of the port of loading "
            f"{desp_port_code} nor of the last port {transit_port_code or '(blank)'}",
        ),
        Text(
            "核对启运国和启运港；经第三国装船的，在备注中写明",
            "Check both; if the goods were shipped through a third country, say so in the notes",
        ),
        also=("desp_port_code", "transit_port_code"),
    )
