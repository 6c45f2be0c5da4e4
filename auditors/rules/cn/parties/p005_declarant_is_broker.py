from auditors.finding import Finding
from auditors.rule import rule
from knowledge.text import Text

BROKER = "8"
"""Sixth character of the customs registration code of a broker (报关企业)."""


@rule(
    "CN-P005",
    zh="代理报关的申报单位应为报关企业",
    en="A unit that declares for another firm is a customs broker",
    basis="cn-gacc-2019-18#48 cn-gacc-order-253#general",
    severity="warning",
    status="unverified",
)
def declarant_is_broker(
    agent_code: str,
    trade_code: str | None,
    agent_uscc: str | None,
    trade_uscc: str | None,
    agent_name: str | None,
    trade_name: str | None,
) -> Finding | None:
    """Only a firm filed as a broker may declare for others; its code has 8 in the sixth place.

    代理他人报关须备案为报关企业，其海关编码第6位为 8。自理报关（申报单位即境内收发货人）不受此限。

    Wrong: 申报单位海关编码 3122260099 (a private trader) declaring for another firm.
    Right: 申报单位海关编码 3122280077, or the domestic party declaring for itself.
    Limits: parties with the same code, credit code or name are taken for one firm. A firm filed
        both as trader and as broker may keep a code with another sixth character: a warning only.
    局限：海关编码、信用代码或名称相同的视为同一企业。同时备案为收发货人和报关企业的，编码第6位可能不是 8，
    故仅为警告。
    """
    agent = (agent_code, agent_uscc, agent_name)
    trade = (trade_code, trade_uscc, trade_name)
    if agent_code[5] == BROKER or _one_firm(agent, trade):
        return None
    return Finding(
        "agent_code",
        Text(
            f"申报单位海关编码 {agent_code} 第6位为 {agent_code[5]}，不是报关企业，"
            "且与境内收发货人不是同一企业",
            f"Declaring unit: customs registration code {agent_code} has {agent_code[5]} as its "
            "sixth character, not that of a broker, and it is not the domestic party",
        ),
        Text(
            "核对申报单位，或确认其已备案为报关企业",
            "Check the unit, or that it is filed as a broker",
        ),
        also=("trade_code",),
    )


def _one_firm(agent: tuple[str | None, ...], trade: tuple[str | None, ...]) -> bool:
    return any(
        ours is not None and ours == theirs for ours, theirs in zip(agent, trade, strict=True)
    )
