"""The static embedder: texts that mean alike lie near each other, with numpy alone."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import PackError
from knowledge.index.embedder import Embedder, StaticEmbedder, embedded, shipped_embedder

WORDS = ["报", "关", "报关", "declar", "duty", "税"]


@pytest.fixture
def small() -> StaticEmbedder:
    """An embedder of six terms, in which both languages point the same way."""
    customs, tax = (1.0, 0.1, 0.0), (0.0, 0.1, 1.0)
    rows = [customs, customs, customs, customs, tax, tax]
    return StaticEmbedder(WORDS, np.array(rows, np.float32))


def test_what_means_alike_lies_near(small: StaticEmbedder) -> None:
    """A word lies nearer to its translation than to another thing."""
    zh, en, other = small.rows(["报关", "declaration", "duties"])
    assert zh @ en > 0.99
    assert zh @ other < 0.1


def test_vectors_are_of_length_one_or_nothing(small: StaticEmbedder) -> None:
    """A text of known terms has length one; one of unknown terms is all zeros."""
    known, unknown, empty = small.rows(["报关 duty", "xylophone", ""])
    assert np.linalg.norm(known) == pytest.approx(1.0, abs=1e-6)
    assert not unknown.any()
    assert not empty.any()


def test_a_saved_embedder_is_the_same(small: StaticEmbedder, tmp_path: Path) -> None:
    """What is read back embeds alike, and saving it again writes the same bytes."""
    small.save(tmp_path / "a")
    again = StaticEmbedder.load(tmp_path / "a")
    again.save(tmp_path / "b")
    assert np.allclose(again.rows(["报关 duty"]), small.rows(["报关 duty"]), atol=0.02)
    for name in ("terms.txt", "vectors.npz"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    assert again.stamp == StaticEmbedder.load(tmp_path / "b").stamp


def test_another_vector_is_another_stamp(small: StaticEmbedder) -> None:
    """The stamp tells embedders apart that differ in one figure."""
    rows = small._vectors.copy()
    rows[0, 0] += 0.01
    assert StaticEmbedder(WORDS, rows).stamp != small.stamp


@pytest.mark.parametrize("damage", ["missing", "half", "fewer terms"])
def test_a_damaged_embedder_is_told(small: StaticEmbedder, tmp_path: Path, damage: str) -> None:
    """What cannot be used is named, with what to do."""
    small.save(tmp_path)
    vectors = tmp_path / "vectors.npz"
    if damage == "missing":
        vectors.unlink()
    elif damage == "half":
        vectors.write_bytes(vectors.read_bytes()[:100])
    else:
        (tmp_path / "terms.txt").write_text("报\n关", "utf-8")
    with pytest.raises(PackError, match="train-embedder"):
        StaticEmbedder.load(tmp_path)


def test_it_offers_what_langchain_asks_for(small: StaticEmbedder) -> None:
    """Documents and questions become lists of figures, and any such object will do."""
    assert isinstance(small, Embedder)
    assert len(small.embed_documents(["报关", "duty"])) == 2
    assert small.embed_query("报关") == small.embed_documents(["报关"])[0]
    assert embedded(small, ["报关"], asked=True).dtype == np.float32


PAIRS = [
    ("滞报金", "late declaration fee", "certificate of origin"),
    ("原产地证书", "certificate of origin", "late declaration fee"),
    ("许可证", "licence", "net weight"),
    ("净重", "net weight", "export refund"),
    ("出口退税", "export tax refund", "container number"),
]


@pytest.mark.parametrize("zh, same, other", PAIRS, ids=lambda each: each)
def test_the_shipped_one_knows_both_languages(zh: str, same: str, other: str) -> None:
    """A term of the field lies nearer to its translation than to another term."""
    one, right, wrong = shipped_embedder().rows([zh, same, other])
    assert one @ right > one @ wrong + 0.2


def test_serving_it_imports_nothing_heavy() -> None:
    """Embedding a question loads numpy and no model, store or LangChain."""
    program = """
import sys
from knowledge.index.dense import Vectors
from knowledge.index.neural import embedder_of
embedder_of("shipped").embed_query("报关")
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    heavy = {"torch", "chromadb", "langchain_core", "sentence_transformers", "tokenizers", "scipy"}
    assert not heavy & set(done.stdout.split())
