"""Which instrument and which article a question asks for, and nothing but that."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.shelf import Shelf
from assistant.tools.asking import asked_in, left_over, size
from assistant.turn import Turn
from knowledge.importing.held import Held
from knowledge.importing.known_laws import bare
from knowledge.index.references import (
    ARTICLE,
    NUMBER_FIRST,
    ORDER,
    YEAR_FIRST,
    issuer_in,
    numbers_in,
)
from knowledge.index.terms import plain
from knowledge.law import asked_of, names_of
from knowledge.library import Library

MOST = 3
"""Articles answered at once."""
INSTRUMENT = re.compile(
    r"法(?!检)|条例|令|公告|办法|规定|规范|规则|细则|税则|law|regulation|order|decree|announcement|measures|"
    r"rules|specification|notice|gacc|mofcom|cn-[a-z]+-"
)
LOOK_UP = (
    r"公告|总署令|署令|总署|海关|gacc|customs|announcement|order|decree|notice|no\.|mofcom|商务部",
    r"第?\d{1,3}号令?|第\d+[款项点]|法条|条文|原文|全文|内容|条款|规定|说|讲|写|要求|意思|解释|提到",
    r"有效|现行|失效|废止|作废|取消|施行|生效|实施|执行|以前|当时|现在|今天|目前|之前|之后|前后|旧的?|新的?|还|用|日期|"
    r"时候|那天|当天|代替|替代|取代|版本|到底|具体|第(?=\s)|大概|主要|关于",
    r"\b(?:say|says|said|state|states|text|wording|content|contents|article|articles|art|in force|valid|"
    r"repealed|replaced|show|tell|about|effective|effect|regulation|number|under|day|still|law|quote|"
    r"provide|provides|apply|applies|read|reads|before|after|now|today|then|current|take|date|mean|"
    r"means|year|instead|rule|rules|measures|explain|digest)\b",
)
SAYS = re.compile(
    r"怎么规定|如何规定|规定了?什么|说了?什么|什么内容|原文|条文|what does|what did|text of|wording of"
)
OTHER = re.compile(r"怎么办|怎么算|多少钱|要不要|能不能|how much|what should|can i|can we")
ROOM, ROOM_WHEN_ASKED = 6, 16
"""How much else a question that names an article may hold: at most, and where it asks what it says."""
BESIDE_WHOLE = 2
SEVERAL = re.compile(r"(\d{1,3})\s*条?\s*(?=[、,和与及]\s*第?\d{1,3}\s*条)")
SEVERAL_ENGLISH = re.compile(r"(\bart(?:icle)?s?\.?\s*\d{1,3})\s*(?:,|and|&)\s*(\d{1,3})(?!\d)")
PARTING = re.compile(r"[、，,;；和与及]|\band\b|\bversus\b|\bvs\b")


class Wanted(NamedTuple):
    """An article of one of several instruments that may be meant."""

    ids: tuple[str, ...]
    place: str
    """Empty where the whole instrument is meant."""


def wanted(turn: Turn, shelf: Shelf) -> tuple[Wanted, ...]:
    """Return what a question looks up; nothing where it asks for something else beside."""
    text = _parted(plain(asked_in(turn)))
    ids = _meant(text, _laws(turn, text, shelf), shelf.library)
    if not ids:
        return ()
    found = tuple(_pairs(text, shelf)) or tuple(
        Wanted(ids, place) for place in _places(turn, text) or ("",)
    )
    if ids[0] not in {name for each in found for name in each.ids}:
        found = tuple(Wanted(ids, place) for place in _places(turn, text) or ("",))
    return found[:MOST] if _looks_up(text, found, shelf) else ()


def unknown(turn: Turn, shelf: Shelf) -> str:
    """Return the number of an instrument that is looked up and that nobody here has; else nothing."""
    text = _parted(plain(asked_in(turn)))
    if _meant(text, _laws(turn, text, shelf), shelf.library) or not INSTRUMENT.search(text):
        return ""
    numbers = numbers_in(text)
    named = [*numbers.announcements, *numbers.orders]
    return named[0] if named and size(_rest(text, (), shelf)) <= BESIDE_WHOLE + 1 else ""


def _laws(turn: Turn, text: str, shelf: Shelf) -> tuple[str, ...]:
    named = asked_of(text, shelf.library).ids
    return tuple(dict.fromkeys((*turn.understood.mentions.laws, *named, *_imported(text, shelf))))


def _imported(text: str, shelf: Shelf) -> Iterator[str]:
    """Instruments of the site that the pack does not know, by their titles."""
    for held in shelf.texts.held() if shelf.texts else ():
        if shelf.library.source(held.id) is None and plain(bare(held.title)) in text:
            yield held.id


def _meant(text: str, ids: tuple[str, ...], library: Library) -> tuple[str, ...]:
    """Those of the named most fully: by id, by number and issuer, or by the longest name."""
    if by_id := tuple(name for name in ids if name in text):
        return by_id
    numbers, issuer = numbers_in(text), issuer_in(text)
    ends = [f"order-{each}" for each in numbers.orders] + [*numbers.announcements]
    if numbered := [name for name in ids if any(name.endswith(f"-{end}") for end in ends)]:
        return tuple(name for name in numbered if not issuer or f"-{issuer}-" in name)
    if ends and INSTRUMENT.search(text) and not any(_length(name, text, library) for name in ids):
        return ()
    lengths = {name: _length(name, text, library) for name in ids}
    best = max(lengths.values(), default=0)
    return tuple(name for name in ids if lengths[name] == best)[: None if best else 1]


def _length(id: str, text: str, library: Library) -> int:
    source = library.source(id)
    return max((len(name) for name in names_of(source) if name in text), default=0) if source else 0


def _parted(text: str) -> str:
    """`第24、25条` as `第24条、25条`."""
    text = SEVERAL.sub(r"\1条", text)
    return SEVERAL_ENGLISH.sub(r"\1, article \2", text)


def _places(turn: Turn, text: str) -> tuple[str, ...]:
    written = numbers_in(text).articles[:1] or tuple(re.findall(r"#([\w.-]+)", text))
    return written or turn.understood.mentions.articles[:1]


def _pairs(text: str, shelf: Shelf) -> Iterator[Wanted]:
    """Each article with the instrument named before it."""
    ids: tuple[str, ...] = ()
    for piece in PARTING.split(text):
        ids = _meant(piece, asked_of(piece, shelf.library).ids, shelf.library) or ids
        places = numbers_in(piece).articles[:1]
        if ids and places:
            yield Wanted(ids, places[0])


def _looks_up(text: str, found: tuple[Wanted, ...], shelf: Shelf) -> bool:
    ids = tuple(dict.fromkeys(name for each in found for name in each.ids))
    beside = size(_rest(text, ids, shelf))
    if any(each.place for each in found):
        asked = SAYS.search(text) and not OTHER.search(text)
        return beside <= (ROOM_WHEN_ASKED if asked else ROOM)
    return beside <= BESIDE_WHOLE and bool(INSTRUMENT.search(text))


def _rest(text: str, ids: tuple[str, ...], shelf: Shelf) -> str:
    sources = [source for source in map(shelf.library.source, ids) if source]
    names = [name for source in sources for name in names_of(source)]
    names += [*ids, *(plain(bare(held.title)) for held in _held(ids, shelf)), "中华人民共和国"]
    shapes = (r"#[\w.-]+", YEAR_FIRST.pattern, NUMBER_FIRST.pattern, ORDER.pattern, ARTICLE.pattern)
    rest = left_over(text, names)
    for shape in (*shapes, *LOOK_UP):
        rest = re.sub(shape, " ", rest)
    return re.sub(r"(?<!\d)\d{1,4}(?:-\d+)*(?!\d)|[年月日号]", " ", rest)


def _held(ids: tuple[str, ...], shelf: Shelf) -> Iterator[Held]:
    return (held for held in (shelf.texts.held() if shelf.texts else ()) if held.id in ids)
