"""The features of candidates, worked out from the inverted index, are what their texts say."""

from datetime import date

import pytest

from knowledge.index.index import Index, Pool
from knowledge.index.ranking import FEATURES, OTHER_NAME
from knowledge.index.terms import terms
from knowledge.passage import Passage

DAY = date(2026, 11, 21)
QUERIES = (
    "滞报金怎么算",
    "How is net weight entered on the declaration?",
    "甩柜了怎么办",
    "late declaraton fee",
    "报关单退单，净重大于毛重",
)


@pytest.mark.parametrize("query", QUERIES)
def test_features_are_what_the_texts_say(index: Index, query: str) -> None:
    """Coverage, title and wordings, counted over the words of each passage."""
    pool = index.pool(query, DAY)
    columns = [FEATURES.index(name) for name in ("coverage", "title", "title_back", "asked")]
    for number, row in zip(pool.numbers.tolist(), pool.features, strict=True):
        expected = _expected(pool, index.passages[number])
        assert row[columns].tolist() == pytest.approx(expected), index.passages[number].id


def _expected(pool: Pool, passage: Passage) -> list[float]:
    told = pool.question.weights
    whole = sum(told.values())
    titles = [set(terms(title)) for title in passage.title]
    asked = [set(terms(said)) for said in passage.asked]
    return [
        _covered(pool, passage) / whole,
        max(sum(told.get(term, 0) for term in title) for title in titles) / whole,
        max(len(told.keys() & title) / (len(title) or 1) for title in titles),
        max((_alike(told, said) for said in asked), default=0.0),
    ]


def _covered(pool: Pool, passage: Passage) -> float:
    said = (*passage.title, *passage.names, *passage.asked, *passage.text, passage.place)
    held, question = set(terms("\n".join(said))), pool.question
    credit = {term: float(term in held) for term in question.weights}
    for term, meant in question.repaired.items():
        credit[term] = OTHER_NAME * any(word in held for word in meant)
    for concept in question.concepts:
        if any(held.issuperset(other) for other in concept.others):
            for term in credit.keys() & set(concept.own):
                credit[term] = max(credit[term], OTHER_NAME)
    return sum(weight * credit[term] for term, weight in question.weights.items())


def _alike(told: dict[str, float], said: set[str]) -> float:
    """Shared weight beside the weights of both; a strange term weighs what is typical."""
    whole = sum(told.values())
    shared = sum(told.get(term, 0.0) for term in said)
    return 2 * shared / (whole + shared + whole / len(told) * len(said - told.keys()))
