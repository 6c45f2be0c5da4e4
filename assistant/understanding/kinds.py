"""What kind of message it is, told by the patterns of `kinds.txt`, the first that fits."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Literal, NamedTuple, cast, get_args

from assistant.turn import Kind
from assistant.understanding.message import HAN, Message
from assistant.understanding.phrases import Phrases, Place
from assistant.understanding.slots import Slot
from assistant.understanding.vocabulary import TABLES
from knowledge.errors import PackError

FILE = Path(__file__).with_name("kinds.txt")
INJECTION = "injection"
NEAR = {"~": (2, 6), "..": (12, 40), "...": (2_000, 2_000)}
"""How far apart the two sides of a pattern may stand: amid Chinese, and in English."""
MOST = 40
"""Places of one list that are looked at."""
MOST_CLAUSES = 24
JOINT = re.compile(r"\s(\.{2,3}|~|&)\s")
CLAUSE = re.compile(
    r"(?:(?!\band\b|\bthen\b|然后|并且)[^,，.;!?:。、…])+(?:[,，.;!?:。、…\s]|\band\b|\bthen\b|然后|并且)*"
)
PASTED = re.compile(
    r'^\s*(?:[\[{]\s*"|<\?xml|<dec|<\w*message)|"header"\s*:|dechead|declists', re.I
)
LABELLED = 4
"""So many labels of the form, each with its value, make a pasted draft."""


class Pattern(NamedTuple):
    """One line of a kind."""

    sign: Literal["+", "-", "!", "*"]
    parts: tuple[str, ...]
    """Names of lists."""
    joints: tuple[str, ...]


class Section(NamedTuple):
    """A kind and its lines."""

    kind: str
    patterns: tuple[Pattern, ...]


class Kinds:
    """The patterns, ready for use."""

    def __init__(self, text: str) -> None:
        self.lists: dict[str, tuple[str, ...]] = {}
        self.sections: list[Section] = []
        for number, line in enumerate(text.splitlines(), 1):
            try:
                self._read(line.strip())
            except (KeyError, ValueError, IndexError) as fault:
                said = f"line {number} cannot be read: {fault}"
                raise PackError(FILE, said, "See the head of the file") from None
        named = [(word, name) for name, words in self.lists.items() for word in words]
        self._phrases = Phrases(named)
        self._taken_in = [(name, word[1:]) for word, name in named if word.startswith("@")]

    def _read(self, line: str) -> None:
        if not line or line.startswith("#"):
            return
        if line.startswith("["):
            self.sections.append(Section(_kind(line.strip("[] ")), ()))
        elif line.startswith("= "):
            name, _, words = line[2:].partition(":")
            self.lists[name.strip()] = tuple(self._words(words.split(",")))
        else:
            kind, patterns = self.sections[-1]
            self.sections[-1] = Section(kind, (*patterns, self._pattern(line)))

    def _pattern(self, line: str) -> Pattern:
        sign = cast(Literal["+", "-", "!", "*"], line[0])
        if sign not in ("+", "-", "!", "*") or line[1:2] != " ":
            raise ValueError(f"it begins with {line[:2]!r}")
        if sign == "*":
            names = re.findall(r"@\w+", line)
            rest = re.sub(r"@\w+", "", line[1:]).split("/")
            return Pattern(sign, (*(name[1:] for name in names), self._list(rest)), ())
        said = JOINT.split(line[2:])
        parts = tuple(self._list(part.split(" / ")) for part in said[::2])
        return Pattern(sign, parts, tuple(said[1::2]))

    def _list(self, words: Iterable[str]) -> str:
        """The name of a list, made where the words are written into a pattern."""
        words = [word.strip() for word in words if word.strip()]
        if len(words) == 1 and words[0].startswith("@"):
            return words[0][1:]
        name = " / ".join(words)
        self.lists.setdefault(name, tuple(self._words(words)))
        return name

    def _words(self, words: Iterable[str]) -> Iterator[str]:
        for word in map(str.strip, words):
            if word.startswith("@") and not word[1:].isupper():
                yield from self.lists[word[1:]]
            elif word:
                yield word

    def look(self, message: Message, slots: Iterable[Slot]) -> "Seen":
        """Return where the words of every list stand in a message."""
        found: dict[str, list[Place]] = defaultdict(list)
        for place, names in self._phrases.all(message.low):
            for name in names:
                if len(found[name]) < MOST:
                    found[name].append(place)
        for name, place in _worked_out(message, slots):
            found[name].append(place)
        for name, other in self._taken_in:
            if other in found:
                found[name] += found[other]
        places = {name: sorted(each) for name, each in found.items()}
        return Seen(message.low, 0 if HAN.search(message.low) else 1, places)

    def kind(self, seen: "Seen") -> Kind:
        """Return the first kind of the file that fits; a question where none does."""
        for section in self.sections:
            if section.kind != INJECTION and seen.fits(section):
                return cast(Kind, section.kind)
        return "question"

    def injected(self, message: Message) -> bool:
        """Whether a clause tells the assistant what to be or to forget."""
        seen = self.look(message, ())
        return any(seen.fits(each) for each in self.sections if each.kind == INJECTION)


class Seen(NamedTuple):
    """Where the words of every list stand in a message."""

    low: str
    tongue: int
    places: Mapping[str, list[Place]]

    def fits(self, section: Section) -> bool:
        """Whether a message is of the kind of a section."""
        signs: dict[str, list[Pattern]] = defaultdict(list)
        for pattern in section.patterns:
            signs[pattern.sign].append(pattern)
        if any(map(self._stands, signs["!"])) or any(map(self._wholly, signs["*"])):
            return not signs["*"] or not any(map(self._stands, signs["-"]))
        return any(map(self._stands, signs["+"])) and not any(map(self._stands, signs["-"]))

    def _stands(self, pattern: Pattern) -> bool:
        here = self.places.get(pattern.parts[0], [])
        for joint, name in zip(pattern.joints, pattern.parts[1:], strict=True):
            there = self.places.get(name, [])
            if not here or not there:
                return False
            here = there if joint == "&" else self._after(here, there, NEAR[joint][self.tongue])
        return bool(here)

    def _after(self, here: list[Place], there: list[Place], near: int) -> list[Place]:
        """Of the later places those that stand after an earlier one, and near enough."""
        ends = sorted(place.end for place in here)
        kept = []
        for place in there:
            number = bisect_left(ends, place.start - near)
            if number < len(ends) and ends[number] <= place.start:
                kept.append(place)
        return kept

    def _wholly(self, pattern: Pattern) -> bool:
        if not self.places.get(pattern.parts[0]):
            return False
        covered = bytearray(len(self.low))
        for name in pattern.parts:
            for start, end in self.places.get(name, []):
                covered[start:end] = b"\x01" * (end - start)
        return all(held or not sign.isalnum() for held, sign in zip(covered, self.low, strict=True))


def _worked_out(message: Message, slots: Iterable[Slot]) -> Iterator[tuple[str, Place]]:
    """The lists that are no words."""
    low = message.low
    yield "START", Place(0, 0)
    yield "END", Place(len(low.rstrip(" ?!.。~,，")), len(low))
    if PASTED.search(low) or len(re.findall(r"[\w)]\s*[:=]\s*[^\s,]", low)) >= LABELLED * 2:
        yield "PASTED", Place(0, len(low))
    for slot in slots:
        yield from ((name, slot.place) for name in _names(slot, low))


def _names(slot: Slot, low: str) -> Iterator[str]:
    if slot.amount:
        yield "AMOUNT"
        if slot.amount.unit == "" or slot.amount.unit.isupper():
            yield "MONEY"
        elif slot.amount.unit in ("days", "workdays", "weeks", "months"):
            yield "TIME"
    elif slot.kind in TABLES:
        said = low[slot.place.start : slot.place.end]
        yield "CODE"
        yield (
            "NUMBER"
            if re.search(r"\d", said) or len(said) == 1 or said.upper() == slot.value
            else "NAME"
        )
        if slot.kind == "country" and slot.value not in ("CHN", "HKG", "TWN", "MAC"):
            yield "FOREIGN"
    elif slot.kind in ("day", "tariff", "rule"):
        yield slot.kind.upper()


def clauses(message: Message) -> list[Message]:
    """Return the first clauses of a message."""
    places = [found.span() for found in islice(CLAUSE.finditer(message.low), MOST_CLAUSES)]
    return [Message(*(each[start:end] for each in message)) for start, end in places] or [message]


def _kind(name: str) -> str:
    if name not in (*get_args(Kind), INJECTION):
        raise ValueError(f"there is no kind {name}")
    return name


@lru_cache(maxsize=1)
def kinds() -> Kinds:
    """Return the patterns that come with the package, read once.

    Raises:
        PackError: a line of the file cannot be read.
    """
    return Kinds(FILE.read_text("utf-8"))
