"""What may be read of a turn later: masked words, ids and scores."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from assistant.answer import Answer
from assistant.audits import pasted
from assistant.masking import masked
from assistant.turn import Sentence, Turn
from knowledge.text import Text

LONGEST = 2_000
"""Characters of a question that stay readable."""
LONGEST_CHAT = 200
LONGEST_ORIGIN = 120
DRAFT = Text("〔报关单草稿〕", "[draft declaration]")
OF_DRAFTS = frozenset(("audit", "tool:finding"))
"""Origins of answers that tell what stands in somebody's draft."""
WORKED_OUT = Text("〔按所给金额算出〕", "[worked out from the amounts given]")


def chat_key(chat: str) -> str:
    """Return what a chat is known by; a very long id by its hash.

    >>> chat_key("group-7"), len(chat_key("x" * 500))
    ('group-7', 64)
    """
    clean = chat.replace("\0", "")
    told = clean.encode("utf-8", "replace")
    return told.decode() if len(clean) <= LONGEST_CHAT else sha256(told).hexdigest()


def readable_question(turn: Turn, *, standing_alone: bool = False) -> str:
    """Return the question as it may be read: masked; a pasted draft is only named.

    Args:
        turn: the turn it opens.
        standing_alone: as it was understood where it leans on what was said before.
    """
    question, understood = turn.question.text, turn.understood
    if pasted(question):
        return DRAFT.said_in(turn.lang)
    said = understood.text if standing_alone and understood.follows else question
    return _masked(said[:LONGEST], masked(question[:LONGEST]).values)


def row_of(turn: Turn, answer: Answer) -> dict[str, Any]:
    """Return the columns of the journal that a turn fills."""
    known = masked(turn.question.text[:LONGEST]).values
    return {
        "trace": answer.trace,
        "chat": chat_key(turn.question.chat),
        "person": "",
        "question": readable_question(turn),
        "day": answer.as_of,
        "lang": answer.lang,
        "policy": answer.policy,
        "kind": answer.kind,
        "status": answer.status,
        "origin": turn.origin[:LONGEST_ORIGIN],
        "confidence": answer.confidence,
        "understood": _understood(turn, known),
        "found": [[hit.passage.id, hit.score] for hit in turn.hits],
        "dropped": [[_masked(each, known) for each in pair] for pair in turn.dropped],
        "answer": _answer(turn, answer, known),
        "case_id": answer.case,
        "feedback": "",
    }


def _understood(turn: Turn, known: Mapping[str, str]) -> dict[str, Any]:
    """What the question names; of its amounts only how many there are."""
    named = turn.understood.mentions._asdict()
    amounts = named.pop("amounts")
    named["days"] = [str(day) for day in named["days"]]
    held = {name: list(value) for name, value in named.items() if value}
    return held | {
        "amounts": len(amounts),
        "follows": turn.understood.follows,
        "notes": [_masked(note, known) for note in turn.understood.notes],
    }


def _answer(turn: Turn, answer: Answer, known: Mapping[str, str]) -> dict[str, Any]:
    """The answer without its citations' wording, which the pack has, nor a tool's figures."""
    return {
        "sentences": [
            {"text": said, "cites": list(each.cites)}
            for said, each in zip(_sentences(turn, known), turn.sentences, strict=True)
        ],
        "suggestions": list(answer.suggestions),
        "tool": answer.tool.get("name", ""),
        "narration": answer.narration.partition(":")[0],
    }


def _sentences(turn: Turn, known: Mapping[str, str]) -> Iterator[str]:
    """The sentences masked; of an audit the codes alone, for the rest tells of the draft."""
    priced = bool(turn.understood.mentions.amounts)
    for each in turn.sentences:
        if turn.origin in OF_DRAFTS:
            yield " ".join(each.cites)
        elif priced and each.shown:
            yield WORKED_OUT.said_in(turn.lang)
        else:
            yield _said(each, known)


def _said(each: Sentence, known: Mapping[str, str]) -> str:
    """A sentence: as the pack has it where it shows nothing of the asker's.

    The law's own amounts and names stay readable in it.
    """
    echoes = [value for value in known.values() if value in each.text]
    return _masked(each.text, known) if each.shown or echoes else each.text


def _masked(text: str, known: Mapping[str, str]) -> str:
    """A text masked; what the question told is masked wherever it comes back."""
    text = masked(text, known).text
    for name, value in sorted(known.items(), key=lambda each: -len(each[1])):
        text = text.replace(value, name) if len(value) > 1 else text
    return text
