"""Vectors of passages: built, taken over, looked up by going through all or by a store."""

import gc
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from knowledge.errors import PackError
from knowledge.index.dense import Vectors
from knowledge.index.embedder import StaticEmbedder
from knowledge.passage import Passage
from knowledge.text import Text

SIGNS = [chr(0x4E00 + number) for number in range(400)]


@pytest.fixture(scope="module")
def embedder() -> StaticEmbedder:
    """A vector at random for each of four hundred characters."""
    rows = np.random.default_rng(7).standard_normal((len(SIGNS), 16)).astype(np.float32)
    return StaticEmbedder(SIGNS, rows)


class Counting:
    """An embedder that counts what it embeds."""

    def __init__(self, inner: StaticEmbedder) -> None:
        self.inner = inner
        self.stamp = inner.stamp
        self.texts = 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vectors of texts."""
        self.texts += len(texts)
        return self.inner.embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        return self.inner.embed_query(text)


def passage(number: int, said: str = "") -> Passage:
    """A passage of three characters of its own."""
    text = said or "".join(SIGNS[(number * step) % len(SIGNS)] for step in (1, 3, 7))
    return Passage(f"p{number}", f"p{number}", "", "problem", Text("", ""), Text(text, ""))


def hashes(passages: list[Passage]) -> list[str]:
    """The hash of each passage."""
    return [hashlib.sha256(repr(each).encode()).hexdigest()[:32] for each in passages]


PASSAGES = [passage(number) for number in range(1, 301)]
QUESTION = "".join(SIGNS[30:33])


def test_the_nearest_are_the_most_alike(embedder: StaticEmbedder, tmp_path: Path) -> None:
    """Going through all vectors finds the passages of the highest cosine, in order."""
    vectors = Vectors.build(tmp_path, PASSAGES, hashes(PASSAGES), embedder, store="scan")
    asked = vectors.of(QUESTION)
    alike = vectors.alike(asked, range(len(PASSAGES)))
    assert vectors.nearest(asked, 10).tolist() == np.argsort(-alike, kind="stable")[:10].tolist()
    assert vectors.alike(asked, vectors.nearest(asked, 1))[0] == alike.max()


def test_a_question_of_unknown_words_finds_nothing(
    embedder: StaticEmbedder, tmp_path: Path
) -> None:
    """Where no term is known nothing is near."""
    vectors = Vectors.build(tmp_path, PASSAGES, hashes(PASSAGES), embedder, store="scan")
    assert not vectors.of("xylophone").any()
    assert len(vectors.nearest(vectors.of("xylophone"), 10)) == 0


def test_an_index_of_nothing_is_one(embedder: StaticEmbedder, tmp_path: Path) -> None:
    """No passages are built, opened and asked like any."""
    Vectors.build(tmp_path, [], [], embedder, store="scan")
    vectors = Vectors.open(tmp_path, embedder)
    assert len(vectors.nearest(vectors.of(QUESTION), 10)) == 0


def test_what_is_opened_is_what_was_built(embedder: StaticEmbedder, tmp_path: Path) -> None:
    """Opened vectors answer as those just built."""
    built = Vectors.build(tmp_path, PASSAGES, hashes(PASSAGES), embedder, store="scan")
    opened = Vectors.open(tmp_path, embedder)
    asked = built.of(QUESTION)
    assert opened.nearest(asked, 20).tolist() == built.nearest(asked, 20).tolist()
    assert opened.hashes == built.hashes


def test_only_what_changed_is_embedded(embedder: StaticEmbedder, tmp_path: Path) -> None:
    """Vectors of the same hash are taken over; the result is as if built anew."""
    counting = Counting(embedder)
    old = Vectors.build(tmp_path / "a", PASSAGES, hashes(PASSAGES), counting, store="scan")
    counting.texts = 0
    changed = [passage(999, "".join(SIGNS[5:9])), *PASSAGES[3:200], *PASSAGES[220:]]
    kept = Vectors.build(tmp_path / "b", changed, hashes(changed), counting, old, store="scan")
    assert counting.texts == 1
    anew = Vectors.build(tmp_path / "c", changed, hashes(changed), counting, store="scan")
    for name in ("vectors.npy", "hashes.npy", "vectors.json"):
        assert (tmp_path / "b" / name).read_bytes() == (tmp_path / "c" / name).read_bytes()
    assert kept.hashes == anew.hashes


def test_another_embedder_takes_nothing_over(embedder: StaticEmbedder, tmp_path: Path) -> None:
    """Vectors of another stamp are made anew, and opening with another is told."""
    old = Vectors.build(tmp_path / "a", PASSAGES, hashes(PASSAGES), embedder, store="scan")
    other = Counting(StaticEmbedder(SIGNS[::-1], embedder._vectors))
    Vectors.build(tmp_path / "b", PASSAGES, hashes(PASSAGES), other, old, store="scan")
    assert other.texts == len(PASSAGES)
    with pytest.raises(PackError, match="another embedder"):
        Vectors.open(tmp_path / "b", embedder)


@pytest.mark.parametrize("name", ["vectors.npy", "hashes.npy", "vectors.json"])
@pytest.mark.parametrize("damage", ["missing", "half"])
def test_damage_is_told(embedder: StaticEmbedder, tmp_path: Path, name: str, damage: str) -> None:
    """A file that is missing or cut short is named, with what to do."""
    Vectors.build(tmp_path, PASSAGES, hashes(PASSAGES), embedder, store="scan")
    file = tmp_path / name
    content = file.read_bytes()
    file.unlink()
    if damage == "half":
        file.write_bytes(content[: len(content) // 2])
    with pytest.raises(PackError, match="knowledge build"):
        Vectors.open(tmp_path, embedder)


def test_an_unknown_store_is_told(embedder: StaticEmbedder, tmp_path: Path) -> None:
    """A store that is none names those there are."""
    with pytest.raises(PackError, match="auto, scan, chroma"):
        Vectors.build(tmp_path, PASSAGES, hashes(PASSAGES), embedder, store="shelf")


def test_progress_reaches_the_end(embedder: StaticEmbedder, tmp_path: Path) -> None:
    """The last thing told is that all is done."""
    told: list[tuple[int, int]] = []
    at = lambda done, of: told.append((done, of))  # noqa: E731
    Vectors.build(tmp_path, PASSAGES, hashes(PASSAGES), embedder, store="scan", told=at)
    assert told[-1] == (len(PASSAGES), len(PASSAGES))


class TestChroma:
    """Chroma beside the index, and on a server."""

    @pytest.fixture(autouse=True)
    def _there(self) -> None:
        pytest.importorskip("chromadb", reason="needs chromadb: the extra [assistant]")

    @pytest.fixture
    def server(self, tmp_path: Path) -> Iterator[str]:
        """A Chroma server on this machine."""
        program = shutil.which("chroma", path=str(Path(sys.executable).parent))
        if program is None:
            pytest.skip("there is no program `chroma` beside this Python")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [program, "run", "--host", "127.0.0.1", "--port", str(port)]
        run = subprocess.Popen(
            [*command, "--path", str(tmp_path / "server")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "ANONYMIZED_TELEMETRY": "False"},
        )
        try:
            if not _answers(port):
                pytest.skip("`chroma run` did not answer within 30 seconds")
            yield f"http://127.0.0.1:{port}"
        finally:
            run.terminate()
            run.wait(10)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", ResourceWarning)
                gc.collect()  # chromadb 1.5 leaves the connection of a closed client to the collector

    def test_it_finds_what_going_through_all_finds(
        self, embedder: StaticEmbedder, tmp_path: Path
    ) -> None:
        """Among few passages the store's nearest are the nearest."""
        scan = Vectors.build(tmp_path / "a", PASSAGES, hashes(PASSAGES), embedder, store="scan")
        chroma = Vectors.build(tmp_path / "b", PASSAGES, hashes(PASSAGES), embedder, store="chroma")
        asked = scan.of(QUESTION)
        assert chroma.nearest(asked, 10).tolist() == scan.nearest(asked, 10).tolist()
        chroma.close()

    def test_building_twice_finds_the_same(self, embedder: StaticEmbedder, tmp_path: Path) -> None:
        """Two builds of the same passages give the same neighbours in the same order."""
        found = []
        for name in "ab":
            folder = tmp_path / name
            vectors = Vectors.build(folder, PASSAGES, hashes(PASSAGES), embedder, store="chroma")
            asked = [vectors.of("".join(SIGNS[n : n + 4])) for n in range(0, 300, 10)]
            found.append([vectors.nearest(each, 50).tolist() for each in asked])
            vectors.close()
        assert found[0] == found[1]

    @pytest.mark.parametrize("where", ["folder", "server"])
    def test_only_changes_reach_the_store(
        self, embedder: StaticEmbedder, tmp_path: Path, where: str, request: pytest.FixtureRequest
    ) -> None:
        """After a change the store finds the new passages and none that are gone."""
        store = request.getfixturevalue("server") if where == "server" else "chroma"
        old = Vectors.build(tmp_path / "a", PASSAGES, hashes(PASSAGES), embedder, store=store)
        changed = [passage(999, QUESTION), *PASSAGES[100:]]
        new = Vectors.build(tmp_path / "b", changed, hashes(changed), embedder, old, store=store)
        asked = new.of(QUESTION)
        found = new.nearest(asked, 100).tolist()
        best = np.argsort(-new.alike(asked, range(len(changed))), kind="stable")[:20].tolist()
        assert found[0] == 0
        assert found[:20] == best
        assert len(old.nearest(asked, 100)) == 100  # the one still serving finds what it found
        old.close()
        new.close()

    def test_a_server_that_does_not_answer_is_told(
        self, embedder: StaticEmbedder, tmp_path: Path
    ) -> None:
        """Where nobody listens the address is named at once."""
        start = time.monotonic()
        with pytest.raises(PackError, match=r"127\.0\.0\.1:9"):
            Vectors.build(
                tmp_path, PASSAGES, hashes(PASSAGES), embedder, store="http://127.0.0.1:9"
            )
        assert time.monotonic() - start < 20

    def test_its_own_embedder_is_never_loaded(
        self, embedder: StaticEmbedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Building and asking never call the embedding function Chroma brings along."""
        from chromadb.utils import embedding_functions

        def fails(*_: Any, **__: Any) -> None:
            raise AssertionError("Chroma's own embedding function was called")

        monkeypatch.setattr(embedding_functions.DefaultEmbeddingFunction, "__call__", fails)
        vectors = Vectors.build(tmp_path, PASSAGES, hashes(PASSAGES), embedder, store="chroma")
        assert len(vectors.nearest(vectors.of(QUESTION), 5)) == 5
        vectors.close()


class TestLangChain:
    """Any store and any embeddings of LangChain's."""

    @pytest.fixture(autouse=True)
    def _there(self) -> None:
        pytest.importorskip("langchain_core", reason="needs langchain-core: the extra [assistant]")

    @pytest.mark.parametrize("kind", ["in memory", "chroma"])
    def test_any_store_will_do(self, embedder: StaticEmbedder, tmp_path: Path, kind: str) -> None:
        """A store handed in is filled, brought up to date and asked."""
        store = _store(kind, embedder, tmp_path)
        old = Vectors.build(tmp_path / "a", PASSAGES, hashes(PASSAGES), embedder, store=store)
        changed = [passage(999, QUESTION), *PASSAGES[100:]]
        Vectors.build(tmp_path / "b", changed, hashes(changed), embedder, old, store=store)
        new = Vectors.open(tmp_path / "b", embedder, store)
        found = new.nearest(new.of(QUESTION), 20)
        assert found[0] == 0
        assert len(found) == 20

    def test_a_store_must_be_handed_in_again(
        self, embedder: StaticEmbedder, tmp_path: Path
    ) -> None:
        """An index whose vectors lie in a store of its own says so when that is not given."""
        store = _store("in memory", embedder, tmp_path)
        Vectors.build(tmp_path, PASSAGES, hashes(PASSAGES), embedder, store=store)
        alone = Vectors.open(tmp_path, embedder)
        with pytest.raises(PackError, match="Hand it in"):
            alone.nearest(alone.of(QUESTION), 5)

    def test_any_embeddings_will_do(self, embedder: StaticEmbedder, tmp_path: Path) -> None:
        """Embeddings of LangChain's build and ask an index; others are another stamp."""
        from langchain_core.embeddings import DeterministicFakeEmbedding

        from knowledge.index.neural import embedder_of

        theirs = embedder_of(DeterministicFakeEmbedding(size=8))
        vectors = Vectors.build(tmp_path, PASSAGES, hashes(PASSAGES), theirs, store="scan")
        assert vectors.of(PASSAGES[7].text.zh).shape == (8,)
        near = vectors.nearest(vectors.of(PASSAGES[7].text.zh), 1)
        assert near.tolist() == [7]
        assert embedder_of(DeterministicFakeEmbedding(size=9)).stamp != theirs.stamp


def _store(kind: str, embedder: StaticEmbedder, folder: Path) -> Any:
    from langchain_core.vectorstores import InMemoryVectorStore

    from knowledge.index.langchain_door import Ours

    if kind == "in memory":
        return InMemoryVectorStore(Ours(embedder))
    chroma = pytest.importorskip("langchain_chroma", reason="needs langchain-chroma")
    return chroma.Chroma("passages", Ours(embedder), persist_directory=str(folder / "theirs"))


def _answers(port: int) -> bool:
    for _ in range(150):
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.2)
    return False
