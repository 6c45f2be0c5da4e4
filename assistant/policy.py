"""How sure an answer must be to go out: three policies over a calibrated confidence."""

from assistant.calibration import calibrated, held
from assistant.turn import Turn


def bar(turn: Turn) -> float:
    """Return the smallest confidence the policy of a question lets out."""
    return held().bars[turn.question.policy]


def weighed(turn: Turn) -> Turn:
    """Return a turn whose confidence is a chance of being right."""
    return turn._replace(confidence=calibrated(turn))
