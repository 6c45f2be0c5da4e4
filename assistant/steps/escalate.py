"""Step five: where there is no sure answer, say so, say why, and say who can help."""

from collections.abc import Callable

from assistant.shelf import Shelf
from assistant.turn import Sentence, Step, Turn
from assistant.wording import CALL, HOTLINES, UNKNOWN, UNSURE, WOULD_HELP
from knowledge.text import Language, Text

OFFERED = 3
"""How many published questions are offered instead."""
NEAREST = 0.02
"""An entry less likely than this is not offered."""

Opens = Callable[[Turn], str]
"""Opens a case for a turn nobody could answer, and returns its id; empty where none is kept."""


def escalate(shelf: Shelf, bar: Callable[[Turn], float], opens: Opens) -> Step:
    """Build the step.

    Args:
        shelf: where the hotlines and the nearest published questions stand.
        bar: the smallest confidence an answer goes out with, by the policy of the question.
        opens: opens a case.
    """

    def step(turn: Turn) -> Turn:
        if turn.status == "answer" and turn.sentences and turn.confidence >= bar(turn):
            return turn
        if turn.status in ("clarify", "refuse") or turn.origin == "fixed:outside":
            return turn
        if turn.status == "handover":
            said = (*turn.sentences, *_call(shelf, turn.lang))
            return turn._replace(sentences=said, case=opens(turn))
        return _abstain(turn, shelf, opens)

    return step


def _abstain(turn: Turn, shelf: Shelf, opens: Opens) -> Turn:
    by_tool = turn.status == "abstain" and turn.origin.startswith("tool:")
    reason = turn.reason or (UNSURE if turn.hits else UNKNOWN)
    own = turn.sentences if by_tool else _why(turn, reason)
    asking = turn._replace(status="abstain", reason=reason)
    return asking._replace(
        sentences=(*own, *_call(shelf, turn.lang)),
        suggestions=turn.suggestions or _nearest(turn),
        case=opens(asking),
    )


def _why(turn: Turn, reason: Text) -> tuple[Sentence, ...]:
    return tuple(Sentence(each.said_in(turn.lang)) for each in (reason, WOULD_HELP))


def _nearest(turn: Turn) -> tuple[str, ...]:
    """The titles of published entries nearest to the question."""
    titles = (
        hit.passage.title.said_in(turn.lang)
        for hit in turn.hits
        if hit.passage.kind in ("problem", "measure", "service") and hit.score >= NEAREST
    )
    return tuple(dict.fromkeys(titles))[:OFFERED]


def _call(shelf: Shelf, lang: Language) -> tuple[Sentence, ...]:
    """Whom to call, as the pack has it."""
    held = [shelf.library.services[name] for name in HOTLINES if name in shelf.library.services]
    if not held:
        return ()
    numbers = {
        "zh": "、".join(f"{each.hotline}（{each.name.zh}）" for each in held),
        "en": ", ".join(f"{each.hotline} ({each.name.en})" for each in held),
    }
    text = CALL.said_in(lang).format(numbers[lang])
    return (Sentence(text, tuple(each.id for each in held)),)
