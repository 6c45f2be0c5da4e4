from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.customs_procedures import usual_nature
from knowledge.facts import Facts
from knowledge.text import Text

WHOLE_VEHICLE_OR_PARTS = frozenset({"118", "119"})


@rule(
    "CN-X006",
    zh="无备案号的一般贸易进口征免性质一般为101",
    en="Imports of general trade without a record usually have nature of levy 101",
    basis="cn-gacc-2019-18#15 cn-broker-practice#levy",
    severity="warning",
    only={"ie_flag": "I", "trade_mode": "0110 3339"},
)
def usual_nature_of_import(
    facts: Facts, trade_mode: str, cut_mode: str, manual_no: str | None
) -> Finding | None:
    """Without a relief certificate ordinary goods pay duty in full: 101 general levy.

    没有《征免税证明》的一般贸易、免费提供货物按一般征税（101）办理。

    Wrong: 进口 import, 0110 一般贸易, 备案号 blank, 征免性质 299 其他法定.
    Right: 进口 import, 0110 一般贸易, 备案号 blank, 征免性质 101 一般征税.
    Limits: relief and special levies (401 to 898, 997 to 999, 118, 119) pass, so a relief
    entered by mistake is not seen here.
    局限：减免税和专门征税性质（401 至 898、997 至 999、118、119）一律放过，误填的减免税性质这里看不出。
    """
    usual = usual_nature(facts, "I", trade_mode)
    if manual_no or cut_mode == usual or _has_its_own_ground(cut_mode):
        return None
    return Finding(
        "cut_mode",
        Text(
            f"监管方式 {facts.name('trade_mode', trade_mode)} 未填备案号，征免性质一般为 {usual}，"
            f"现填 {facts.name('nature_of_levy', cut_mode)}",
            f"Customs procedure {trade_mode} without a record number usually has nature of levy "
            f"{usual}; {cut_mode} is entered",
        ),
        Text(
            "核对征免性质；确有减免依据的，保留并备妥证明",
            "Check the nature of levy; where there is ground for relief keep it and have the proof ready",
        ),
        also=("trade_mode",),
        expected=usual,
    )


def _has_its_own_ground(cut_mode: str) -> bool:
    """Return whether a nature of levy may stand beside an ordinary procedure."""
    return "401" <= cut_mode <= "898" or cut_mode >= "997" or cut_mode in WHOLE_VEHICLE_OR_PARTS
