"""What our index is measured against: LangChain's retrievers, as their guides put them together.

BM25 over words cut by jieba makes the very computation of LangChain's own `BM25Retriever`; Chroma holds
the vectors of the same embedder our index uses; `EnsembleRetriever` fuses the two by rank.
"""

import logging
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as Found
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever

from benchmarks.beir import Document
from knowledge.index.embedder import Embedder

LIMIT = 100
AT_ONCE = 2_000
"""Documents handed to Chroma in one step; it takes no more than 5,461."""
ID = "id"

Finder = Callable[[str], list[tuple[str, float]]]


class WordsRetriever(BaseRetriever):
    """BM25 over words: LangChain's `BM25Retriever` without the package it comes in."""

    ranking: Any
    """A `rank_bm25.BM25Okapi`."""
    documents: list[Found]
    cut: Callable[[str], list[str]]

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Found]:
        found: list[Found] = self.ranking.get_top_n(self.cut(query), self.documents, n=LIMIT)
        return found


class _Adapted(Embeddings):
    """An embedder of the index as LangChain asks for it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self._embedder.embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        return self._embedder.embed_query(text)


def words_alone(documents: Sequence[Document], cut: Callable[[str], list[str]]) -> WordsRetriever:
    """Return BM25 over the words of documents."""
    texts = [_whole(document) for document in documents]
    return WordsRetriever(
        ranking=import_module("rank_bm25").BM25Okapi([cut(text) for text in texts]),
        documents=[_found(document) for document in documents],
        cut=cut,
    )


def ensemble(
    documents: Sequence[Document],
    cut: Callable[[str], list[str]],
    embedder: Embedder,
    folder: Path,
) -> BaseRetriever:
    """Return BM25 and Chroma, fused by rank at equal weights.

    Args:
        documents: what shall be found.
        cut: words of a text.
        embedder: vectors of a text.
        folder: where Chroma keeps its files.
    """
    from chromadb.config import Settings
    from langchain_chroma import Chroma
    from langchain_classic.retrievers import EnsembleRetriever

    store = Chroma(
        embedding_function=_Adapted(embedder),
        client_settings=Settings(
            anonymized_telemetry=False, is_persistent=True, persist_directory=str(folder)
        ),
    )
    for start in range(0, len(documents), AT_ONCE):
        some = documents[start : start + AT_ONCE]
        store.add_documents([_found(each) for each in some], ids=[each.id for each in some])
    near = store.as_retriever(search_kwargs={"k": min(LIMIT, len(documents))})
    return EnsembleRetriever(
        retrievers=[words_alone(documents, cut), near], weights=[0.5, 0.5], id_key=ID
    )


def finder(retriever: BaseRetriever) -> Finder:
    """Return what finds the ids of documents; these retrievers tell ranks and no scores."""

    def find(query: str) -> list[tuple[str, float]]:
        found = retriever.invoke(query)[:LIMIT]
        return [(each.metadata[ID], 1 / rank) for rank, each in enumerate(found, start=1)]

    return find


def jieba_cut(folder: Path) -> Callable[[str], list[str]]:
    """Return what cuts a text into words, its dictionary read and cached in a folder of our own."""
    jieba: Any = import_module("jieba")
    jieba.setLogLevel(logging.WARNING)
    jieba.dt.tmp_dir = str(folder)
    jieba.initialize()
    cut: Callable[[str], list[str]] = jieba.lcut
    return cut


def _whole(document: Document) -> str:
    return f"{document.title}\n{document.text}" if document.title else document.text


def _found(document: Document) -> Found:
    return Found(page_content=_whole(document), metadata={ID: document.id})
