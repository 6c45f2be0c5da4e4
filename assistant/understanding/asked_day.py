"""The day a question asks about, where it names one itself and not as an input of a calculation."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from assistant.turn import Kind
from assistant.understanding.message import Message
from assistant.understanding.slots import Slot

MONTH = re.compile(
    r"(?<![\d.-])((?:19|20)\d\d)\s*(?:年|[-/.])\s*(\d{1,2})(?:\s*月份?(?!\s*\d)|(?![\d\s]*[-/.日号\d]))"
)
BEFORE = re.compile(r"^\s*(?:以前|之前|前|那之前)(?!\d)")
AFTER = re.compile(r"^\s*(?:以后|之后|后)(?!\d)")
SINCE = re.compile(r"^\s*(?:起|开始|以来)")
EN_BEFORE = re.compile(r"\b(?:before|until|up to|prior to)\s+(?:the\s+)?$")
EN_AFTER = re.compile(r"\bafter\s+(?:the\s+)?$")
END_OF_YEAR = re.compile(r"^\s*年?底|^\s*年末")
START_OF_YEAR = re.compile(r"^\s*年?初")
ASKED = re.compile(
    r"^\s*(?:年|月|日|号|当天)?\s*(?:的?(?:时候|那会儿?|那时|时|规定|税率|法|政策|标准|版本|汇率|比例|办法|规则)|那年|那时候"
    r"|年?底|年?初|以前|之前|以后|之后|起|的话|有效|执行|适用|还|是|,|，|\?|呢|\Z)"
)
ASKED_BEFORE = re.compile(
    r"(?:截至|截止|按照?|依照?|根据|在|于|as of|as at|back in|in|on|under|during|before|after|since|by)\s*(?:the\s+)?$"
)
FIRM = re.compile(r"(?:截至|as of|as at|back in)\s*$")
INPUT_BEFORE = re.compile(
    r"(?:进境|进口|到港|到货|抵港|靠港|运抵|装船|装货|开船|启运|申报|报关|缴款|缴税|税单|填发|开出|开的|签发|放行|入境|离港|进仓|"
    r"卸货|卸毕|审结|通知书|日期|货物?|船|收到|发出|签订|合同|买的?|购买|生产|出运|交了?|缴了?|"
    r"arriv\w*|enter\w*|lodged|declared|issued|paid|notice|dated|received|sail\w*|loaded|loading|imported|bought|"
    r"exported|released|entry|vessel|ship|goods|cargo|invoice|signed|notified)\s*(?:日期|日|时间|是|为|在|于|的|了|:|on|date|is|was|the|of)*\s*$"
)
INPUT_AFTER = re.compile(
    r"^\s*(?:年|月|日|号|当天)?\s*(?:才|就|[,，]?\s*已?经?)?(?:进境|进口|出口|到港|到货|抵港|靠港|运抵|装船|开船|启运|申报|报关|缴|填发|开|签|放行|入境|"
    r"离港|进仓|卸|审结|收到|发|买|购|生产|出运|交|到|进|报|的?(?:税单|缴款书|货|单子|报关单|发票|合同|提单|产地证|设备|船)|进的|"
    r"(?:it )?(?:arriv|enter|lodg|declar|was|were))"
)


def day_asked(message: Message, slots: Sequence[Slot], kind: Kind, today: date) -> date | None:
    """Return the day a question asks about, or nothing where it does not say.

    A year or a month is taken at its middle; before and after it, at the nearest day.

    Args:
        message: the question.
        slots: what it names.
        kind: of the question; the days of a calculation are its inputs.
        today: the day it is asked.
    """
    worked = kind in ("calculation", "deadline")
    found = {each for each in _days(message.low, slots, worked, today) if each != today}
    return found.pop() if len(found) == 1 else None


def _days(low: str, slots: Sequence[Slot], worked: bool, today: date) -> Iterator[date]:
    for slot in slots:
        if (
            slot.kind == "day"
            and low[slice(*slot.place)][-1:] != "天"
            and slot.said.isascii() | ("月" in slot.said)
        ):
            day = date.fromisoformat(slot.value)
            if _meant(low, *slot.place, worked):
                yield _moved(low, *slot.place, day, day)
    for found in MONTH.finditer(low):
        year, month = int(found[1]), int(found[2])
        taken = any(
            slot.kind in ("day", "law") and slot.place.start <= found.start() < slot.place.end
            for slot in slots
        )
        if 1 <= month <= 12 and not taken and _meant(low, *found.span(), worked):
            first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
            yield _moved(low, *found.span(), first, last)
    for slot in slots:
        month_follows = MONTH.match(low, slot.place.start)
        if slot.kind == "year" and not month_follows and _meant(low, *slot.place, worked):
            yield _of_year(low, *slot.place, int(slot.value), today)


def _meant(low: str, start: int, end: int, worked: bool) -> bool:
    before, after = low[max(0, start - 24) : start], low[end : end + 16]
    if FIRM.search(before):
        return True
    if INPUT_BEFORE.search(before) or INPUT_AFTER.match(after):
        return False
    named = ASKED.match(after) or ASKED_BEFORE.search(before)
    told = re.match(r"^\s*(?:年|日|号)?\s*(?:的?(?:时候|规定|那会|那时)|那年)", after)
    return bool(told) if worked else bool(named or start == 0 or not worked)


def _of_year(low: str, start: int, end: int, year: int, today: date) -> date:
    after = low[end:]
    if END_OF_YEAR.match(after):
        return date(year, 12, 31)
    if START_OF_YEAR.match(after):
        return date(year, 1, 1)
    moved = _moved(low, start, end, date(year, 1, 1), date(year, 12, 31))
    return today if year == today.year and moved == date(year, 7, 2) else moved


def _moved(low: str, start: int, end: int, first: date, last: date) -> date:
    """The middle of a period, the day before it, or the first of or after it."""
    before, after = low[max(0, start - 16) : start], low[end:]
    if (BEFORE.match(after) or EN_BEFORE.search(before)) and first > date.min:
        return first - timedelta(days=1)
    if SINCE.match(after) or re.search(r"\bsince\s+$", before):
        return first
    if (AFTER.match(after) or EN_AFTER.search(before)) and last < date.max:
        return last + timedelta(days=1)
    return first + (last - first) / 2 if first != last else first
