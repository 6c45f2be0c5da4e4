"""Embedders: texts turned into vectors, alike where the texts mean alike.

The one shipped is static: a vector for each term, and a text is the mean of its terms' vectors. It
needs numpy and nothing else. How it was made stands in `embedder/made.json`.
"""

import hashlib
import zipfile
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import PackError
from knowledge.index.terms import terms

SHIPPED = Path(__file__).with_name("embedder")
TERMS, VECTORS = "terms.txt", "vectors.npz"
REMEDY = "Make it: declarant knowledge train-embedder / 请先训练"
UNREADABLE = (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile)
"""What reading a file that is no embedder, or half of one, may raise."""


@runtime_checkable
class Embedder(Protocol):
    """What the index needs of an embedder: LangChain's `Embeddings`, and a stamp."""

    @property
    def stamp(self) -> str:
        """A hash; vectors of an embedder with another stamp are of no use."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vectors of texts that shall be found."""

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""


class StaticEmbedder:
    """A vector for each term; the vector of a text is their mean, of length one."""

    def __init__(self, vocabulary: Sequence[str], vectors: NDArray[np.float32]) -> None:
        self._rows = {term: row for row, term in enumerate(vocabulary)}
        self._vectors = vectors

    @classmethod
    def load(cls, folder: Path) -> "StaticEmbedder":
        """Open the embedder kept in a folder.

        Raises:
            PackError: there is none, or it is damaged.
        """
        try:
            vocabulary = (folder / TERMS).read_text("utf-8").split("\n")
            with (folder / VECTORS).open("rb") as file, np.load(file, allow_pickle=False) as held:
                vectors = held["vectors"].astype(np.float32) * held["scales"][:, None]
        except UNREADABLE as fault:
            raise PackError(folder, f"there is no usable embedder: {fault}", REMEDY) from None
        if len(vocabulary) != len(vectors):
            said = f"it has {len(vocabulary)} terms and {len(vectors)} vectors"
            raise PackError(folder, said, REMEDY)
        return cls(vocabulary, vectors)

    def save(self, folder: Path) -> None:
        """Write the embedder to a folder: a byte a figure, and a scale for each term.

        Raises:
            OSError: it cannot be written.
        """
        folder.mkdir(parents=True, exist_ok=True)
        scales = np.maximum(np.abs(self._vectors).max(axis=1), 1e-12) / 127
        figures = np.rint(self._vectors / scales[:, None]).astype(np.int8)
        (folder / TERMS).write_text("\n".join(self._rows), "utf-8", newline="\n")
        with (folder / VECTORS).open("wb") as file:
            np.savez(file, vectors=figures, scales=scales.astype(np.float32))

    @cached_property
    def stamp(self) -> str:
        """A hash of its terms and vectors."""
        told = hashlib.sha256("\n".join(self._rows).encode())
        told.update(np.ascontiguousarray(self._vectors).tobytes())
        return told.hexdigest()

    @property
    def dimensions(self) -> int:
        """How many figures a vector has."""
        return int(self._vectors.shape[1])

    def rows(self, texts: Iterable[str]) -> NDArray[np.float32]:
        """Return the vectors of texts, a row each: of length one, zeros where no term is known."""
        found = [self._mean(text) for text in texts]
        return np.array(found, np.float32).reshape(-1, self.dimensions)

    def _mean(self, text: str) -> NDArray[np.float32]:
        rows = [row for term in terms(text) if (row := self._rows.get(term)) is not None]
        if not rows:
            return np.zeros(self.dimensions, np.float32)
        total: NDArray[np.float32] = self._vectors[rows].sum(axis=0)
        return total / max(float(np.linalg.norm(total)), 1e-12)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vectors of texts."""
        vectors: list[list[float]] = self.rows(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        return self.embed_documents([text])[0]


@cache
def shipped_embedder() -> StaticEmbedder:
    """Return the embedder shipped with the package, read once."""
    return StaticEmbedder.load(SHIPPED)


def embedded(
    embedder: Embedder, texts: Sequence[str], *, asked: bool = False
) -> NDArray[np.float32]:
    """Return the vectors of texts, or of questions: rows of length one, or zeros."""
    if isinstance(embedder, StaticEmbedder):
        return embedder.rows(texts)
    if asked:
        return units(np.array([embedder.embed_query(text) for text in texts], np.float32))
    return units(np.array(embedder.embed_documents(list(texts)), np.float32))


def units(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return rows brought to length one; zeros stay."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: NDArray[np.float32] = rows / np.maximum(lengths, np.float32(1e-12))
    return unit
