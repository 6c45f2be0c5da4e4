"""The day a text says it takes force: a day, the day it is made public, or an event."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from knowledge.importing.days import CHINESE_DAY, ENGLISH_DAY, days_in
from knowledge.importing.pieces import Kind, Piece
from knowledge.numerals import SIGNS, number_of

BEGINS = re.compile(
    rf"(?P<subject>[^。；，,\n）)》]{{0,30}}?)[自从于]\s?(?P<when>{CHINESE_DAY}|[^。；，\n]{{2,40}}?之日)\s?"
    r"(?:[（(]含[^）)]*[)）])?(?:零时)?起(?P<later>[0-9一二三四五六七八九十]{1,3}[日天]后)?\s?(?:正式)?"
    r"(?:施行|实施|执行|生效)$"
)
WORDS = re.compile(r"施行|实施|执行|生效")
MOST = 200
"""Most places of one piece that are looked at, from its end."""
ROOM = 120
"""Characters before these words in which subject and day stand."""
OWN = re.compile(r"(?:本[\u4e00-\u9fff]{1,24}|[上以][述上]规定)$")
"""What takes force: this text and no other."""
LABEL = re.compile(
    rf"^(?:第[{SIGNS} ]{{1,12}}条(?:之[{SIGNS}])?|[{SIGNS}]{{1,4}}、|[{SIGNS}]{{1,3}}[.．]|Article \d+)\s*"
)
OUTSIDE = frozenset(("preamble", "closing", "text"))
"""Pieces in which the text speaks of itself without saying so: 现予公布，自…起施行."""
PUBLIC = re.compile(r"(?:公布|发布|印发|颁布|公告|下发)之日$")
ENGLISH = re.compile(
    rf"(?:into force|take effect|(?:be|become|is) effective|be implemented)\s+(?:on|as of|from)\s+(?P<when>{ENGLISH_DAY})",
    re.I,
)


class Force(NamedTuple):
    """What a text says of the day it takes force."""

    day: date | None = None
    days_after: int | None = None
    """Days after it is made public: 0 for the same day."""
    event: str = ""
    """An event other than that, in the words of the text."""

    def on(self, promulgated: date | None) -> date | None:
        """Return the day, where it follows from what is known."""
        if self.day or self.days_after is None or promulgated is None:
            return self.day
        return promulgated + timedelta(days=self.days_after)


def force_of(pieces: Iterable[Piece]) -> Force:
    """Return what the text itself says; what annexes say of themselves counts for nothing."""
    own = [each for each in pieces if each.kind not in {"page", "annex"}]
    for piece in reversed([each for each in own if not each.place.startswith("annex")]):
        text = piece.text
        found = next((match for match in _begins(text) if _is_own(match, piece.kind)), None)
        if found:
            return _force(found)
        if english := ENGLISH.search(text):
            return Force(day=next(days_in(english["when"])).day)
    return Force()


def _begins(text: str) -> Iterator[re.Match[str]]:
    """Yield what may be said of the day, the last of it first."""
    for word in reversed(list(WORDS.finditer(text))[-MOST:]):
        if match := BEGINS.search(text, max(word.start() - ROOM, 0), word.end()):
            yield match


def _is_own(match: re.Match[str], kind: Kind) -> bool:
    subject = LABEL.sub("", match["subject"].strip(" （(")).strip()
    if OWN.search(subject):
        return True
    unsaid = not subject or subject.endswith(("公布", "发布"))
    return kind in OUTSIDE and unsaid and next(days_in(match["when"]), None) is not None


def _force(match: re.Match[str]) -> Force:
    when = match["when"]
    later = number_of(match["later"][:-2]) if match["later"] else 0
    if day := next(days_in(when), None):
        return Force(day=day.day)
    if PUBLIC.search(when):
        return Force(days_after=later)
    return Force(event=when)
