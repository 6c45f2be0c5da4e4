"""Where vectors are looked up: Chroma, beside the index or on a server, or any LangChain store.

The door to chromadb and to LangChain's `VectorStore`. Ids are the hashes of what was embedded, so an
id a store still holds from an older index is known for one and passed over.
"""

import shutil
import weakref
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import PackError

if TYPE_CHECKING:
    from langchain_core.vectorstores import VectorStore

FOLDER = "chroma"
COLLECTION = "declarant"
GRAPH = {
    "space": "ip",
    "max_neighbors": 16,
    "ef_construction": 100,
    "ef_search": 200,
    "num_threads": 1,
}
"""One thread: several would build another graph each time."""
AT_ONCE = 1_000
Told = Callable[[int, int], None]


class Store(Protocol):
    """A place that holds vectors and finds the nearest."""

    def hold(self, news: "News", told: Told | None) -> None:
        """Take in what it lacks and let go of what is no longer wanted."""

    def nearest(self, vector: NDArray[np.float32], many: int) -> list[str]:
        """Return the ids of the nearest vectors, nearest first."""

    def close(self) -> None:
        """Let go of files and connections."""


class News:
    """What a store shall hold from now on, and what the index before this one held."""

    def __init__(
        self,
        ids: Sequence[str],
        rows: NDArray[np.float32],
        texts: Callable[[int], str],
        before: frozenset[str],
    ) -> None:
        self.numbers = {key: number for number, key in enumerate(ids)}
        self.rows = rows
        self.texts = texts
        self.before = before

    def lacking(self, held: frozenset[str]) -> list[str]:
        """Return the ids that are not held yet, in order."""
        return [key for key in self.numbers if key not in held]


class Chroma:
    """A collection of Chroma, always filled and asked with our own vectors."""

    def __init__(self, client: Any, name: str, *, keeps_old: bool) -> None:
        self._client = client
        weakref.finalize(self, client.close)  # an index let go of leaves no connection open
        self._keeps_old = keeps_old
        self._collection = client.get_or_create_collection(
            name, configuration={"hnsw": GRAPH}, embedding_function=None
        )

    @classmethod
    def beside(cls, folder: Path, old: Path | None = None) -> "Chroma":
        """Open the one in a folder, beginning with a copy of an older one where there is one.

        Raises:
            ModuleNotFoundError: chromadb is not installed.
        """
        import chromadb

        home = folder / FOLDER
        if old is not None and (old / FOLDER).is_dir() and not home.exists():
            shutil.copytree(old / FOLDER, home)
        client = chromadb.PersistentClient(str(home), settings=_silent())
        return cls(client, COLLECTION, keeps_old=False)

    @classmethod
    def server(cls, address: str, stamp: str) -> "Chroma":
        """Open the one on a server, `http://host:port` or `http://host:port/name`.

        Raises:
            PackError: nobody answers.
            ModuleNotFoundError: chromadb is not installed.
        """
        import chromadb

        at = urlsplit(address)
        name = f"{at.path.strip('/') or COLLECTION}-{stamp[:12]}"
        try:
            client = chromadb.HttpClient(
                at.hostname or "localhost",
                at.port or (443 if at.scheme == "https" else 8000),
                ssl=at.scheme == "https",
                settings=_silent(),
            )
            return cls(client, name, keeps_old=True)
        except Exception as fault:  # each client of HTTP raises its own
            said = f"no Chroma server answers / Chroma 服务器没有应答 ({fault})"
            raise PackError(address, said, "Start it: chroma run / 请先启动") from None

    def hold(self, news: News, told: Told | None) -> None:
        """Take in what it lacks; a server keeps what the index still serving may find."""
        held = frozenset(self._collection.get(include=[])["ids"])
        wanted = news.numbers.keys() | (news.before if self._keeps_old else set())
        gone = iter(sorted(held - wanted))
        while some := list(islice(gone, AT_ONCE)):
            self._collection.delete(ids=some)
        lacking = news.lacking(held)
        for start in range(0, len(lacking), AT_ONCE):
            ids = lacking[start : start + AT_ONCE]
            self._collection.add(ids=ids, embeddings=news.rows[[news.numbers[key] for key in ids]])
            if told:
                told(start + len(ids), len(lacking))

    def nearest(self, vector: NDArray[np.float32], many: int) -> list[str]:
        """Return the ids of the nearest vectors, nearest first."""
        found = self._collection.query(query_embeddings=[vector], n_results=many, include=[])
        ids: list[str] = found["ids"][0]
        return ids

    def close(self) -> None:
        """Write what is not written yet and let go."""
        self._client.close()


class Foreign:
    """Any LangChain store; its own embeddings should be the index's."""

    def __init__(self, store: "VectorStore") -> None:
        self._store = store

    def hold(self, news: News, told: Told | None) -> None:
        """Take in what the index before did not have, then let go of what only that one had."""
        lacking = news.lacking(news.before)
        for start in range(0, len(lacking), AT_ONCE):
            ids = lacking[start : start + AT_ONCE]
            texts = [news.texts(news.numbers[key]) for key in ids]
            self._store.add_texts(texts, [{"id": key} for key in ids], ids=ids)
            if told:
                told(start + len(ids), len(lacking))
        if gone := sorted(news.before - news.numbers.keys()):
            self._store.delete(gone)

    def nearest(self, vector: NDArray[np.float32], many: int) -> list[str]:
        """Return the ids of the nearest vectors, nearest first."""
        search: Any = self._store
        found = search.similarity_search_by_vector(vector.tolist(), k=many)
        return [document.metadata["id"] for document in found]

    def close(self) -> None:
        """Leave it open: it belongs to whoever brought it."""


def _silent() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)
