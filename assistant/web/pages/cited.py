"""What a citation leads to, as it is opened beside an answer."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from assistant.shelf import Shelf
from assistant.web.pages import links
from assistant.web.shown_law import source_shown
from knowledge.index.marking import BothMarks, Marks, marks
from knowledge.law import STATUSES
from knowledge.passage import Passage
from knowledge.span import Span
from knowledge.text import Text

NOTHING = Text("", "")
UNMARKED = BothMarks(None, None)


class Opened(NamedTuple):
    """A place an answer leans on, whole."""

    id: str
    title: Text
    place: str
    text: Text
    marks: BothMarks
    official: str
    """The official wording in Chinese, where the site has it."""
    official_marks: Marks | None
    span: Span
    as_of: date
    status: Text
    page: str
    """Its permanent address; empty where it has none."""
    url: str

    @property
    def in_force(self) -> bool:
        """Whether it holds on the day asked about."""
        return self.span.covers(self.as_of)


def opened(id: str, day: date, question: str, shelf: Shelf) -> Opened | None:
    """Return what is cited, its words marked for a question; nothing where it leads nowhere."""
    told: Mapping[str, float] = {}
    if question:
        told = shelf.index.pool(question, day).question.weights
    if passage := shelf.passages.get(id):
        return _passage(passage, day, told, shelf)
    return _parameter(id, day, shelf)


def _passage(passage: Passage, day: date, told: Mapping[str, float], shelf: Shelf) -> Opened:
    law = source_shown(passage.id, day, day, shelf) if passage.kind == "source" else None
    wording = law.text if law else ""
    return Opened(
        id=passage.id,
        title=passage.title,
        place=passage.place,
        text=passage.text,
        marks=marks(told, passage.text) if told else UNMARKED,
        official=wording,
        official_marks=marks(told, Text(wording, "")).zh if told and wording else None,
        span=passage.span,
        as_of=day,
        status=STATUSES.get(passage.status, NOTHING),
        page=links.address(passage.kind, passage.entry, passage.place, day),
        url=law.url if law else "",
    )


def _parameter(id: str, day: date, shelf: Shelf) -> Opened | None:
    held = shelf.library.parameters.get(id)
    value = held.on(day) if held else None
    if held is None or value is None:
        return None
    return Opened(
        id=id,
        title=held.name,
        place=str(value.source),
        text=Text(f"{value.value} {held.unit}", f"{value.value} {held.unit}"),
        marks=UNMARKED,
        official="",
        official_marks=None,
        span=value.span,
        as_of=day,
        status=STATUSES.get(held.status, NOTHING),
        page=links.law(value.source.source, value.source.place, day),
        url="",
    )
