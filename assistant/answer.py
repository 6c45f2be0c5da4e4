"""An answer as it goes out: text for a chat, sentences with citations for a program."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from assistant.citing import Cited, cited
from assistant.shelf import Shelf
from assistant.turn import Kind, Policy, Status, Turn
from assistant.wording import MORE, NOT_REVIEWED
from knowledge.index.terms import terms
from knowledge.text import Language

GROUP = 600
"""Characters of an answer in a group; the rest comes on asking for more."""


class Stated(msgspec.Struct, frozen=True):
    """A sentence and the citations it leans on."""

    text: str
    cites: tuple[str, ...] = ()


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer with all it leans on."""

    id: str
    status: Status
    kind: Kind
    lang: Language
    as_of: date
    text: str
    """At most 600 characters."""
    sentences: tuple[Stated, ...]
    citations: tuple[Cited, ...]
    confidence: float
    policy: Policy
    suggestions: tuple[str, ...]
    tool: dict[str, Any]
    trace: str
    narration: str = ""
    """`worded` where a language model worded it; `set aside: …` where its words were not used."""
    case: str = ""


def answer_of(turn: Turn, shelf: Shelf, trace: str) -> Answer:
    """Return what goes out for a finished turn."""
    said = tuple(Stated(each.text, each.cites) for each in turn.sentences)
    places = dict.fromkeys(place for each in said for place in each.cites)
    found = (cited(place, shelf, turn.day, turn.lang) for place in places)
    return Answer(
        id=trace,
        status=turn.status,
        kind=turn.understood.kind,
        lang=turn.lang,
        as_of=turn.day,
        text=shortened(whole_text(turn, shelf), turn.lang, turn.understood.text),
        sentences=said,
        citations=tuple(each for each in found if each is not None),
        confidence=round(turn.confidence, 4),
        policy=turn.question.policy,
        suggestions=turn.suggestions,
        tool=_tool(turn),
        trace=trace,
        narration=turn.narration,
        case=turn.case,
    )


def whole_text(turn: Turn, shelf: Shelf) -> str:
    """Return everything an answer says, a sentence a line."""
    said = [each.text for each in turn.sentences]
    return "\n".join([*said, *_not_reviewed(turn, shelf)])


def shortened(text: str, lang: Language, asked: str = "") -> str:
    """Return a text of at most 600 characters, made of whole lines where there are several.

    The first line stays; of the others those go out, in their order, that share most with what
    was asked.
    """
    if len(text) <= GROUP:
        return text
    more = MORE.said_in(lang)
    if asked and (chosen := _nearest(text.split("\n"), asked, GROUP - len(more) - 1)):
        return f"{chosen}\n{more}"
    room = text[: GROUP - len(more) - 1]
    at = room.rfind("\n")
    return f"{room[: at if at > GROUP // 3 else None].rstrip()}\n{more}"


def _nearest(lines: list[str], asked: str, room: int) -> str:
    """The lines that share most with a question, in their order; empty where the first is too long."""
    wanted = frozenset(terms(asked))
    shared = [len(wanted.intersection(terms(line))) for line in lines]
    order = sorted(range(1, len(lines)), key=lambda number: -shared[number])
    kept, left = {0}, room - len(lines[0])
    for number in order:
        if len(lines[number]) < left:
            kept.add(number)
            left -= len(lines[number]) + 1
    return "\n".join(lines[number] for number in sorted(kept)) if len(kept) > 1 else ""


def rest_of(answer: Answer) -> Answer | None:
    """Return the part of an answer that did not go out, or nothing where all of it did."""
    left = tuple(said for said in answer.sentences if said.text not in answer.text)
    if not left:
        return None
    text = shortened("\n".join(said.text for said in left), answer.lang)
    return msgspec.structs.replace(answer, text=text, sentences=left)


def _not_reviewed(turn: Turn, shelf: Shelf) -> list[str]:
    """A brief note where the answer is an entry that no person has reviewed."""
    if not turn.origin.startswith("entry:") or turn.status != "answer":
        return []
    name = turn.origin.removeprefix("entry:")
    entry = shelf.library.problems().get(name) or shelf.library.measures().get(name)
    return [NOT_REVIEWED.said_in(turn.lang)] if entry and entry.reviewed is None else []


def _tool(turn: Turn) -> dict[str, Any]:
    if not turn.origin.startswith("tool:"):
        return {}
    data: Mapping[str, Any] = turn.data
    return {"name": turn.origin.removeprefix("tool:"), **data}
