"""Turns made by hand: a few passages, how likely each is, and a question about them.

Keys of a passage: `id`; `kind` (source); `zh`, `en`, its text; `title`; `asked`; `about`; `since`
and `until`; `score` (0.5), its chance; `status`.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from types import SimpleNamespace
from typing import Any, cast

from assistant.shelf import Shelf
from assistant.turn import Mentions, Question, Turn, Understood
from knowledge.index.cut import cut
from knowledge.index.index import Hit, Index
from knowledge.index.terms import terms
from knowledge.library import shipped
from knowledge.passage import Passage
from knowledge.span import Span
from knowledge.text import Text

TODAY = date(2026, 11, 21)


@cache
def shipped_shelf() -> Shelf:
    """Return the shipped pack with all its passages, and no search over them."""
    return shelf_of(tuple(cut(shipped())))


def shelf_of(passages: Iterable[Passage]) -> Shelf:
    """Return a shelf of passages over the shipped pack, and no search over them."""
    return Shelf(shipped(), cast("Index", SimpleNamespace(passages=tuple(passages))))


def passage_of(told: Mapping[str, Any]) -> Passage:
    """Return a passage written by hand."""
    zh, en = told.get("zh", "进口货物应当在十四日内申报"), told.get("en", "")
    entry, _, place = told["id"].partition("#")
    return Passage(
        id=told["id"],
        entry=entry,
        place=place,
        kind=told.get("kind", "source"),
        title=Text(told.get("title", "示例"), told.get("title", "sample")),
        text=Text(zh, en or zh),
        asked=tuple(told.get("asked", ())),
        about=tuple(told.get("about", ())),
        span=Span(told.get("since"), told.get("until")),
        status=told.get("status", "official"),
    )


def turn_of(asked: str, found: Iterable[Mapping[str, Any]] = (), **more: Any) -> tuple[Turn, Shelf]:
    """Return a question with what was found for it, and the shelf it stands on.

    Args:
        asked: the question.
        found: passages, the likeliest first.
        more: `kind`, `lang`, `day`, `policy`, `codes` and `fields` named.
    """
    told = dict.fromkeys(terms(asked), 1.0)
    held = [(passage_of(each), each.get("score", 0.5)) for each in found]
    mentions = Mentions(codes=tuple(more.get("codes", ())), fields=tuple(more.get("fields", ())))
    understood = Understood(more.get("kind", "question"), more.get("lang", "zh"), asked, mentions)
    question = Question(asked, more.get("day", TODAY), policy=more.get("policy", "normal"))
    hits = tuple(Hit(passage, score, (), told) for passage, score in held)
    return Turn(question, understood, hits), shelf_of(passage for passage, _ in held)
