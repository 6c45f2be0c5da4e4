"""What a question about changes of law is about: the days, the law and the matter."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from assistant.shelf import Shelf
from assistant.tools.asking import asked_in, left_over, size
from assistant.turn import Turn
from knowledge.changes import Days
from knowledge.index.terms import plain, terms
from knowledge.law import asked_of, names_of

CHANGED = re.compile(
    r"(?:什么|哪些|啥|哪里|多少).{0,6}(?:变化|变动|改动|调整|不同|不一样|新规|区别|差别|改变|变)|"
    r"(?:改|变|调整|修改)了?(?:什么|哪些|啥|哪里)|(?:有|的)(?:何|没有)?(?:变化|变动|区别|不同)|对比|"
    r"what(?:'s| is| has| have| was| were)?\s+(?:\w+\s+){0,3}"
    r"(?:changed?|changes|different|new|differs?)\b|"
    r"what (?:did|does|do|has|have) .{0,60}\b(?:change|alter|amend|modify)\b|"
    r"which .{0,30}(?:changed|changes|differ)|differences? (?:between|from|on)|"
    r"list .{0,12}changes|changes? (?:on|since|between|from|in|after|as of)|"
    r"(?:compare|comparison)"
)
FRAME = (
    CHANGED.pattern,
    r"以后|之后|以前|之前|以来|至今|当天|那天|开始|施行|实施|生效|执行|规定|政策|海关|申报|报关|通关|法规|法律",
    r"和|与|到|至|起|从|自|相比|比|哪些|什么|有|条文|前后|间|期间|新|旧|了|月|日|号|年|变化|今年|去年|明年",
    r"修改|调整|变|改",
    r"第?\d{1,3}号令?|公告|总署令?|商务部|内容|\b(?:announcement|order|decree|notice|no\.?|number|gacc|mofcom)\b",
    r"\b(?:on|since|between|from|in|after|before|as of|to|and|changed?|changes|rules?|laws?|customs|"
    r"days?|new|came|took|effect|into|force|when|list|come|versus|vs|has|have|been|chinese|china|"
    r"happened|of|the|differences?|different|compare|under|articles?|text|versions?|then|now|"
    r"jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|\d+)\b",
)
SINCE = re.compile(r"以来|至今|到现在|到今天|\bsince\b|until now|up to now")
YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年?(?![\d.\-/年月])")
MONTH = re.compile(r"(?<!\d)(20\d\d)年(\d{1,2})月(?!\d)")
TOPIC_ROOM = 14
"""How much matter a question may hold beside days and laws."""


class Asked(NamedTuple):
    """What a question about changes is about."""

    days: Days
    laws: tuple[str, ...]
    topic: frozenset[str]
    """Terms of a matter it is confined to."""


def asked_of_changes(turn: Turn, shelf: Shelf) -> Asked | None:
    """Return what is asked, or nothing where no change on known days is asked for."""
    text = plain(asked_in(turn))
    if not CHANGED.search(text):
        return None
    laws = turn.understood.mentions.laws[:2] or asked_of(text, shelf.library).ids[:1]
    days = _days(turn, text, laws, shelf)
    if days is None:
        return None
    sources = [source for source in map(shelf.library.source, laws) if source]
    names = [name for source in sources for name in names_of(source)]
    rest = left_over(text, names, FRAME)
    if size(rest) > TOPIC_ROOM:
        return None
    topic = frozenset(term for term in terms(rest) if len(term) > 1)
    return Asked(days, laws, topic)


def _days(turn: Turn, text: str, laws: tuple[str, ...], shelf: Shelf) -> Days | None:
    named = sorted(set(turn.understood.mentions.days))
    begun = [source.span.since for source in map(shelf.library.source, laws) if source]
    if len(named) > 1:
        return Days(named[0] + timedelta(days=1), named[-1])
    if named:
        # `12月1日关税法施行后`: the year is that of the law
        meant = [day for day in begun if day and (day.month, day.day) == named[0].timetuple()[1:3]]
        day = meant[0] if meant else named[0]
        last = max(day, turn.question.day) if SINCE.search(text) else day
        return Days(day, last)
    if found := MONTH.search(text):
        return _month(int(found[1]), int(found[2]))
    if begun and begun[0]:
        return Days(begun[0], begun[0])
    if found := YEAR.search(text):
        return Days(date(int(found[1]), 1, 1), date(int(found[1]), 12, 31))
    return None


def _month(year: int, month: int) -> Days | None:
    if not 1 <= month <= 12:
        return None
    after = date(year + month // 12, month % 12 + 1, 1)
    return Days(date(year, month, 1), after - timedelta(days=1))
