"""What a question demands that an answer must hold: a length of time, a penalty, a figure."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from knowledge.passage import Passage
from knowledge.text import Language


class Demand(NamedTuple):
    """What words demand, in plain spelling, and what then must stand in a passage."""

    asking: re.Pattern[str]
    held: re.Pattern[str]
    worth: float
    """What it costs in log-odds that a passage lacks it."""


LISTED = re.compile(r"^\s*\d{1,2}[.、)]\s*|\[[^\[\]]*\]", re.MULTILINE)
"""Numbers of steps and citations are no figures of a text."""
LENGTH = re.compile(
    r"[\d一二三四五六七八九十半]\s*(?:个?工作日|个?月|[天日年]|小时|周)|\d[- ]?(?:working |calendar )?(?:day|month|year|hour|week)s?\b|"
    r"星期|\bwednesday\b|次月|长期有效|无限期"
)
DEMANDS: Mapping[str, Demand] = {
    "length": Demand(
        re.compile(
            r"多久|多长时间|几(?:天|日|年|个月|个?工作日|小时)|有效期|时效|"
            r"\bhow (?:long|soon|many (?:working )?(?:days|months|years|hours))\b|\bby when\b|"
            r"\bdeadline\b|\bwithin what time\b|\btime limit\b"
        ),
        LENGTH,
        -1.5,
    ),
    "penalty": Demand(
        re.compile(
            r"怎么罚|罚多少|罚款多少|罚几|会不会罚|\b(?:what|how much|which) .{0,12}(?:fine|penalty)\b"
        ),
        re.compile(r"罚|\bfine[ds]?\b|\bpenal"),
        -2.0,
    ),
    "figure": Demand(
        re.compile(
            r"(?<!大)多少(?!.{0,3}(?:天|日|年|月))|上限|下限|限额|限值|封顶|"
            r"\bhow (?:much|many)\b|\b(?:ceiling|limits?|cap|threshold)\b(?! of authority)"
        ),
        re.compile(r"\d"),
        -1.0,
    ),
}


def lacking(written: str, passage: Passage, lang: Language) -> float:
    """Return what it costs in log-odds that a passage lacks what a question demands; none above 0.

    Args:
        written: the question, in plain spelling.
        passage: in question.
        lang: the language the answer is given in.
    """
    demanded = [each for each in DEMANDS.values() if each.asking.search(written)]
    if not demanded:
        return 0.0
    text = _bare(passage, lang)
    return min((each.worth for each in demanded if not each.held.search(text)), default=0.0)


@lru_cache(maxsize=4096)
def _bare(passage: Passage, lang: Language) -> str:
    """What a passage says, without what is no part of its matter."""
    said = LISTED.sub("", passage.text.said_in(lang) or passage.text.zh).lower()
    if passage.kind == "service":
        # a telephone number answers no question for a figure
        return re.sub(
            r"(?:010-)?(?:12360|95198)", "", f"{passage.title.said_in(lang).lower()} {said}"
        )
    return said
