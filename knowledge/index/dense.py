"""The dense lane: passages by meaning, as vectors beside the index.

Every vector lies in one file in the order of the passages. Going through all of them is exact and
quick; above `SCANNED` passages the nearest are asked of a store instead.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from knowledge.errors import PackError
from knowledge.index.embedder import Embedder, embedded, units
from knowledge.index.stores import Chroma, Foreign, News, Store
from knowledge.passage import Passage

if TYPE_CHECKING:
    from langchain_core.vectorstores import VectorStore

VECTORS, HASHES, HEAD = "vectors.npy", "hashes.npy", "vectors.json"
SCANNED = 20_000
"""Up to so many passages all vectors are gone through."""
LAW = 0.3
"""What the name of a law counts: it stands over every article and tells them not apart."""
AT_ONCE = 512
"""Passages embedded in one step; bounds the memory it takes."""
Told = Callable[[int, int], None]


class Head(NamedTuple):
    """What the vectors were made by, and where they are looked up."""

    stamp: str
    store: str
    """`auto`, `scan`, `chroma`, `http://host:port`, or `given` for a store handed in."""


class Vectors:
    """The vectors of passages."""

    def __init__(
        self, folder: Path, embedder: Embedder, head: Head, given: "VectorStore | None" = None
    ) -> None:
        self._folder = folder
        self._embedder = embedder
        self._head = head
        self._given = given
        self._rows: NDArray[np.float32] = np.load(folder / VECTORS, mmap_mode="r")
        self.hashes: tuple[str, ...] = tuple(np.load(folder / HASHES).astype(str).tolist())

    @classmethod
    def build(
        cls,
        folder: Path,
        passages: Sequence[Passage],
        hashes: Sequence[str],
        embedder: Embedder,
        old: "Vectors | None" = None,
        store: "str | VectorStore" = "auto",
        told: Told | None = None,
    ) -> "Vectors":
        """Embed passages into a folder and return their vectors.

        Args:
            folder: an empty folder, or one without vectors.
            passages: what shall be found.
            hashes: of each passage, a hash of its content and id.
            embedder: what makes vectors of texts.
            old: vectors built before; those of the same hash are taken over.
            store: `auto`, `scan`, `chroma`, `http://host:port`, or a store of LangChain's.
            told: called with how much is done, of how much.

        Raises:
            PackError: the store does not answer, or is none.
            OSError: the folder cannot be written.
        """
        folder.mkdir(parents=True, exist_ok=True)
        before = old if old is not None and old.stamp == embedder.stamp else None
        rows = _embedded(passages, hashes, embedder, before, told)
        np.save(folder / VECTORS, rows)
        np.save(folder / HASHES, np.array(hashes, dtype="S"))
        head = Head(embedder.stamp, store if isinstance(store, str) else "given")
        (folder / HEAD).write_bytes(msgspec.json.encode(head))
        given = None if isinstance(store, str) else store
        built = cls(folder, embedder, head, given)
        built._fill(passages, before, told)
        return built

    @classmethod
    def open(
        cls, folder: Path, embedder: Embedder, store: "VectorStore | None" = None
    ) -> "Vectors":
        """Open the vectors in a folder.

        Raises:
            PackError: there are none, or another embedder made them.
        """
        remedy = "Build the index: declarant knowledge build / 请重建索引"
        try:
            head = msgspec.json.decode((folder / HEAD).read_bytes(), type=Head)
            opened = cls(folder, embedder, head, store)
        except (OSError, ValueError, EOFError, msgspec.MsgspecError) as fault:
            raise PackError(folder, f"there are no usable vectors: {fault}", remedy) from None
        if head.stamp != embedder.stamp:
            raise PackError(folder, "its vectors were made by another embedder", remedy)
        return opened

    @property
    def stamp(self) -> str:
        """The stamp of the embedder that made them."""
        return self._head.stamp

    def of(self, question: str) -> NDArray[np.float32]:
        """Return the vector of a question: of length one, or zeros where it says nothing known."""
        vector: NDArray[np.float32] = embedded(self._embedder, [question], asked=True)[0]
        return vector

    def nearest(self, vector: NDArray[np.float32], many: int) -> NDArray[np.intp]:
        """Return the numbers of the nearest passages, nearest first."""
        if not vector.any() or not len(self._rows):
            return np.zeros(0, np.intp)
        if self._scans:
            return self._scanned(vector, many)
        known: list[int] = []
        for times in (1, 4):  # a server may hold passages of an index that is being built
            found = self._store.nearest(vector, min(times * many, times * len(self._rows)))
            known = [number for key in found for number in self._numbers.get(key, ())]
            if len(known) >= min(many, len(self._rows)):
                break
        return np.array(known[:many], np.intp)

    def alike(
        self, vector: NDArray[np.float32], numbers: Sequence[int] | NDArray[np.intp]
    ) -> NDArray[np.float32]:
        """Return how alike given passages are, -1 to 1."""
        rows = self._rows[np.asarray(numbers, np.intp)]
        alike: NDArray[np.float32] = np.einsum("ij,j->i", rows, vector)
        return alike

    def close(self) -> None:
        """Let go of the store, if one was opened."""
        if "_store" in self.__dict__:
            self._store.close()
            del self.__dict__["_store"]

    @property
    def _scans(self) -> bool:
        wanted = self._head.store
        small = len(self._rows) <= SCANNED or find_spec("chromadb") is None
        return wanted == "scan" or (wanted == "auto" and small)

    def _scanned(self, vector: NDArray[np.float32], many: int) -> NDArray[np.intp]:
        alike = np.einsum("ij,j->i", self._rows, vector)  # BLAS keeps other cores spinning
        some = min(many, len(alike))
        best = np.sort(np.argpartition(-alike, some - 1)[:some])
        return best[np.argsort(-alike[best], kind="stable")]

    @cached_property
    def _store(self) -> Store:
        return self._open_store(None)

    def _open_store(self, old: "Vectors | None") -> Store:
        wanted = self._head.store
        if wanted.startswith(("http://", "https://")):
            return Chroma.server(wanted, self.stamp)
        if wanted == "given":
            if self._given is None:
                remedy = "Hand it in when opening the index / 打开索引时请传入"
                raise PackError(self._folder, "its vectors are in a store of its own", remedy)
            return Foreign(self._given)
        if wanted in ("auto", "chroma"):
            return Chroma.beside(self._folder, old._folder if old else None)
        known = "auto, scan, chroma, http://host:port"
        raise PackError(wanted, "there is no such store / 没有此类向量库", f"Use one of {known}")

    @cached_property
    def _numbers(self) -> dict[str, list[int]]:
        """The passages of each hash."""
        numbers: dict[str, list[int]] = {}
        for number, key in enumerate(self.hashes):
            numbers.setdefault(key, []).append(number)
        return numbers

    def _fill(self, passages: Sequence[Passage], old: "Vectors | None", told: Told | None) -> None:
        """Have the store hold the vectors; without chromadb, `auto` does without a store."""
        wanted = self._head.store
        if wanted == "scan" or (wanted == "auto" and find_spec("chromadb") is None):
            return
        store = self.__dict__["_store"] = self._open_store(old)
        before = frozenset(old.hashes if old else ())
        texts = lambda number: said(passages[number])  # noqa: E731
        store.hold(News(self.hashes, self._rows, texts, before), told)
        self.close()  # what is written is on disk from here on


def parts_of(passage: Passage) -> tuple[tuple[float, str], ...]:
    """Return what is embedded of a passage, part by part, and what each part counts.

    Its names, how it is asked for, and what it says count alike, however long each is.
    """
    names = LAW if passage.kind == "source" else 1.0
    return (
        (names, _lines((*passage.title, *passage.names))),
        (1.0, _lines(passage.asked)),
        (1.0, _lines(passage.text)),
    )


def _lines(texts: Sequence[str]) -> str:
    return "\n".join(dict.fromkeys(filter(None, texts)))


def said(passage: Passage) -> str:
    """Return everything that is embedded of a passage, for a store that embeds by itself."""
    return "\n".join(text for _, text in parts_of(passage) if text)


def _embedded(
    passages: Sequence[Passage],
    hashes: Sequence[str],
    embedder: Embedder,
    old: Vectors | None,
    told: Told | None,
) -> NDArray[np.float32]:
    """The vector of each passage, taken over from the old ones where its hash is there."""
    there = old._numbers if old else {}
    lacking = [number for number, key in enumerate(hashes) if key not in there]
    made = [_summed(embedder, some) for some in _portions([passages[n] for n in lacking], told)]
    new = np.concatenate(made) if made else np.zeros((0, 0), np.float32)
    wide = new.shape[1] if made else old._rows.shape[1] if old and len(old._rows) else 0
    rows = np.zeros((len(hashes), wide), np.float32)
    rows[lacking] = new.reshape(len(lacking), wide)
    if old:
        kept = [number for number, key in enumerate(hashes) if key in there]
        rows[kept] = old._rows[[there[hashes[number]][0] for number in kept]]
    return rows


def _portions(passages: Sequence[Passage], told: Told | None) -> Iterator[Sequence[Passage]]:
    for start in range(0, len(passages), AT_ONCE):
        yield passages[start : start + AT_ONCE]
        if told:
            told(min(start + AT_ONCE, len(passages)), len(passages))


def _summed(embedder: Embedder, passages: Sequence[Passage]) -> NDArray[np.float32]:
    """The vectors of passages: those of their parts, weighed and added, of length one."""
    parts = [
        (row, weight, text)
        for row, passage in enumerate(passages)
        for weight, text in parts_of(passage)
        if text
    ]
    vectors = embedded(embedder, [text for _, _, text in parts])
    weights = np.array([weight for _, weight, _ in parts], np.float32)
    rows = np.zeros((len(passages), vectors.shape[1]), np.float32)
    np.add.at(rows, [row for row, _, _ in parts], vectors * weights[:, None])
    return units(rows)
