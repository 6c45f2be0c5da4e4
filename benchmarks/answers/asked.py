"""The questions of the benchmark: what is asked, and what an answer must hold."""

from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from assistant.turn import Question, Said, Status
from knowledge.text import Language

FOLDER = Path(__file__).with_name("questions")
ANSWERABLE = frozenset(
    (
        *("problem", "law", "code", "rule", "where", "calculation", "deadline", "followup"),
        *("trap", "planted", "field", "parameter", "measure"),
    )
)
"""Kinds of questions that the pack or a calculation answers."""


class Earlier(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A message before the question."""

    role: Literal["user", "assistant"]
    content: str


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question and how its answer is judged."""

    id: str
    matter: str
    """What it is about; all wordings of one matter stand in the same part."""
    question: str
    history: tuple[Earlier, ...]
    lang: Language
    as_of: date
    kind: str
    style: Literal["plain", "chat", "typo", "number"]
    part: Literal["fit", "test"]
    expect: Status | tuple[Status, ...]
    """What may become of it."""
    facts: tuple[tuple[str, ...], ...]
    """Each fact in its possible wordings; an answer holds one wording of every fact."""
    cites: tuple[str, ...]
    """Places of which one is cited; a source without a place means any place of it."""
    forbidden: tuple[str, ...] = msgspec.field(name="not", default=())
    """Figures or words that must not be said."""

    @property
    def expected(self) -> tuple[Status, ...]:
        """What may become of it, as a row."""
        return self.expect if isinstance(self.expect, tuple) else (self.expect,)

    @property
    def answerable(self) -> bool:
        """Whether the pack or a calculation answers it."""
        return self.kind in ANSWERABLE

    @property
    def put(self) -> Question:
        """The question as the desk takes it."""
        history = tuple(Said(each.role, each.content) for each in self.history)
        return Question(self.question, self.as_of, history=history)


def questions(part: str = "", folder: Path = FOLDER) -> list[Asked]:
    """Return the questions of a part, or all, in the order of their files."""
    decoder = msgspec.json.Decoder(Asked)
    files = sorted(folder.glob("*.jsonl"))
    every = [each for file in files for each in decoder.decode_lines(file.read_bytes())]
    return [each for each in every if part in ("", each.part)]
