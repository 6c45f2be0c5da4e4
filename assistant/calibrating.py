"""Fitting the confidence: labelled questions asked with no bar, then a line through their signs."""

import math
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import msgspec

from assistant.calibration import Calibration, by_itself
from assistant.labelled import Labelled
from assistant.regression import Line, Row, fitted, left_out
from assistant.reliability import Bin, Judged, Point, bars, bins, curve, expected_error
from assistant.signs import Signs, signs_of
from assistant.turn import Policy, Question, Turn
from knowledge.errors import PackError

FOLDS = 10
RIDGES = (1.0, 3.0, 10.0)
FEWEST = 20
"""Right answers, and wrong ones, that a fit needs of each."""
DIGITS = 4
NOTE = (
    "Made by `declarant calibrate`: logistic regression with a ridge over labelled questions, the "
    "ridge and the bars chosen on questions left out of the fit. Do not edit by hand."
)


class Answered(NamedTuple):
    """A labelled question as it is answered with no bar."""

    matter: str
    right: bool
    confidence: float
    """Where the answer says itself how sure it is."""
    signs: Signs | None


class Fit(NamedTuple):
    """A calibration with how good it is."""

    calibration: Calibration
    questions: int
    bins: tuple[Bin, ...]
    curve: tuple[Point, ...]
    bars: dict[Policy, Point]


def fit(answer: Callable[[Question], Turn], questions: Iterable[Labelled]) -> Fit:
    """Ask labelled questions and fit the confidence to them.

    Args:
        answer: answers with no bar, weighed or not.
        questions: labelled.

    Raises:
        PackError: there are too few right or too few wrong answers to fit on.
    """
    every = list(questions)
    answers = [found for each in every if (found := _answered(answer(each.put), each))]
    rows = [Row(a.matter, tuple(a.signs), a.right) for a in answers if a.signs is not None]
    _enough(rows)
    ridge, chances = min(
        ((ridge, left_out(rows, ridge, FOLDS)) for ridge in RIDGES),
        key=lambda tried: _surprise(rows, tried[1]),
    )
    judged = [Judged(chance, row.right) for chance, row in zip(chances, rows, strict=True)]
    sure = [Judged(each.confidence, each.right) for each in answers if each.signs is None]
    points = curve([*judged, *sure], len(every))
    # a bar holds back what is weighed by signs; what says itself how sure it is passes any of them
    chosen = bars(curve(judged, len(every)))
    line = _rounded(fitted(rows, ridge))
    calibration = Calibration(
        note=NOTE,
        answers=len(rows),
        right=sum(row.right for row in rows),
        expected_error=round(expected_error(judged), DIGITS),
        ridge=ridge,
        start=line.start,
        weights=dict(zip(Signs._fields, line.weights, strict=True)),
        bars={policy: round(point.bar, DIGITS) for policy, point in chosen.items()},
    )
    return Fit(calibration, len(every), bins(judged), points, chosen)


def written(calibration: Calibration) -> bytes:
    """Return a calibration as its file holds it."""
    return msgspec.json.format(msgspec.json.encode(calibration), indent=2) + b"\n"


def _answered(turn: Turn, label: Labelled) -> Answered | None:
    """The turn judged; nothing where it gives no answer, or one of the fixed sentences."""
    if turn.status != "answer" or not turn.sentences or turn.origin.startswith("fixed:"):
        return None
    signs = None if by_itself(turn) else signs_of(turn)
    return Answered(label.matter or label.id, label.right(turn), turn.confidence, signs)


def _enough(rows: Sequence[Row]) -> None:
    right = sum(row.right for row in rows)
    if min(right, len(rows) - right) < FEWEST:
        fault = f"{right} right and {len(rows) - right} wrong answers are too few to fit on"
        raise PackError("questions", fault, f"label more, so that there are {FEWEST} of each")


def _surprise(rows: Sequence[Row], chances: Sequence[float]) -> float:
    """The mean surprise at the labels, in nats."""
    held = zip(rows, chances, strict=True)
    given = (chance if row.right else 1 - chance for row, chance in held)
    return -math.fsum(math.log(max(chance, 1e-9)) for chance in given) / len(rows)


def _rounded(line: Line) -> Line:
    weights = tuple(round(weight, DIGITS) for weight in line.weights)
    return Line(round(line.start, DIGITS), weights)
