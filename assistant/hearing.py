"""What askers think of answers: kept with the turn, and a case where one did not help and says why."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from assistant.audits import pasted
from assistant.journal import Journal
from assistant.masking import masked
from assistant.noting import DRAFT, LONGEST, chat_key
from assistant.understanding.language import language_of
from knowledge.curation.store import Asked
from knowledge.text import Text

Helpful = Literal["yes", "no"]


class Feedback(NamedTuple):
    """What somebody thinks of an answer."""

    trace: str
    helpful: Helpful
    comment: str = ""


class Heard(NamedTuple):
    """What became of it."""

    case: str
    """The case a person will look at; empty where there is none."""


def heard(feedback: Feedback, organisation: str, journals: Mapping[str, Journal]) -> Heard | None:
    """Keep what somebody thinks of an answer; nothing where none of the journals has the answer.

    A comment on an answer that did not help opens a case for its question; other comments are not
    kept.

    Args:
        feedback: what somebody thinks.
        organisation: the asker's.
        journals: those of that organisation, by channel.
    """
    for channel, journal in journals.items():
        if journal.rate(feedback.trace, feedback.helpful):
            asks = feedback.helpful == "no" and feedback.comment.strip()
            return Heard(_case(feedback, organisation, channel, journal) if asks else "")
    return None


def _case(feedback: Feedback, organisation: str, channel: str, journal: Journal) -> str:
    kept = journal.kept(feedback.trace)
    if kept is None:
        return ""
    question = kept.question.text
    known = masked(question[:LONGEST])
    comment = masked(feedback.comment[:LONGEST], known.values).text
    lang = kept.question.lang or language_of(question, "zh")
    return journal.cases.open_case(
        Asked(
            wording=DRAFT.said_in(lang) if pasted(question) else known.text,
            lang=lang,
            organisation=organisation,
            channel=channel,
            chat=chat_key(kept.question.chat),
            reason=Text(f"回答没有帮上忙：{comment}", f"The answer did not help: {comment}"),
        )
    )
