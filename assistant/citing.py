"""What a citation of an answer leads to: a passage, or a dated number."""

from datetime import date

import msgspec

from assistant.shelf import Shelf
from knowledge.passage import Passage
from knowledge.text import Language, Text

QUOTED = 240
"""Characters of a passage that are quoted."""


class Cited(msgspec.Struct, frozen=True):
    """A place an answer leans on, as it is shown."""

    citation: str
    title: str
    place: str
    since: date | None
    until: date | None
    quote: str
    url: str
    status: str


def said_by(id: str, shelf: Shelf, day: date) -> str:
    """Return all that a cited place says, in both languages; empty where there is no such place."""
    if passage := shelf.passages.get(id):
        return "\n".join((*passage.title, *passage.names, *passage.text, passage.place, passage.id))
    if id in shelf.library.parameters:
        return "\n".join(_value(id, shelf, day))
    return ""


def cited(id: str, shelf: Shelf, day: date, lang: Language) -> Cited | None:
    """Return a cited place as it is shown, or nothing where there is no such place."""
    if passage := shelf.passages.get(id):
        return _passage(passage, shelf, lang)
    return _parameter(id, shelf, day, lang) if id in shelf.library.parameters else None


def _passage(passage: Passage, shelf: Shelf, lang: Language) -> Cited:
    said = " ".join((passage.text.said_in(lang) or passage.text.zh).split())
    source = shelf.library.source(passage.entry) if passage.kind == "source" else None
    return Cited(
        citation=passage.id,
        title=passage.title.said_in(lang) or passage.title.zh,
        place=passage.place,
        since=passage.span.since,
        until=passage.span.until,
        quote=said if len(said) <= QUOTED else f"{said[:QUOTED]}…",
        url=source.url if source else "",
        status=passage.status,
    )


def _parameter(id: str, shelf: Shelf, day: date, lang: Language) -> Cited | None:
    held = shelf.library.parameters[id]
    if (value := held.on(day)) is None:
        return None
    return Cited(
        citation=id,
        title=held.name.said_in(lang),
        place=str(value.source),
        since=value.span.since,
        until=value.span.until,
        quote=f"{value.value} {held.unit}",
        url="",
        status=held.status,
    )


def _value(id: str, shelf: Shelf, day: date) -> Text:
    held = shelf.library.parameters[id]
    value = held.on(day)
    figure = f"{value.value}" if value else ""
    return Text(f"{held.name.zh} {figure} {held.unit}", f"{held.name.en} {figure} {held.unit}")
