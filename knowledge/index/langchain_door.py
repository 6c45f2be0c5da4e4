"""The door to LangChain's `Embeddings`, both ways: ours as theirs, theirs as ours."""

import hashlib

import numpy as np
from langchain_core.embeddings import Embeddings

from knowledge.index.embedder import Embedder, embedded

PROBE = "申报 declaration 0110"


class Foreign:
    """An embedder of LangChain's as the index needs it."""

    def __init__(self, embeddings: Embeddings, stamp: str = "") -> None:
        self._embeddings = embeddings
        self.stamp = stamp or _stamp_of(embeddings)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vectors of texts."""
        return self._embeddings.embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        return self._embeddings.embed_query(text)


class Ours(Embeddings):
    """An embedder of ours as LangChain needs it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vectors of texts."""
        rows: list[list[float]] = embedded(self._embedder, texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        row: list[float] = embedded(self._embedder, [text], asked=True)[0].tolist()
        return row


def _stamp_of(embeddings: Embeddings) -> str:
    """A hash of what it is and of how it embeds one text."""
    kind = type(embeddings)
    told = hashlib.sha256(f"{kind.__module__}.{kind.__qualname__}".encode())
    told.update(np.round(np.array(embeddings.embed_query(PROBE), np.float32), 4).tobytes())
    return told.hexdigest()
