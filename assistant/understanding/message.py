"""A message made clean for looking at: no marks that hide or colour text, one spelling beside it."""

import html
import re
import unicodedata
from typing import NamedTuple

from knowledge.index.terms import LONGEST, TRADITIONAL

TAG = re.compile(r"<[a-zA-Z!/?][^<>]{0,200}>")
DRAFT = re.compile(r"\s*<(?:\?xml|dec)", re.I)
"""The beginning of a draft in XML: its tags are no colouring."""
HIDDEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufe00-\ufe0f\ufeff\ufff0-\ufffd\ud800-\udfff\ue000-\uf8ff]"
)
"""Control characters, marks of direction, joiners, halves of characters, private signs."""
ALSO_TRADITIONAL = str.maketrans(
    "関録錄査滯納裝載離損壞補償結轉變換誤議從嗎辦誰沒給選樣訴複擔險遲簽聯繫廠輕嚴舉證據釋譯紙歸類",
    "关录录查滞纳装载离损坏补偿结转变换误议从吗办谁没给选样诉复担险迟签联系厂轻严举证据释译纸归类",
)
"""Beyond those of the index."""
BEGINNING, ENDING = 400, 200
"""Characters in which things are looked for."""
COMMA = "，"
"""Stays as it is: a narrow one may part thousands."""
WORDS = re.compile(r"[^\W_]")
HAN = re.compile(r"[\u3400-\u9fff]")


class Message(NamedTuple):
    """A message as said and, letter by letter beside it, in lower case and simplified."""

    said: str
    low: str

    def __bool__(self) -> bool:
        """Whether there is a word in it."""
        return WORDS.search(self.said) is not None


def message(text: str) -> Message:
    r"""Return a message made clean; at most its first 2,000 characters are looked at.

    >>> message("<b>毛重\u202e</b>怎麼填？\x00 ＣＩＦ")
    Message(said='毛重 怎麼填? CIF', low='毛重 怎么填? cif')
    """
    read = text[:LONGEST]
    pieces = (read if DRAFT.match(read) else html.unescape(TAG.sub(" ", read))).split(COMMA)
    bare = COMMA.join(unicodedata.normalize("NFKC", piece) for piece in pieces)
    bare = HIDDEN.sub("", bare)
    said = " ".join(bare.split())[:LONGEST]
    return Message(said, _low(said).translate(TRADITIONAL).translate(ALSO_TRADITIONAL))


def nearest(said: Message) -> Message:
    """Return the beginning and the end of a long message: what it wants stands in either."""
    if len(said.said) <= BEGINNING + ENDING:
        return said
    parts = (f"{each[:BEGINNING]} … {each[-ENDING:]}" for each in said)
    return Message(*parts)


def _low(said: str) -> str:
    """Lower case of the same length: a few capitals have small letters of two signs."""
    low = said.lower()
    if len(low) == len(said):
        return low
    return "".join(each.lower() if len(each.lower()) == 1 else each for each in said)
