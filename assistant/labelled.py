"""Labelled questions: what may become of each, and what a right answer holds."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec

from assistant.turn import Question, Said, Turn
from knowledge.errors import PackError
from knowledge.figures import Figure, figures
from knowledge.index.terms import plain
from knowledge.text import Language

ANSWER = "answer"


class Message(msgspec.Struct, frozen=True):
    """A message before the question."""

    role: str
    content: str


class Told(NamedTuple):
    """What an answer says."""

    written: str
    """In plain spelling."""
    figures: set[Figure]

    def holds(self, wording: str) -> bool:
        """Return whether it says a wording, not within a longer number or word, or its figures."""
        own, wording = figures(wording), plain(wording)
        if own and own <= self.figures:
            return True
        before = r"(?<![a-z0-9])(?<!\d\.)" if wording[:1].isascii() else ""
        after = r"(?!\.?\d)" if wording[-1:].isdigit() else ""
        return re.search(f"{before}{re.escape(wording)}{after}", self.written) is not None


class Labelled(msgspec.Struct, frozen=True):
    """A question with what is expected; a line of a sheet, which may say more."""

    id: str
    question: str
    as_of: date
    expect: str | tuple[str, ...]
    """What may become of it: `answer`, `abstain`, `clarify`, `refuse`, `handover`."""
    matter: str = ""
    """What it is about; wordings of one matter are learnt from or measured by together."""
    part: str = "fit"
    lang: Language | None = None
    history: tuple[Message, ...] = ()
    facts: tuple[tuple[str, ...], ...] = ()
    """Each fact in its wordings; a right answer holds one of every fact."""
    cites: tuple[str, ...] = ()
    """Places of which one is cited; a source without a place means any of its places."""
    forbidden: tuple[str, ...] = msgspec.field(name="not", default=())

    @property
    def put(self) -> Question:
        """The question as the desk takes it."""
        history = (
            Said("user" if e.role == "user" else "assistant", e.content) for e in self.history
        )
        return Question(self.question, self.as_of, history=tuple(history))

    def right(self, turn: Turn) -> bool:
        """Return whether an answer is one that was expected: its facts, and one of its places."""
        text = "\n".join(each.text for each in turn.sentences)
        said = Told(plain(text), figures(text) | figures(plain(text)))
        places = [place for each in turn.sentences for place in each.cites]
        return (
            ANSWER in ([self.expect] if isinstance(self.expect, str) else self.expect)
            and all(any(said.holds(way) for way in fact) for fact in self.facts)
            and not any(said.holds(word) for word in self.forbidden)
            and (not self.cites or any(_leads(p, w) for p in places for w in self.cites))
        )


def read(folder: Path, part: str) -> Iterator[Labelled]:
    """Yield the labelled questions of a part, from all sheets of a folder in the order of names.

    Raises:
        PackError: a line of a sheet cannot be read, or there is no sheet.
    """
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise PackError(folder, "no sheet of questions", "put *.jsonl files there")
    for file in files:
        try:
            every = msgspec.json.Decoder(Labelled).decode_lines(file.read_bytes())
        except msgspec.MsgspecError as fault:
            raise PackError(file, str(fault), "see benchmarks/answers/questions") from None
        yield from (each for each in every if each.part == part)


def _leads(cite: str, wanted: str) -> bool:
    """Whether a place is the wanted one, or a named place of the same order or announcement."""
    source, _, place = cite.partition("#")
    whole, _, at = wanted.partition("#")
    if source.partition("@")[0] != whole:
        return False
    return place == at or not at or not (place[:1].isdigit() or at[:1].isdigit())
