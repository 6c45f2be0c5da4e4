"""The steps in a row: the only place that knows their order."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from assistant.policy import bar, weighed
from assistant.shelf import Shelf
from assistant.steps.compose import compose
from assistant.steps.escalate import Opens, escalate
from assistant.steps.retrieve import retrieve
from assistant.steps.understand import understand
from assistant.steps.verify import verify
from assistant.tools.tool import Tool
from assistant.turn import Question, Step, Turn


class Voice(NamedTuple):
    """What a language model does for an answer; each step leaves a turn as it is where it fails."""

    rewrite: Step
    """Words a question that leans on others so that it stands alone."""
    narrate: Step
    """Words a composed answer anew."""


def pipeline(
    shelf: Shelf, tools: Sequence[Tool], opens: Opens, voice: Voice | None = None
) -> Callable[[Question], Turn]:
    """Build the way from a question to a finished turn.

    Args:
        shelf: what answers are made from.
        tools: what answers can be worked out with, in the order they are asked.
        opens: opens a case where nobody could answer.
        voice: a language model's steps; the answer is worded after the last check.
    """
    understood = understand(shelf.library)
    steps: list[Step] = [voice.rewrite] if voice else []
    steps += [retrieve(shelf), compose(shelf, tools), verify(shelf), weighed]
    steps += [voice.narrate] if voice else []
    steps.append(escalate(shelf, bar, opens))

    def answer(question: Question) -> Turn:
        turn = Turn(question, understood(question))
        for step in steps:
            turn = step(turn)
        return turn

    return answer


def composing(shelf: Shelf, tools: Sequence[Tool]) -> Callable[[Question], Turn]:
    """Build the way from a question to its best answer, however unsure, for fitting the confidence."""
    understood = understand(shelf.library)
    steps = (retrieve(shelf), compose(shelf, tools), verify(shelf))

    def answer(question: Question) -> Turn:
        turn = Turn(question, understood(question))
        for step in steps:
            turn = step(turn)
        return turn

    return answer
