from auditors.finding import Finding, suggested
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-X019",
    zh="无实际进出境的监管方式不填实际运输方式",
    en="A procedure without a border crossing has no real mode of transport",
    basis="cn-gacc-2019-18#9",
    severity="error*",
    status="unverified",
)
def no_conveyance_without_crossing(
    facts: Facts, trade_mode: str, transport_mode: str
) -> Finding | None:
    """Carry-overs, domestic sales and supplementary duty move nothing over the border.

    Their mode of transport is a special code: 9 for other domestic movements, or that of the
    zone or warehouse concerned. Vessel, bill and ports are rightly blank then.

    结转、内销、后续补税等没有实际进出境，运输方式填 9（其他方式运输）或相应区域、场所的代码，
    运输工具、提运单号和港口留空是对的。

    Wrong: 0654 进料深加工, 运输方式 2 水路运输.
    Right: 0654 进料深加工, 运输方式 9 其他方式运输.
    Limits: which procedures cross is our reading of the table of procedures; the article has
    still to be read.
    局限：哪些监管方式无实际进出境系按代码表含义判断，条文待核。
    """
    mode, transport = (
        facts.row("trade_mode", trade_mode),
        facts.row("transport_mode", transport_mode),
    )
    if mode is None or mode.more["physical_border_crossing"] == "1":
        return None
    if transport is None or transport.more["entry_kind"] != "actual":
        return None
    return Finding(
        "transport_mode",
        Text(
            f"监管方式 {trade_mode} {mode.name.zh}无实际进出境，"
            f"运输方式却填 {transport_mode} {transport.name.zh}",
            f"Customs procedure {trade_mode} does not cross the border, yet mode of transport "
            f"{transport_mode} does",
        ),
        Text(
            "运输方式改填 9，或所在区域、场所的代码；实际进出境的，改正监管方式",
            "Enter 9 or the code of the zone or warehouse; if the goods do cross, correct the "
            "procedure",
        ),
        also=("trade_mode",),
        fixes=(suggested("transport_mode", "9"),),
    )
