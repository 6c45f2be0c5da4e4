"""One system measured in a process of its own, so that peaks of memory do not mix.

`python -m benchmarks.measured TASK RESULT` reads what to do from one JSON file and writes another.
"""

import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from benchmarks.beir import Document, read_corpus
from benchmarks.corpus_passages import passages_of
from knowledge.errors import PackError

System = Literal["ours", "ours_words", "ensemble", "words"]
Finder = Callable[[str], list[tuple[str, float]]]
NEEDED = {
    "ours": (),
    "ours_words": (),
    "ensemble": ("rank_bm25", "jieba", "langchain_core", "langchain_classic", "langchain_chroma"),
    "words": ("rank_bm25", "jieba", "langchain_core"),
}
"""The packages a system needs beyond our own."""
if TYPE_CHECKING:
    from knowledge.index.embedder import Embedder

LIMIT = 100
"""How many hits are asked for."""
WARMING = "预热 warming up"
"""Asked before the clock runs: what is made at the first question is not paid by the questions."""


class Task(msgspec.Struct, frozen=True):
    """What to measure."""

    system: System
    corpus: str
    queries: tuple[tuple[str, str], ...]
    """Ids and wordings."""
    folder: str
    """Where the system may keep its files."""
    embedder: str = ""
    """Folder of an embedder; the shipped one by default."""
    jurisdiction: str = "cn"


class Measured(msgspec.Struct, frozen=True):
    """What was measured; times in seconds, memory in bytes."""

    documents: int
    build_wall: float
    build_cpu: float
    first_wall: float
    """The first question of all, which is not among those counted."""
    wall: tuple[float, ...]
    cpu: tuple[float, ...]
    found: tuple[tuple[tuple[str, float], ...], ...]
    """Ids and scores for each question, best first."""
    peak: int


def measure(task: Task) -> Measured:
    """Build the system over the corpus and ask it the questions, one at a time."""
    documents = read_corpus(Path(task.corpus))
    prepared = _prepared(task)
    wall, cpu = time.perf_counter(), time.process_time()
    find = prepared(documents)
    built = time.perf_counter() - wall, time.process_time() - cpu
    count = len(documents)
    del documents
    first = _timed(find, WARMING)[0]
    asked = [_timed(find, text) for _, text in task.queries]
    return Measured(
        documents=count,
        build_wall=built[0],
        build_cpu=built[1],
        first_wall=first,
        wall=tuple(each[0] for each in asked),
        cpu=tuple(each[1] for each in asked),
        found=tuple(each[2] for each in asked),
        peak=peak(),
    )


def peak() -> int:
    """Return the most memory this process has held, in bytes.

    Where Linux tells it, the peak since the program began: `getrusage` counts in the parent's memory,
    which a process has for a moment when it is started.
    """
    try:
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _timed(find: Finder, text: str) -> tuple[float, float, tuple[tuple[str, float], ...]]:
    wall, cpu = time.perf_counter(), time.process_time()
    found = find(text)
    return time.perf_counter() - wall, time.process_time() - cpu, tuple(found)


def _prepared(task: Task) -> Callable[[Sequence[Document]], Finder]:
    """What builds the system; what it imports is imported here, before the clock runs."""
    return _our_index(task) if task.system in ("ours", "ours_words") else _theirs(task)


def _our_index(task: Task) -> Callable[[Sequence[Document]], Finder]:
    from benchmarks.labelled import DAY
    from knowledge.index.index import Index

    embedder = None if task.system == "ours_words" else _embedder(task.embedder)
    folder = Path(task.folder) / "index"

    def build(documents: Sequence[Document]) -> Finder:
        pairs = list(passages_of(documents, task.jurisdiction))
        ids = {passage.id: name for name, passage in pairs}
        passages = [passage for _, passage in pairs]
        index = Index.fresh(folder, task.corpus, lambda: passages, embedder)

        def find(query: str) -> list[tuple[str, float]]:
            return [(ids[hit.passage.id], hit.score) for hit in index.find(query, DAY, limit=LIMIT)]

        return find

    return build


def _theirs(task: Task) -> Callable[[Sequence[Document]], Finder]:
    from benchmarks.langchain_ensemble import ensemble, finder, jieba_cut, words_alone

    cut = jieba_cut(Path(task.folder))
    if task.system == "words":
        return lambda documents: finder(words_alone(documents, cut))
    embedder = _embedder(task.embedder)
    folder = Path(task.folder) / "chroma"
    return lambda documents: finder(ensemble(documents, cut, embedder, folder))


def _embedder(folder: str) -> "Embedder":
    """The embedder in a folder, else the shipped one."""
    from knowledge.index.embedder import StaticEmbedder, shipped_embedder

    return StaticEmbedder.load(Path(folder)) if folder else shipped_embedder()


if __name__ == "__main__":
    given, result = map(Path, sys.argv[1:])
    try:
        answer = measure(msgspec.json.decode(given.read_bytes(), type=Task))
    except PackError as fault:
        sys.exit(str(fault))
    result.write_bytes(msgspec.json.encode(answer))
