"""How good a ranking is: recall, reciprocal rank and discounted gain, as trec_eval counts them.

Rankings are ids, best first; judgements are gains by id, above 0. Where two scores are equal, the order
handed over counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import fsum, log2
from typing import NamedTuple

Ranking = Sequence[str]
Judged = Mapping[str, float]


class Quality(NamedTuple):
    """Means over questions, 0 to 1; a question for which nothing was found counts as 0."""

    recall_5: float
    recall_10: float
    recall_100: float
    mrr_10: float
    ndcg_10: float


HEADINGS = ("R@5", "R@10", "R@100", "MRR@10", "nDCG@10")


def quality(asked: Iterable[tuple[Ranking, Judged]]) -> Quality:
    """Return the means over questions: what was found, and what was judged to answer.

    Raises:
        ValueError: there is no question.
    """
    rows = [
        (*(recall(found, judged, limit) for limit in (5, 10, 100)), *_tops(found, judged))
        for found, judged in asked
    ]
    if not rows:
        raise ValueError("there is no question to take a mean over")
    return Quality(*(fsum(column) / len(rows) for column in zip(*rows, strict=True)))


def recall(found: Ranking, judged: Judged, limit: int) -> float:
    """Return the share of the relevant documents that are among the first few.

    >>> recall(["b", "a", "c"], {"a": 1, "d": 1}, 2)
    0.5
    """
    return sum(each in judged for each in found[:limit]) / len(judged)


def reciprocal_rank(found: Ranking, judged: Judged, limit: int) -> float:
    """Return one over the place of the first relevant document, 0 where none is among the first.

    >>> reciprocal_rank(["b", "a", "d"], {"a": 1, "d": 1}, 10)
    0.5
    """
    places = (at for at, each in enumerate(found[:limit], start=1) if each in judged)
    return 1 / next(places, float("inf"))


def discounted_gain(found: Ranking, judged: Judged, limit: int) -> float:
    """Return the gain of the first few, less the further down, as a share of the best possible.

    >>> discounted_gain(["a", "b"], {"a": 1}, 10)
    1.0
    """
    best = sorted(judged.values(), reverse=True)
    return _gain([judged.get(each, 0.0) for each in found[:limit]]) / _gain(best[:limit])


def _gain(gains: Sequence[float]) -> float:
    return fsum(gain / log2(place + 1) for place, gain in enumerate(gains, start=1))


def _tops(found: Ranking, judged: Judged) -> tuple[float, float]:
    return reciprocal_rank(found, judged, 10), discounted_gain(found, judged, 10)
