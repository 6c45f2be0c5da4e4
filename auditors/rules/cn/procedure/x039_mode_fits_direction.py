from auditors.finding import Finding
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text

EXPORTED = frozenset(["0265", "0664", "0864", "0865"])
"""Materials and scrap of processing that leave China again; the others are imports."""
RECORD_LISTS = frozenset("23")
DIRECTIONS = {"I": Text("进口", "import"), "E": Text("出口", "export")}


@rule(
    "CN-X039",
    zh="监管方式应与进出口方向一致",
    en="The customs procedure fits the direction of the declaration",
    severity="error*",
    status="unverified",
    basis="cn-gacc-2019-18#14 cn-sw-parameters#trade_mode",
    only={"ie_flag": "I E", "trade_mode": "0265 0664 0864 0865 0245 0644 0844 0845 9500 9700"},
)
def mode_fits_direction(
    ie_flag: str, trade_mode: str, decl_trn_rel: str | None, facts: Facts
) -> Finding | None:
    """Materials and scrap sent back abroad are exports; those sold inside China are imports.

    料件、边角料复出按出口申报；料件、边角料内销，特许权使用费后续征税和后续补税按进口申报。

    Wrong: 出口 0644; 进口 0664.
    Right: 进口 0644; 出口 0664.
    Limits: knows only procedures whose purpose gives them one direction. Record lists of zones
    are passed over: they may mirror the movement of the other side.
    局限：只看方向由用途决定的监管方式；特殊区域的备案清单可能与对方报关单方向相对，不作判断。
    """
    direction = "E" if trade_mode in EXPORTED else "I"
    if ie_flag == direction or decl_trn_rel in RECORD_LISTS:
        return None
    said, fitting = DIRECTIONS[ie_flag], DIRECTIONS[direction]
    return Finding(
        "trade_mode",
        Text(
            f"监管方式 {facts.name('trade_mode', trade_mode)} 用于{fitting.zh}，"
            f"进出口标志却是 {ie_flag} {said.zh}",
            f"Customs procedure {trade_mode} is for {fitting.en}, "
            f"but the declaration is an {said.en}",
        ),
        Text("核对监管方式和进出口标志", "Check the customs procedure and the direction"),
        also=("ie_flag",),
    )
