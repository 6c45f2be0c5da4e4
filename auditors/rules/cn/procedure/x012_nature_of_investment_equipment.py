from auditors.finding import Finding
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text

EXPECTED = frozenset({"101", "789", "799"})


@rule(
    "CN-X012",
    zh="进口投资设备的征免性质为789、799或101",
    en="Investment equipment is imported under nature of levy 789, 799 or 101",
    basis="cn-gacc-2019-18#15 cn-broker-practice#levy",
    severity="warning",
    only={"ie_flag": "I", "trade_mode": "2025 2225"},
)
def nature_of_investment_equipment(facts: Facts, trade_mode: str, cut_mode: str) -> Finding | None:
    """Equipment brought in as investment is relieved as an encouraged project or pays in full.

    合资合作设备、外资设备物品要么按鼓励项目（789）、自有资金（799）减免，要么一般征税（101）。

    Wrong: 2225 外资设备物品, 征免性质 502 来料加工.
    Right: 2225 外资设备物品, 征免性质 789 鼓励项目.
    Limits: newer relief policies may have natures of their own; a warning only, imports only.
    局限：新的减免税政策可能另有征免性质，故只作警告；只看进口。
    """
    if cut_mode in EXPECTED:
        return None
    return Finding(
        "cut_mode",
        Text(
            f"监管方式 {facts.name('trade_mode', trade_mode)} 的征免性质一般为 789、799 或 101，"
            f"现填 {facts.name('nature_of_levy', cut_mode)}",
            f"Customs procedure {trade_mode} usually has nature of levy 789, 799 or 101; "
            f"{cut_mode} is entered",
        ),
        Text("按《征免税证明》核对征免性质", "Check it against the relief certificate"),
        also=("trade_mode",),
    )
