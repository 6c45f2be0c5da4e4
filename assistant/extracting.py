"""Sentences taken from entries and passages, each with its citations."""

import re
from collections.abc import Iterator, Sequence

from assistant.choosing import ENTRIES, too_early
from assistant.shelf import Shelf
from assistant.turn import Sentence, Turn
from assistant.wording import TO_BE_CONFIRMED
from knowledge.index.index import Hit
from knowledge.index.terms import terms
from knowledge.passage import Passage
from knowledge.text import Language, Text

CITED = re.compile(r"\s*\[([a-z0-9][^\[\]\s]*#?[^\[\]]*)\]")
LABEL = re.compile(r"^(?:短答|简答|是什么|Short answer|What it is)\s*[:：]\s*", re.IGNORECASE)
HEADING = re.compile(r"^(?:步骤|做法|Steps|What to do)\s*[:：]?\s*$", re.IGNORECASE)
ENDING = re.compile(r"(?<=[。！？；])|(?<=[.!?;])\s+|\n+")
LONGEST = 280
"""Characters taken of one passage."""
UNREVIEWED = frozenset(("unverified",))
WHOLE = frozenset(("term", "service", "field"))
"""Kinds of passage that are said with their title, as their text alone says too little."""


def from_entry(entry: Passage, turn: Turn, shelf: Shelf) -> tuple[Sentence, ...]:
    """Return a problem or measure in its own words, a sentence for each line.

    A line that leans only on law that comes later than the day asked about is left out.
    """
    said = (_line(line, entry, turn.lang) for line in entry.text.said_in(turn.lang).splitlines())
    return tuple(
        each for each in said if each is not None and not too_early(each.cites, turn.day, shelf)
    )


def beside(hits: Sequence[Hit], turn: Turn, shelf: Shelf) -> tuple[Sentence, ...]:
    """Return what is said beside an entry of passages that fit about as well, each by its name."""
    return tuple(
        _by_name(hit.passage, first, turn.lang)
        for hit in hits
        for first in _first_of(hit, turn, shelf)
    )


def _first_of(hit: Hit, turn: Turn, shelf: Shelf) -> tuple[Sentence, ...]:
    if hit.passage.kind in ENTRIES:
        return from_entry(hit.passage, turn, shelf)[:1]
    return from_passages([hit], turn.understood.text, turn.lang)


def _by_name(passage: Passage, first: Sentence, lang: Language) -> Sentence:
    title = passage.title.said_in(lang)
    if passage.kind not in ENTRIES:
        return first
    named = Text(f"如果问的是“{title}”：{first.text}", f"If you mean “{title}”: {first.text}")
    return first._replace(text=named.said_in(lang))


def from_passages(hits: Sequence[Hit], question: str, lang: Language) -> tuple[Sentence, ...]:
    """Return what passages say that bears on a question, the best passage first."""
    wanted = frozenset(terms(question))
    said = (_of_passage(hit.passage, wanted, lang) for hit in hits)
    return tuple(dict.fromkeys(each for each in said if each is not None))


def marked(text: str, statuses: Iterator[str] | Sequence[str], lang: Language) -> str:
    """Return a sentence that says of itself, where what bears it out is not confirmed."""
    mark = TO_BE_CONFIRMED.said_in(lang)
    unsure = any(status in UNREVIEWED for status in statuses)
    return f"{text.rstrip('。.')}{mark}" if unsure and mark.strip() not in text else text


def _line(line: str, entry: Passage, lang: Language) -> Sentence | None:
    bare = line.strip()
    if not bare or HEADING.match(bare):
        return None
    cites = [each for found in CITED.findall(bare) for each in re.split(r"[,;，；\s]+", found)]
    text = LABEL.sub("", CITED.sub("", bare)).strip()
    status = entry.status if "待核实" in text or "to be confirmed" in text else ""
    return Sentence(marked(text, [status], lang), (*filter(None, cites), entry.id))


def _of_passage(passage: Passage, wanted: frozenset[str], lang: Language) -> Sentence | None:
    said = passage.text.said_in(lang) or passage.text.zh
    text = " ".join(said.split()) if len(said) <= LONGEST else _best(said, wanted)
    if not text.strip():
        return None
    return Sentence(marked(_titled(passage, text, lang), [passage.status], lang), (passage.id,))


def _titled(passage: Passage, text: str, lang: Language) -> str:
    title = passage.title.said_in(lang) or passage.title.zh
    if passage.kind == "source":
        place = _place(passage.place, lang)
        return f"{title}{place}：{text}" if lang == "zh" else f"{title}{place}: {text}"
    if passage.kind == "term" and passage.place:
        return text
    return f"{title}：{text}" if lang == "zh" else f"{title}: {text}"


def _place(place: str, lang: Language) -> str:
    """`第24条`, ` art. 24`; nothing for a place that is a word."""
    if not re.fullmatch(r"\d+(?:\.\d+)*", place):
        return ""
    return Text(f"第{place}条" if "." not in place else f"（{place}）", f", {place}").said_in(lang)


def _best(said: str, wanted: frozenset[str]) -> str:
    """The sentences of a long passage that share most with the question, in their order."""
    pieces = [piece.strip() for piece in ENDING.split(said) if piece and piece.strip()]
    worth = [len(wanted.intersection(terms(piece))) / (len(piece) + 40) ** 0.5 for piece in pieces]
    order = sorted(range(len(pieces)), key=lambda n: -worth[n])
    kept: set[int] = set()
    length = 0
    for number in order:
        if kept and length + len(pieces[number]) > LONGEST:
            continue
        kept.add(number)
        length += len(pieces[number])
    return " ".join(pieces[number] for number in sorted(kept))[: LONGEST * 2]
