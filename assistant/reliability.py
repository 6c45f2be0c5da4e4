"""How far chances can be relied on: their error, and what a bar lets out."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from assistant.turn import Policy

BINS = 10
TARGETS: Mapping[Policy, float] = {"strict": 0.02, "normal": 0.08, "lenient": 0.15}
"""The share of wrong answers among those that go out, at most, by policy."""

LEAST = 0.25
"""No bar is lower: an answer three times likelier wrong than right helps nobody."""


class Judged(NamedTuple):
    """An answer with its chance of being right, and whether it is."""

    chance: float
    right: bool


class Bin(NamedTuple):
    """Answers of about the same chance."""

    answers: int
    chance: float
    """Their mean chance."""
    right: float
    """The share of them that is right."""


class Point(NamedTuple):
    """What a bar lets out."""

    bar: float
    coverage: float
    """The share of all questions that is answered."""
    error: float
    """The share of those answers that is wrong."""


def bins(judged: Iterable[Judged]) -> tuple[Bin, ...]:
    """Return answers by chance, in ten steps; steps with no answer are left out."""
    steps: dict[int, list[Judged]] = {}
    for each in judged:
        steps.setdefault(min(int(each.chance * BINS), BINS - 1), []).append(each)
    return tuple(
        Bin(
            len(held),
            math.fsum(each.chance for each in held) / len(held),
            sum(each.right for each in held) / len(held),
        )
        for _, held in sorted(steps.items())
    )


def expected_error(judged: Sequence[Judged]) -> float:
    """Return the expected calibration error: how far chances lie from shares, by answers.

    >>> expected_error([Judged(0.75, True), Judged(0.75, False)])
    0.25
    """
    away = math.fsum(each.answers * abs(each.chance - each.right) for each in bins(judged))
    return away / len(judged) if judged else 0.0


def curve(judged: Iterable[Judged], questions: int) -> tuple[Point, ...]:
    """Return what each bar lets out, from the strictest to none.

    Args:
        judged: the answers there would be without a bar.
        questions: how many questions there are.
    """
    ordered = sorted(judged, key=lambda each: -each.chance)
    points, wrong = [], 0
    for many, each in enumerate(ordered, 1):
        wrong += not each.right
        after = ordered[many].chance if many < len(ordered) else 0.0
        if after < each.chance:
            bar = math.ceil((each.chance + after) * 500) / 1000
            points.append(Point(min(bar, each.chance), many / questions, wrong / many))
    return tuple(points)


def bars(points: Sequence[Point]) -> dict[Policy, Point]:
    """Return for each policy the bar that lets out most within its error, none below `LEAST`."""
    strictest = points[0]
    return {
        policy: max(
            (each for each in points if each.error <= most and each.bar >= LEAST),
            key=lambda point: point.coverage,
            default=strictest,
        )
        for policy, most in TARGETS.items()
    }
