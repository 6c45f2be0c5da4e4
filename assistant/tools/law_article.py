"""An article or an instrument by its name or number, as it stood on the day asked about."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from assistant.shelf import Shelf
from assistant.tools.law_named import Wanted, unknown, wanted
from assistant.tools.law_said import Found, found, way_out
from assistant.tools.saying import told
from assistant.tools.tool import Tool
from assistant.turn import Sentence, Turn, Worked
from knowledge.text import Language, Text

BEFORE_AND_AFTER = re.compile(r"前后|before and after|either side")
MOST_DAYS = 2


def answer(turn: Turn, shelf: Shelf) -> Worked | None:
    """Return an article as of each day asked about, or what is law instead."""
    if turn.understood.kind == "audit":
        return None
    days, asked = _days(turn), wanted(turn, shelf)
    if not asked:
        number = unknown(turn, shelf)
        return _unknown(number, turn.lang) if number else None
    looked = [(day, each, found(each, day, turn.lang, shelf)) for day in days for each in asked]
    known = [each for _, _, each in looked if each.state in ("in force", "not in force")]
    return Worked(
        tool=TOOL.name,
        sentences=tuple(_told(looked, turn.lang, several=len(days) > 1)),
        data={"found": [_record(*each, shelf) for each in looked]},
        status="answer" if known else "abstain",
        suggestions=_next(looked, turn, shelf),
    )


def _days(turn: Turn) -> tuple[date, ...]:
    named = tuple(dict.fromkeys(turn.understood.mentions.days))[:MOST_DAYS]
    if len(named) > 1:
        return named
    if named and BEFORE_AND_AFTER.search(turn.understood.text):
        return (named[0] - timedelta(days=1), named[0])
    return (turn.understood.day or (named[0] if named else turn.day),)


def _told(
    looked: list[tuple[date, Wanted, Found]], lang: Language, *, several: bool
) -> Iterator[Sentence]:
    """The sentences, each article's first one with its day where two days are asked about."""
    said: set[str] = set()
    for day, _, each in looked:
        for at, sentence in enumerate(each.sentences):
            if sentence.text in said:
                continue
            said.add(sentence.text)
            if several and at == 0 and str(day) not in sentence.text:
                sign = "：" if lang == "zh" else ": "
                sentence = sentence._replace(
                    text=f"{day}{sign}{sentence.text}", shown=(*sentence.shown, str(day))
                )
            yield sentence


def _record(day: date, asked: Wanted, each: Found, shelf: Shelf) -> dict[str, Any]:
    source = shelf.library.source(each.id)
    known = [place for place in source.places if place.isdigit()] if source else []
    record = {"law": each.id, "place": asked.place, "day": str(day), "state": each.state}
    return {**record, "articles": known}


def _next(looked: list[tuple[date, Wanted, Found]], turn: Turn, shelf: Shelf) -> tuple[str, ...]:
    """Where a law has ended, what changed that day may be asked next."""
    ask = Text("{}起有什么变化？", "What changed on {}?").said_in(turn.lang)
    gone = (shelf.library.source(each.id) for _, _, each in looked if each.state == "not in force")
    ends = (source.span.until for source in gone if source)
    return tuple({ask.format(day + timedelta(days=1)): None for day in ends if day})


def _unknown(number: str, lang: Language) -> Worked:
    text = Text(
        f"资料库没有收录文号为{number}的公告或令，不能说它写了什么",
        f"No announcement or order numbered {number} is held here, so what it says cannot be told",
    )
    return Worked(
        tool="law_article",
        sentences=(told(text, lang, shown=(number,)), way_out(lang)),
        data={"found": [{"law": "", "place": "", "number": number, "state": "unknown law"}]},
        status="abstain",
    )


TOOL = Tool("law_article", explicit=True, answer=answer)
