"""A message that leans on the conversation, made into a question that stands alone."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from assistant.turn import Said
from assistant.understanding.exchanging import exchange
from assistant.understanding.kinds import Kinds, Seen, kinds
from assistant.understanding.message import HAN, Message, message, nearest
from assistant.understanding.slots import Slot
from assistant.understanding.vocabulary import TABLES

FILE = Path(__file__).with_name("leaning.txt")
LONGEST, MOST_WORDS = 24, 12
"""Chinese characters, or English words, of the longest message that leans."""
EARLIER = 6
"""Messages of the asker that are looked back on."""
TOPICS = frozenset(["term", "field", "rule", "tariff", "law"])
"""What a question may be about on its own."""
MARKS = re.compile(
    r"^(?:那么?|and|or|but|so|what about|how about|what if|如果是?|要是|换成)[\s,，]*"
    r"|[\s?!.。~]+$|呢[\s?!.。~]*$",
    re.I,
)
"""What shows that a message goes on from before."""
WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
END = re.compile(r"[\s?!.。,，;~]+$")
ASKS_BACK = re.compile(
    r"请给出|请告诉|请说明|请补充|请选|补充监管方式|please (?:give|say|tell|choose)|tell me|may settle it"
    r"|[?？]\s*(?:$|\n)",
    re.I,
)
"""What the assistant says where it asks for what it lacks."""
SUPPOSED = re.compile(r"的话|呢\b|\bif\b")
WANTS = re.compile(r"[?]|吗|怎么|如何|什么|为什么|\b(?:what|how|why|where|which|can|does|is)\b")
POLITE = re.compile(
    r"^(?:好的?|嗯+|哦+|明白了?|知道了|懂了|收到|谢谢你?|谢了|多谢|ok(?:ay)?|thanks|thank you|got it"
    r"|i see)[\s,，.!。;~]+"
)
Look = Callable[[Message], tuple[Slot, ...]]


class Whole(NamedTuple):
    """A question that stands alone."""

    text: Message
    follows: bool
    asks: bool = False
    """Whether the message that leans asks something of its own: `去哪交`."""


class Followups:
    """Completes messages that lean; made once from the words of `leaning.txt`."""

    def __init__(self, text: str) -> None:
        self._words = Kinds(text)

    def whole(self, said: Message, history: Sequence[Said], look: Look) -> Whole:
        """Return a message as a question standing alone.

        Args:
            said: the message.
            history: the conversation before it.
            look: what finds the things a message names.
        """
        before = self._before(history, look) if len(said.low) <= LONGEST * 8 else None
        if before is None:
            return Whole(said, follows=False)
        return self._after(said, before, look, asked_back=_asked_back(history))

    def _before(self, history: Sequence[Said], look: Look) -> Message | None:
        """The last question, itself made whole."""
        standing: Message | None = None
        asked = [at for at, each in enumerate(history) if each.role == "user"][-EARLIER:]
        for at in asked:
            said = nearest(message(history[at].content))
            if not said or self._polite(said):
                continue
            back = _asked_back(history[:at])
            standing = self._after(said, standing, look, back).text if standing else said
        return standing

    def _polite(self, said: Message) -> bool:
        """Whether a message only greets, thanks or nods."""
        return self._words.kind(self._words.look(said, ())) == "thanks"

    def _after(self, said: Message, before: Message, look: Look, asked_back: bool) -> Whole:
        if polite := POLITE.match(said.low):
            said = Message(*(each[polite.end() :] for each in said))
        if not said or not _short(said.low):
            return Whole(said, follows=False)
        slots, seen = _plainest(look(said)), self._words.look(said, ())
        if asked_back and not seen.places.get("asking") and not WANTS.search(said.low):
            return Whole(self._joined(before, said, asks=False), follows=True)
        earlier = look(nearest(before))
        if not _leans(said, slots, seen, earlier):
            joins = (
                self._without_matter(said, slots)
                or _supposes(said, slots, seen)
                or (_gives(said, slots, seen) and _reckons(before, earlier))
            )
            joined = self._joined(before, said, asks=False) if joins else said
            return Whole(joined, follows=joins, asks=joins)
        asks = _asks(seen, slots)
        exchanged = exchange(before, earlier, slots)
        if exchanged is None or asks:
            exchanged = self._joined(exchanged or before, said, asks)
        return Whole(exchanged, follows=True, asks=asks)

    def _without_matter(self, said: Message, slots: Sequence[Slot]) -> bool:
        """Whether a message has no word of the trade and names nothing, but does say something."""
        trade = kinds().look(said, ()).places.get("trade")
        named = any(slot.kind not in ("amount", "day", "year") for slot in slots)
        of_itself = kinds().kind(kinds().look(said, ())) == "question"
        return of_itself and not trade and not named and len(said.low) > 1

    def _joined(self, before: Message, said: Message, asks: bool) -> Message:
        """An earlier question and what is asked of it now, in the place of what was asked before."""
        bare = END.sub("", before.said)
        if asks:
            seen = self._words.look(Message(bare, before.low[: len(bare)]), ())
            ends = [place for place in seen.places.get("ending", []) if place.end == len(bare)]
            if ends and (start := min(place.start for place in ends)) > 2:
                bare = END.sub("", bare[:start])
        comma = "，" if HAN.search(said.said) else ", "
        return message(f"{bare}{comma}{said.said if asks else MARKS.sub('', said.said)}")


def _asked_back(history: Sequence[Said]) -> bool:
    """Whether the last thing said is the assistant's and asks for what it lacks."""
    if not history or history[-1].role != "assistant":
        return False
    return ASKS_BACK.search(history[-1].content) is not None


def _gives(said: Message, slots: Sequence[Slot], seen: Seen) -> bool:
    """Whether a message gives a day or an amount and asks nothing: `2026-11-02进境`."""
    given = any(slot.kind in ("day", "amount") for slot in slots)
    return given and not seen.places.get("asking") and not WANTS.search(said.low)


def _reckons(before: Message, slots: Iterable[Slot]) -> bool:
    """Whether an earlier question is one that days and amounts are given for."""
    return kinds().kind(kinds().look(before, slots)) in ("calculation", "deadline")


def _supposes(said: Message, slots: Sequence[Slot], seen: Seen) -> bool:
    """Whether a message gives an earlier question another day: `完成申报是11月3号的话是哪天`."""
    given = any(slot.kind in ("day", "amount") for slot in slots)
    return given and bool(seen.places.get("asking")) and SUPPOSED.search(said.low) is not None


def _leans(said: Message, slots: Sequence[Slot], seen: Seen, earlier: Sequence[Slot]) -> bool:
    """Whether a message says too little to stand alone."""
    first = any(place.start == 0 for place in seen.places.get("on", []))
    on = first or END.sub("", said.low).endswith("呢")
    rest = _rest(said, slots, seen)
    points, asks = bool(seen.places.get("back")), bool(seen.places.get("asking"))
    own = {slot.kind for slot in slots if slot.kind in TOPICS}
    kinds, known = {slot.kind for slot in slots}, {slot.kind for slot in earlier}
    if own:
        return on and rest <= 1 and not asks and bool(own & known)
    if on or points:
        return rest <= 4 if points or not asks else rest <= 1
    if kinds and not asks:
        return rest <= 1 and kinds <= known
    return asks and rest == 0 and kinds <= {"article", "direction", "transport_mode"}


def _plainest(slots: Sequence[Slot]) -> list[Slot]:
    """Things named, without the terms that are rows of a code table as well."""
    rows = {slot.place for slot in slots if slot.kind in TABLES}
    return [slot for slot in slots if slot.kind != "term" or slot.place not in rows]


def _asks(seen: Seen, slots: Iterable[Slot]) -> bool:
    """Whether a message asks something, beside what it names."""
    named = [slot.place for slot in slots]
    return any(
        all(place.end <= other.start or other.end <= place.start for other in named)
        for place in seen.places.get("asking", [])
    )


def _short(low: str) -> bool:
    return len(HAN.findall(low)) <= LONGEST and len(WORD.findall(low)) <= MOST_WORDS


def _rest(said: Message, slots: Iterable[Slot], seen: Seen) -> int:
    """How much of a message is neither named nor little: characters, or English words twice."""
    covered = bytearray(len(said.low))
    places = [slot.place for slot in slots]
    for name in ("on", "back", "asking", "little"):
        places += seen.places.get(name, [])
    for start, end in places:
        covered[start:end] = b"\x01" * (end - start)
    left = "".join(" " if held else sign for held, sign in zip(covered, said.low, strict=True))
    return len(HAN.findall(left)) + 2 * len(re.findall(r"[a-z0-9]{2,}", left))


@lru_cache(maxsize=1)
def followups() -> Followups:
    """Return what completes messages that lean, read once."""
    return Followups(FILE.read_text("utf-8"))
