"""What a question asks for that no law or guide can say: one case, one moment, a price, one article."""

import re
from collections.abc import Mapping
from datetime import date

YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
ASKS: Mapping[str, re.Pattern[str]] = {
    "record": re.compile(
        r"(?<!\d)\d{18}(?!\d)|(?<![a-z])[a-z]{4}\d{7,}(?!\d)|(?<![a-z])[b-h]\d{11}(?!\d)"
    ),
    "state": re.compile(
        r"到哪一?步|批了|审到|出来没|放行了[吗没么]|放了没|到了没|什么时候能?放|还剩|还欠|余量|"
        r"帮我(?:看|查)|哪个关员|派了谁|为什么被(?:布控|查验|抽中)|上次|"
        r"^(?:has|was|were|did) (?:my|our|the)\b|^when will (?:my|our|the)\b|\bhas\b.{0,40}\bbeen\b|"
        r"\b(?:left|stuck) in\b|\bbeen stuck\b|\bwhich officer\b|\b(?:my|our) .{0,30}\bapproved\b"
    ),
    "later": re.compile(
        r"明年|后年|下半年|下个月(?!\d|.{0,4}(?:前|日))|将来|未来|\bnext (?:year|month)\b|\bin future\b"
    ),
    "hours": re.compile(
        r"几点(?!.{0,8}(?:装|开船|申报|报))|上班|下班|下般|加班|关门|营业(?!执照)|排队|拥堵|堵了|"
        r"\bopening hours\b|\b(?:open|closed) (?:on|at|until)\b|\bhow long is the (?:queue|wait)"
    ),
    "price": re.compile(
        r"服务费|代理费|海运费(?:现在|多少|一|报)|换单费|滞箱费|堆存费|地磅费|租金|工资|薪水|注册费|(?<!申)报价|"
        r"最便宜|费率最低|多少钱(?:一|$)|\bsalary\b|\bcheapest\b|\bdemurrage\b|"
        r"\bbrokers?\b.{0,30}\bcharge|\bhow much (?:does|do) .{0,40}\b(?:charge|cost)"
    ),
    "choice": re.compile(
        r"推荐|靠谱的|最专业|最好的|哪家|\brecommend|\bbest (?:broker|forwarder|insurer)|"
        r"\bwhich (?:insurer|broker|forwarder|bank is)"
    ),
    "tally": re.compile(
        r"概率|几率|可能性多大|多少(?:起|万吨|亿|车次|辆|柜)|(?:出口|进口)额|[去前]年.{0,12}(?:多少|几)|"
        r"\bchance\b|\blikelihood\b|\bhow many tons\b|\blast year\b"
    ),
    "company": re.compile(
        r"[\u3400-\u9fff]{2,}(?:有限公司|集团|股份)|\b(?:co\.,? ?ltd|inc\.|gmbh)"
    ),
    "article": re.compile(
        r"归到|归入|归哪(?!个?部门|里管)|应该归|税号是|(?:编码|编号|税号)是?(?:几|多少)(?!位)|哪个税号|"
        r"\bwhich hs code\b|\bwhat hs code\b|\bclassify (?:it|this|my)\b"
    ),
    "rate": re.compile(
        r"(?:税率|汇率|退税率|消费税)[^,。?;]{0,8}(?:多少|几|降到|升到)|\bduty rate (?:for|of|on)\b|"
        r"\brebate rate\b|\bexchange rate (?:for|of) [a-z]{3}\b|\b(?:vat|tariff|tax|duty) rates? .{0,30}\bbe\b"
    ),
}
"""What is asked for, and the words of a question in plain spelling that tell."""


def particulars(written: str, day: date) -> tuple[str, ...]:
    """Return the names of the particulars that a question in plain spelling asks for.

    >>> particulars("2028年的关税税率会降到多少", date(2026, 11, 21))
    ('later', 'rate')
    """
    found = {name for name, asking in ASKS.items() if asking.search(written)}
    if any(int(year) > day.year for year in YEAR.findall(written)):
        found.add("later")
    return tuple(name for name in ASKS if name in found)
