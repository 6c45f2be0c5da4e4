import re
from datetime import date

from auditors.blocks import Contract
from auditors.finding import Finding
from auditors.rule import rule
from knowledge.span import Span
from knowledge.text import Text

INVESTMENT = re.compile(
    r"(?<![非无不])(?<!不是)(?<!不含)(?<!不属于)(?<!不涉及)(?:对外投资|实物投资|实物出资)"
    r"(?!有限|公司|集团|管理|控股|股份|企业|者|方)"
    r"|(?<!not an )(?<!no )(?:investment|capital contribution|contribution) in kind",
    re.IGNORECASE,
)
"""Words of an investment in kind, unless denied or part of the name of a company."""


@rule(
    "CN-X034",
    zh="以实物对外投资的出口应报对外投资（2210）",
    en="Goods exported as an investment in kind are declared as such (2210)",
    severity="warning",
    status="law",
    basis="cn-gacc-2017-investment#1",
    only={"ie_flag": "E", "trade_mode": "0110"},
    span=Span(since=date(2017, 9, 1)),
)
def investment_in_kind(note: str | None, contract: Contract | None) -> Finding | None:
    """Goods put into a business abroad are not sold, so they are no general trade.

    以实物作为对外投资出口的设备、物资不是买卖，不按一般贸易申报。

    Wrong: 出口 0110, 备注 “设备用于对外投资”.
    Right: 出口 2210, 备注 “设备用于对外投资”.
    Limits: reads only the notes and the gist of the contract for a few words. A denial, or a
    company whose name has the words, is passed over; a finding may still rest on a chance mention.
    局限：只在备注和合同要点中查找少数词语；否定说法和公司名称中的词语不算，仍可能因偶然提及而提示。
    """
    gist = contract.contract_text if contract else None
    said = (("note", "备注", "notes", note), ("contract", "合同要点", "contract", gist))
    for where, zh, en, text in said:
        if text and (found := INVESTMENT.search(text)):
            return _finding(where, Text(zh, en), found[0])
    return None


def _finding(where: str, holder: Text, words: str) -> Finding:
    return Finding(
        "trade_mode",
        Text(
            f"{holder.zh}写有“{words}”，监管方式却是 0110 一般贸易",
            f'The {holder.en} mention "{words}", but the customs procedure is 0110 general trade',
        ),
        Text(
            "属以实物对外投资的，监管方式改为 2210",
            "Where the goods are an investment in kind, change the customs procedure to 2210",
        ),
        also=(where,),
        expected="2210",
    )
