"""How tools word a sentence: shortened, with its days, and marked where it is not confirmed."""

import re
from datetime import date

from assistant.turn import Sentence
from assistant.wording import TO_BE_CONFIRMED
from knowledge.law import STATUSES
from knowledge.sources import Source
from knowledge.span import Span
from knowledge.text import Language, Text

UNSURE = frozenset(("unverified", "disputed"))
ENDS = ("。", "！", "？", ".", "!", "?", "；", "：", ":")
BRACKETED = re.compile(r"[(（].*[)）]$")
LONGEST_TITLE = 26
DATED = re.compile(r"\d{4}-\d\d-\d\d")


def told(text: Text, lang: Language, *cites: str, shown: tuple[str, ...] = ()) -> Sentence:
    """Return a sentence in one language; the days it names need no source."""
    said = text.said_in(lang).strip()
    said = said if said.endswith(ENDS) else said + ("。" if lang == "zh" else ".")
    return Sentence(said, cites, (*shown, *DATED.findall(said)))


def shortened(text: str, most: int) -> str:
    """Return a text on one line, cut after a clause where it is longer than so many characters.

    >>> shortened("一二三，四五六，七八九", 8)
    '一二三，四五六…'
    """
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    clause = max(cut.rfind(sign) for sign in "，。；、,;. ")
    return f"{cut[: clause if clause > most // 2 else most - 1]}…"


def confirmed(status: str) -> Text:
    """Return the mark of what is not confirmed; empty where it is."""
    return TO_BE_CONFIRMED if status in UNSURE else Text("", "")


def standing(status: str) -> Text:
    """Return how well a digest is known, in brackets; empty where it was read in the text."""
    if status == "verified":
        return Text("", "")
    known = STATUSES.get(status, STATUSES["unverified"])
    return Text(f"（{known.zh}）", f" ({known.en})")


def titled(source: Source) -> Text:
    """Return the title of an instrument, a long one without its brackets."""
    zh = source.title.zh
    zh = BRACKETED.sub("", zh) if len(zh) > LONGEST_TITLE else zh
    bare = zh.removeprefix("中华人民共和国")
    return Text(f"《{bare}》" if "#" not in bare else bare, source.title.en)


def lasting(span: Span) -> Text:
    """Return the days of a span in words; empty where neither end is known."""
    since, until = _day(span.since), _day(span.until)
    if since and until:
        return Text(f"{since}至{until}有效", f"in force {since} to {until}")
    if since:
        return Text(f"{since}起施行", f"in force since {since}")
    return Text(f"{until}止", f"in force until {until}") if until else Text("", "")


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
