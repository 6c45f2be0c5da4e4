"""Chances as log-odds, which can be added up."""

import math

LEAST = 1e-4


def logit(chance: float) -> float:
    """Return the log-odds of a chance, which is taken to be no nearer to 0 or 1 than 0.0001.

    >>> round(logit(0.75), 3), logit(0.5), logit(0) == logit(0.0001)
    (1.099, 0.0, True)
    """
    inside = min(max(chance, LEAST), 1 - LEAST)
    return math.log(inside / (1 - inside))


def chance_of(odds: float) -> float:
    """Return the chance with these log-odds.

    >>> chance_of(0.0), round(chance_of(logit(0.3)), 3)
    (0.5, 0.3)
    """
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
