"""Fit the weights of the re-ranker: `python -m benchmarks.fit_search`.

Pairs of an answer and another candidate of the same query: the weighted sum of their features shall be
higher for the answer. Fitted by least squares, reweighted each round by how doubtful a pair still is
(logistic regression on pairs, by Newton's method), and pulled towards a first guess where the queries
say little. A feature of likeness never counts against a passage: where that would fit best, it is left
out. Nothing is random, so the same pack and queries give the same weights. Five folds of the fit half
show what the fit is worth on queries it has not seen; the test half is not touched.
"""

import json
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.searchable import searchable
from benchmarks.labelled import Labelled, answers, labelled
from knowledge.index.embedder import Embedder, shipped_embedder
from knowledge.index.index import Index
from knowledge.index.ranking import FEATURES, WEIGHTS
from knowledge.library import shipped

GUESS = {
    "lexical": 1.0, "nearest": 0.5, "coverage": 0.7, "title": 0.5, "title_back": 0.3, "asked": 0.7,
    "exact": 2.0, "meaning": 0.5, "nearest meaning": 0.5, "pointed": 1.0, "just that": 1.0, "named": 0.7, "is term": -0.1, "is code": -0.1,
    **{name: 0.1 for name in FEATURES if name.startswith("asks ")},
}  # fmt: skip
LIKENESS = 12
"""The first features say how alike question and passage are."""
PULL = 1.0
SHARP = 4.0
"""How sharply a small lead already counts as a lead."""
ROUNDS = 30
FOLDS = 5
Matrix = NDArray[np.float64]


class Judged(NamedTuple):
    """The candidates for a query, and which of them answer it."""

    features: Matrix
    right: NDArray[np.bool_]


def judged(index: Index, each: Labelled) -> Judged:
    """Return the candidates for a labelled query."""
    pool = index.pool(each.query, each.day)
    held = [index.passages[number] for number in pool.numbers]
    right = [answers(each.relevant, passage.id, passage.entry) for passage in held]
    return Judged(pool.features, np.array(right, dtype=bool))


def fitted(pools: list[Judged]) -> Matrix:
    """Return the weights fitted to queries."""
    guess = np.array([GUESS.get(name, 0.0) for name in FEATURES])
    free = np.ones(len(FEATURES), dtype=bool)
    while True:
        found = _newton(pools, guess, free)
        against = (found < 0) & (np.arange(len(found)) < LIKENESS)
        if not against.any():
            return found
        free &= ~against


def _newton(pools: list[Judged], guess: Matrix, free: NDArray[np.bool_]) -> Matrix:
    guess = np.where(free, guess, 0.0)
    gaps, share = _pairs(pools, guess)
    gaps *= free * SHARP
    found = guess
    for _ in range(ROUNDS):
        doubt = 1 / (1 + np.exp(np.clip(gaps @ found, -30, 30)))
        slope = PULL * (found - guess) - gaps.T @ (share * doubt)
        bend = gaps.T @ (gaps * (share * doubt * (1 - doubt))[:, None]) + PULL * np.eye(len(found))
        step = np.linalg.solve(bend, slope)
        found = found - step * min(1.0, 0.5 / max(float(np.abs(step).max()), 1e-9))
    return found


def _pairs(pools: list[Judged], guess: Matrix) -> tuple[Matrix, Matrix]:
    """The best answer less each other candidate, a row each, and what each row counts."""
    gaps, share = [], []
    for pool in pools:
        if pool.right.any() and not pool.right.all():
            best = max(pool.features[pool.right], key=lambda row: float(row @ guess))
            gaps.append(best - pool.features[~pool.right])
            share.append(np.full(len(gaps[-1]), len(gaps[-1]) ** -0.5))
    return np.concatenate(gaps), np.concatenate(share)


def chances(pools: list[Judged], weights: Matrix) -> tuple[float, float]:
    """Return slope and shift that turn a weighted sum into the chance of being an answer.

    Logistic regression on every candidate of every query, those with no answer included.
    """
    sums = np.concatenate([pool.features @ weights for pool in pools])
    right = np.concatenate([pool.right for pool in pools]).astype(float)
    table = np.stack([sums, np.ones(len(sums))], axis=1)
    found = np.array([1.0, -float(sums.mean())])
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(table @ found, -30, 30)))
        slope = table.T @ (chance - right) + 0.01 * found
        bend = table.T @ (table * (chance * (1 - chance))[:, None]) + 0.01 * np.eye(2)
        found = found - np.clip(np.linalg.solve(bend, slope), -1, 1)
    return float(found[0]), float(found[1])


def worth(weights: Matrix, pools: list[Judged]) -> float:
    """Return the mean of first@1, first@3 and reciprocal place."""
    total = 0.0
    for pool in pools:
        if pool.right.any():
            ranks = pool.features @ weights
            at = 1 + int((ranks[~pool.right] > ranks[pool.right].max()).sum())
            total += (at == 1) + (at <= 3) + 1 / at
    return total / 3 / sum(pool.right.any() for pool in pools)


TRUST = np.array([0.5 if "meaning" in name else 1.0 for name in FEATURES])
"""The embedder was trained on the very passages that the weights are fitted on, so here its likeness
looks better than on other texts: it counts half, which costs nothing here and helps there."""


def left_out(pools: list[Judged]) -> float:
    """Return what the fit is worth on queries left out of it."""
    total = 0.0
    for fold in range(FOLDS):
        kept = [pool for number, pool in enumerate(pools) if number % FOLDS != fold]
        total += worth(fitted(kept) * TRUST, pools[fold::FOLDS]) / FOLDS
    return total


def fit(embedder: Embedder | None) -> dict[str, Any]:
    """Fit with the dense lane or without, print what it is worth, and return the weights."""
    index = Index.build(searchable(shipped()), embedder=embedder)
    queries = labelled("fit")
    pools = [judged(index, each) for each in queries]
    found, unseen = fitted(pools) * TRUST, left_out(pools)
    lanes = "words and meaning" if embedder else "words"
    print(f"{lanes}: on the fit half {worth(found, pools):.3f}, on folds left out {unseen:.3f}")
    weights = {
        name: round(float(value), 4) + 0.0 for name, value in zip(FEATURES, found, strict=True)
    }
    slope, shift = chances(pools, found)
    chance = {"slope": round(slope, 4), "shift": round(shift, 4)}
    return {"worth": round(unseen, 3), "weights": weights, "chance": chance}


def main() -> None:
    """Fit both sets of weights and write them."""
    note = (
        "Made by `python -m benchmarks.fit_search`: reweighted least squares over pairs of "
        f"candidates, on the {len(labelled('fit'))} fit queries of benchmarks/queries/pack.jsonl; "
        "worth is the mean of first@1, first@3 and reciprocal place on folds left out. Do not edit "
        "by hand."
    )
    held = {"note": note, "words": fit(None), "dense": fit(shipped_embedder())}
    WEIGHTS.write_text(json.dumps(held, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
