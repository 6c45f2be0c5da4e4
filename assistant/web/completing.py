"""A conversation as OpenAI's clients send it, and an answer as they show it."""

from collections.abc import Sequence
from datetime import date

from assistant.answer import Answer
from assistant.audits import audit_of, noted, pasted
from assistant.turn import Noted, Policy, Question, Said
from assistant.web.problems import Problem
from assistant.wording import NOT_REVIEWED
from knowledge.entries import Measure
from knowledge.entries import Problem as Entered
from knowledge.library import Library
from knowledge.text import Text

REMEMBERED = 20
"""Messages before the question that are read."""
SOURCES = Text("依据：", "Sources:")
Entry = Entered | Measure
PERHAPS = Text("还可以问：", "You may also ask:")
NO_QUESTION = Text("messages 里没有用户的问题", "There is no message of the user in messages")


def question_of(
    said: Sequence[tuple[str, str]], day: date, policy: Policy, library: Library
) -> Question:
    """Return the last message of the user as a question, after what was said before it.

    Where a draft was pasted before, its findings can be asked about.

    Raises:
        Problem: no message is the user's.
    """
    asked = next((at for at in reversed(range(len(said))) if said[at][0] == "user"), None)
    if asked is None or not said[asked][1].strip():
        raise Problem("invalid", NO_QUESTION)
    history = tuple(_before(said[:asked]))[-REMEMBERED:]
    return Question(
        said[asked][1],
        day,
        history=history,
        policy=policy,
        findings=_findings(history, library),
    )


def content_of(answer: Answer, library: Library) -> list[str]:
    """Return an answer as pieces of a text: its sentences, what may be asked next, its sources."""
    lines = [each.text for each in answer.sentences]
    if _not_reviewed(answer, library):
        lines.append(NOT_REVIEWED.said_in(answer.lang))
    pieces = [lines[0] if lines else answer.text, *(f"\n{line}" for line in lines[1:])]
    if answer.suggestions:
        listed = "".join(f"\n- {each}" for each in answer.suggestions)
        pieces.append(f"\n\n{PERHAPS.said_in(answer.lang)}{listed}")
    if answer.citations:
        cited = "".join(f"\n[{each.citation}] {each.title}" for each in answer.citations)
        pieces.append(f"\n\n{SOURCES.said_in(answer.lang)}{cited}")
    return pieces


def _before(said: Sequence[tuple[str, str]]) -> list[Said]:
    """What was said, without instructions: the desk takes none."""
    return [
        Said("user" if role == "user" else "assistant", text)
        for role, text in said
        if role in ("user", "assistant") and text
    ]


def _findings(history: Sequence[Said], library: Library) -> tuple[Noted, ...]:
    for message in reversed(history):
        if message.role == "user" and (draft := pasted(message.content)):
            return noted(audit_of(draft, "", library, None).report)
    return ()


def _not_reviewed(answer: Answer, library: Library) -> bool:
    """Whether an answer leans on an entry that no person has reviewed, as its text would say."""
    if NOT_REVIEWED.said_in(answer.lang) in answer.text:
        return True
    held: list[Entry] = [*library.problems().values(), *library.measures().values()]
    cites = {cite.partition("#")[0] for said in answer.sentences for cite in said.cites}
    shortened = any(said.text not in answer.text for said in answer.sentences)
    return shortened and any(each.id in cites and each.reviewed is None for each in held)
