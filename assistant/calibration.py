"""From how well a turn's answer fits to the chance that it is right, and the bars of the policies.

The figures stand in `calibration.json`, fitted by `declarant calibrate` on labelled questions.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import msgspec

from assistant.odds import chance_of
from assistant.signs import Signs, signs_of
from assistant.turn import Policy, Turn
from knowledge.errors import PackError

FILE = Path(__file__).with_name("calibration.json")
CERTAIN = ("fixed:", "tool:")
"""Origins that say themselves how sure they are."""


class Calibration(msgspec.Struct, frozen=True, kw_only=True):
    """What each sign adds to the log-odds of being right, and how sure an answer must be."""

    note: str = ""
    answers: int
    """How many labelled answers it was fitted on."""
    right: int
    expected_error: float
    """Mean distance between chance and share of right answers, on answers left out of the fit."""
    ridge: float
    start: float
    weights: Mapping[str, float]
    bars: Mapping[Policy, float]
    """The smallest chance of being right that an answer goes out with, by policy."""

    def chance(self, signs: Signs) -> float:
        """Return the chance of being right."""
        held = zip(Signs._fields, signs, strict=True)
        return chance_of(self.start + sum(self.weights[name] * value for name, value in held))


def calibrated(turn: Turn) -> float:
    """Return the chance that a turn's answer is right, 0 where there is none."""
    if by_itself(turn):
        return turn.confidence
    return held().chance(signs_of(turn))


def by_itself(turn: Turn) -> bool:
    """Return whether a turn's confidence is not worked out from signs."""
    return turn.origin.startswith(CERTAIN) or not turn.sentences


@lru_cache(maxsize=1)
def held() -> Calibration:
    """Return the fitted figures that come with the package."""
    return read(FILE)


def read(file: Path) -> Calibration:
    """Read fitted figures.

    Raises:
        PackError: they cannot be read, or are of other signs.
    """
    try:
        found = msgspec.json.decode(file.read_bytes(), type=Calibration)
    except (OSError, msgspec.MsgspecError) as fault:
        raise PackError(file, str(fault), REMEDY) from None
    if found.weights.keys() != set(Signs._fields) or found.bars.keys() != POLICIES:
        raise PackError(file, "it was fitted for other signs or policies", REMEDY)
    return found


REMEDY = "make it anew with declarant calibrate"
POLICIES = frozenset(("strict", "normal", "lenient"))
