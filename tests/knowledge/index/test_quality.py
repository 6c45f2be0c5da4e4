"""The labelled queries are sound, and the index finds their answers."""

from collections import Counter

import pytest

from benchmarks.labelled import Labelled, labelled, place
from knowledge.index.index import Index
from knowledge.passage import Passage


def test_the_labelled_queries_are_sound(index: Index) -> None:
    """Enough of each kind, in both halves, each once, and every answer is in the pack."""
    every = labelled()
    assert len(every) >= 300
    assert len({each.id for each in every}) == len(every)
    assert not [said for said, times in Counter(each.query for each in every).items() if times > 1]
    counted = Counter((each.lang, each.style, each.part) for each in every)
    for lang in ("zh", "en"):
        for style in ("plain", "chat", "typo", "number", "cross"):
            assert counted[lang, style, "fit"] >= 6
            assert counted[lang, style, "test"] >= 6
    known = {passage.id for passage in index.passages} | {p.entry for p in index.passages}
    assert not [each.id for each in every if not known.issuperset(each.relevant)]


def test_no_labelled_query_is_a_wording_of_the_pack(index: Index) -> None:
    """They are said in other words than the pack's own."""
    asked = {said for passage in index.passages for said in passage.asked}
    assert not [each.query for each in labelled() if each.query in asked]


def test_every_day_asked_about_finds_its_answer_in_force(index: Index) -> None:
    """A label names something that holds on the day of its query."""
    held: dict[str, list[Passage]] = {}
    for passage in index.passages:
        held.setdefault(passage.id, []).append(passage)
        held.setdefault(passage.entry, []).append(passage)
    for each in labelled():
        answers = [passage for name in each.relevant for passage in held[name]]
        assert not answers or any(passage.span.covers(each.day) for passage in answers), each.id


def _share(index: Index, queries: list[Labelled], limit: int) -> float:
    places = [
        place(each.relevant, index.find(each.query, each.day, limit=limit)) for each in queries
    ]
    return sum(at > 0 for at in places) / len(places)


@pytest.mark.parametrize(("limit", "least"), [(1, 0.85), (3, 0.95)])
def test_answers_stand_first(index: Index, limit: int, least: float) -> None:
    """Of the half of the queries the weights were not fitted to."""
    queries = [each for each in labelled("test") if each.relevant]
    assert _share(index, queries, limit) >= least


def test_numbers_are_always_found(index: Index) -> None:
    """A question by number has its answer first."""
    queries = [each for each in labelled() if each.style == "number"]
    assert _share(index, queries, 1) == 1


def test_english_is_found_as_well_as_chinese(index: Index) -> None:
    """Within five points among the first three."""
    queries = [each for each in labelled("test") if each.relevant]
    english = [each for each in queries if each.lang == "en"]
    chinese = [each for each in queries if each.lang == "zh"]
    assert _share(index, english, 3) >= _share(index, chinese, 3) - 0.05


def test_a_question_without_answer_scores_low(index: Index) -> None:
    """What the pack knows nothing of is told apart from what it knows, most of the time."""
    strange = [each for each in labelled() if not each.relevant]
    known = [each for each in labelled("test") if each.relevant]
    sure = {
        name: sum(bool(hits) and hits[0].score >= 0.1 for hits in found) / len(found)
        for name, found in (
            ("strange", [index.find(each.query, each.day, limit=1) for each in strange]),
            ("known", [index.find(each.query, each.day, limit=1) for each in known]),
        )
    }
    assert sure["strange"] <= 0.2
    assert sure["known"] >= 0.9
