"""Logistic regression with a ridge, fitted by Newton's method: few rows, few columns, no chance."""

import hashlib
import math
from collections.abc import Sequence
from typing import NamedTuple

from assistant.odds import chance_of

STEPS = 50
SMALL = 1e-10
"""The fit stands still when no weight moves by more."""


class Line(NamedTuple):
    """What each column adds to the log-odds of being right."""

    start: float
    weights: tuple[float, ...]

    def chance(self, row: Sequence[float]) -> float:
        """Return the chance of being right."""
        held = zip(self.weights, row, strict=True)
        return chance_of(self.start + sum(weight * value for weight, value in held))


class Row(NamedTuple):
    """One labelled answer."""

    matter: str
    """Rows of one matter are learnt from or measured by together."""
    values: tuple[float, ...]
    right: bool


def fitted(rows: Sequence[Row], ridge: float) -> Line:
    """Return the line that makes the labels likeliest, weights held small.

    Args:
        rows: answers, right and wrong ones among them.
        ridge: how small; applied to columns of unit spread, never to the start.
    """
    columns = list(zip(*(row.values for row in rows), strict=True))
    means = [math.fsum(column) / len(rows) for column in columns]
    spreads = [_spread(column, mean) for column, mean in zip(columns, means, strict=True)]
    scaled = [
        (1.0, *((v - m) / s for v, m, s in zip(row.values, means, spreads, strict=True)))
        for row in rows
    ]
    weights = _newton(scaled, [float(row.right) for row in rows], ridge)
    plain = tuple(weight / spread for weight, spread in zip(weights[1:], spreads, strict=True))
    start = weights[0] - math.fsum(w * m for w, m in zip(plain, means, strict=True))
    return Line(start, plain)


def left_out(rows: Sequence[Row], ridge: float, folds: int) -> list[float]:
    """Return the chance of each row by a line fitted without the rows of its fold."""
    numbers = [fold_of(row.matter, folds) for row in rows]
    lines = {
        fold: fitted([row for row, n in zip(rows, numbers, strict=True) if n != fold], ridge)
        for fold in sorted(set(numbers))
    }
    return [lines[n].chance(row.values) for row, n in zip(rows, numbers, strict=True)]


def fold_of(matter: str, folds: int) -> int:
    """Return the fold of a matter, the same on every machine."""
    return int(hashlib.sha256(matter.encode()).hexdigest(), 16) % folds


def _newton(
    rows: Sequence[tuple[float, ...]], labels: Sequence[float], ridge: float
) -> list[float]:
    size = len(rows[0])
    weights = [0.0] * size
    for _ in range(STEPS):
        slope, bend = _derived(rows, labels, weights, ridge)
        step = _solved(bend, slope)
        weights = [weight + move for weight, move in zip(weights, step, strict=True)]
        if max(map(abs, step)) < SMALL:
            break
    return weights


def _derived(
    rows: Sequence[tuple[float, ...]], labels: Sequence[float], weights: list[float], ridge: float
) -> tuple[list[float], list[list[float]]]:
    """The first and the second derivatives of the likelihood less the ridge."""
    size = len(weights)
    slope = [0.0] + [-ridge * weight for weight in weights[1:]]
    bend = [[ridge * (a == b and a > 0) for b in range(size)] for a in range(size)]
    for row, label in zip(rows, labels, strict=True):
        chance = chance_of(math.fsum(w * v for w, v in zip(weights, row, strict=True)))
        for a, value in enumerate(row):
            slope[a] += (label - chance) * value
            part = chance * (1 - chance) * value
            line = bend[a]
            for b in range(a + 1):
                line[b] += part * row[b]
    for a in range(size):
        for b in range(a):
            bend[b][a] = bend[a][b]
    return slope, bend


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of a positive definite system, by Cholesky's way."""
    size = len(right)
    low = [[0.0] * size for _ in range(size)]
    for a in range(size):
        for b in range(a + 1):
            rest = matrix[a][b] - math.fsum(low[a][k] * low[b][k] for k in range(b))
            low[a][b] = math.sqrt(max(rest, SMALL)) if a == b else rest / low[b][b]
    half: list[float] = []
    for a in range(size):
        half.append((right[a] - math.fsum(low[a][k] * half[k] for k in range(a))) / low[a][a])
    found = [0.0] * size
    for a in reversed(range(size)):
        after = math.fsum(low[k][a] * found[k] for k in range(a + 1, size))
        found[a] = (half[a] - after) / low[a][a]
    return found


def _spread(column: Sequence[float], mean: float) -> float:
    return math.sqrt(math.fsum((value - mean) ** 2 for value in column) / len(column)) or 1.0
