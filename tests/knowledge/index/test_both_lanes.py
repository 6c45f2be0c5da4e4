"""With an embedder the index finds by meaning too, and keeps its vectors with its words."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import PackError
from knowledge.index.embedder import StaticEmbedder
from knowledge.index.index import Index
from knowledge.passage import Passage
from knowledge.span import Span
from knowledge.text import Text

DAY = date(2026, 11, 21)
MEANINGS = {
    "fee": 0,
    "滞": 0,
    "报": 0,
    "weight": 1,
    "净": 1,
    "重": 1,
    "deposit": 2,
    "担": 2,
    "保": 2,
}


def embedder(turn: int = 0) -> StaticEmbedder:
    """Return an embedder that knows three matters in two languages."""
    rows = [np.eye(4, dtype=np.float32)[(matter + turn) % 4] for matter in MEANINGS.values()]
    return StaticEmbedder(list(MEANINGS), np.array(rows))


def passages() -> Iterator[Passage]:
    """Return three passages in Chinese alone, one of them of another time."""
    for name, said, span in (
        ("fee", "滞报", Span()),
        ("weight", "净重", Span()),
        ("deposit", "担保", Span(date(2020, 1, 1), date(2020, 12, 31))),
    ):
        yield Passage(name, name, "", "problem", Text(said, ""), Text(said, ""), span=span)


def found(index: Index, query: str, day: date = DAY) -> list[str]:
    """Return the ids of the hits."""
    return [hit.passage.id for hit in index.find(query, day)]


def test_meaning_finds_where_no_word_is_shared(tmp_path: Path) -> None:
    """In memory, built into a folder, and opened again; without an embedder nothing is found."""
    built = Index.build(passages(), embedder=embedder())
    fresh = Index.fresh(tmp_path, "1", passages, embedder())
    for index in (built, fresh, Index.open(tmp_path, embedder())):
        assert found(index, "fee")[0] == "fee"
        assert found(index, "weight")[0] == "weight"
    assert found(Index.open(tmp_path), "fee") == []


def test_meaning_finds_nothing_out_of_force() -> None:
    """The day holds for every lane."""
    index = Index.build(passages(), embedder=embedder())
    assert "deposit" not in found(index, "deposit")
    assert found(index, "deposit", date(2020, 6, 1))[0] == "deposit"


def test_another_embedder_makes_new_vectors(tmp_path: Path) -> None:
    """Vectors of the old one are never used; the words are taken over."""
    Index.fresh(tmp_path, "1", passages, embedder())
    with pytest.raises(PackError, match="another embedder"):
        Index.open(tmp_path, embedder(1))
    index = Index.fresh(tmp_path, "1", passages, embedder(1))
    assert index.changes
    assert index.changes.kept == 3
    assert found(index, "fee")[0] == "fee"


def test_vectors_are_added_to_an_index_without(tmp_path: Path) -> None:
    """Nothing else changed, yet a new generation serves."""
    Index.fresh(tmp_path, "1", passages)
    assert found(Index.fresh(tmp_path, "2", passages, embedder()), "fee")[0] == "fee"


def test_one_bar_goes_over_words_and_vectors(tmp_path: Path) -> None:
    """From nothing to all, never back."""
    told: list[float] = []
    Index.fresh(
        tmp_path, "1", passages, embedder(), told=lambda done, whole: told.append(done / whole)
    )
    assert told == sorted(told)
    assert told[0] == 0
    assert told[-1] == 1
