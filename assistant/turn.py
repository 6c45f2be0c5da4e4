"""A question on its way to an answer: the record that the steps hand on."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from knowledge.index.index import Hit
from knowledge.text import Language, Text

Kind = Literal[
    "question",
    "audit",
    "code",
    "calculation",
    "deadline",
    "where",
    "greeting",
    "thanks",
    "complaint",
    "person",
    "outside",
    "misuse",
    "nothing",
]
"""What somebody wants; `nothing` is a message with no words in it."""
Status = Literal["answer", "clarify", "abstain", "refuse", "handover"]
Policy = Literal["strict", "normal", "lenient"]


class Said(NamedTuple):
    """An earlier message of the conversation."""

    role: Literal["user", "assistant"]
    content: str


class Noted(NamedTuple):
    """A finding of a report that was talked about."""

    number: int
    """Its place in the report, from 1."""
    code: str
    severity: str
    label: Text
    """The field, by its label on the form, with the line or container where there are several."""
    message: Text
    basis: tuple[str, ...]
    fix: Text
    """What the report would change or suggests; empty where it has nothing."""


class Question(NamedTuple):
    """What was asked, when, and after what."""

    text: str
    day: date
    """The day asked about."""
    lang: Language | None = None
    """The language to answer in; that of the question where none is given."""
    history: tuple[Said, ...] = ()
    """The conversation before it, the oldest first."""
    chat: str = ""
    policy: Policy = "normal"
    findings: tuple[Noted, ...] = ()
    """The findings of the report last talked about in this chat."""


class Amount(NamedTuple):
    """A figure a question gives, with its currency or unit: `100000`, `CNY`."""

    value: str
    """Plain digits with a decimal point, as `Decimal` reads them."""
    unit: str
    """`CNY`, `USD`, …; `kg`, `days`, `percent`; empty where the question names none."""
    said: str
    """As it was written."""


class Mentions(NamedTuple):
    """What a question names outright; everything in plain spelling and in the order it stands."""

    laws: tuple[str, ...] = ()
    """Ids of instruments, the one named most fully first."""
    articles: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    """`CN-W001`."""
    tariff: tuple[str, ...] = ()
    """Commodity codes without dots: 4, 6, 8, 10 or 13 digits."""
    codes: tuple[str, ...] = ()
    """Rows of code tables: `trade_mode#0110`, `licence#y`, `country#USA`, `currency#USD`."""
    fields: tuple[str, ...] = ()
    """Fields of the form: `header.net_weight`."""
    days: tuple[date, ...] = ()
    amounts: tuple[Amount, ...] = ()


class Understood(NamedTuple):
    """What was made of a question."""

    kind: Kind
    lang: Language
    text: str
    """The question standing alone: follow-ups completed, slang in the field's words beside it."""
    mentions: Mentions = Mentions()
    day: date | None = None
    """The day it asks about where the question itself names one ("2020年的时候…")."""
    follows: bool = False
    """Whether it leans on what was said before."""
    notes: tuple[str, ...] = ()
    """How it was understood, for the journal."""


class Sentence(NamedTuple):
    """One sentence of an answer and what bears it out."""

    text: str
    cites: tuple[str, ...] = ()
    """Ids of passages, or of parameters (`cn.late_fee.rate`)."""
    shown: tuple[str, ...] = ()
    """Figures and codes in it that need no source: given by the asker, or worked out in the
    answer."""


class Worked(NamedTuple):
    """What a tool worked out."""

    tool: str
    sentences: tuple[Sentence, ...]
    data: Mapping[str, Any] = {}
    """Inputs, steps and result, for programs; values are text, numbers as `Decimal` writes them."""
    status: Status = "answer"
    confidence: float = 1.0
    suggestions: tuple[str, ...] = ()
    """What may be asked or chosen next."""


class Turn(NamedTuple):
    """The record that walks through the steps; each step returns a new one."""

    question: Question
    understood: Understood
    hits: tuple[Hit, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    status: Status = "answer"
    reason: Text | None = None
    """Why there is no answer, or why a person must take over."""
    origin: str = ""
    """What the answer was made from: `problem`, `passages`, `tool:late_fee`, `fixed:greeting`."""
    confidence: float = 0.0
    data: Mapping[str, Any] = {}
    suggestions: tuple[str, ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()
    """Sentences left out and why, for the journal."""
    case: str = ""
    """The case opened because nobody could answer."""
    narration: str = ""
    """`worded` where a language model worded it; `set aside: …` where its words were not used."""

    @property
    def day(self) -> date:
        """The day asked about."""
        return self.understood.day or self.question.day

    @property
    def lang(self) -> Language:
        """The language of the answer."""
        return self.understood.lang


Step = Callable[[Turn], Turn]
