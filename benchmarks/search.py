"""How well and how fast the index finds.

`python -m benchmarks.search [--part fit] [--misses] [--left-out] [--large]`. The queries and their
answers stand in `queries/pack.jsonl`; they are asked with the dense lane and without. `--left-out`
asks the pack's own wordings instead, each in an index that lacks it; `--large` measures speed on
60,000 made-up articles.
"""

import argparse
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from assistant.searchable import searchable
from benchmarks.corpus_passages import passages_of
from benchmarks.labelled import DAY, Labelled, labelled, place
from benchmarks.made_corpus import made_up
from knowledge.index.embedder import Embedder, shipped_embedder
from knowledge.index.index import Index
from knowledge.library import shipped
from knowledge.passage import Passage
from knowledge.text import Language, Text

SURE = 0.1
"""A first hit that scores less is better not answered from."""
MANY = 60_000
HOME = Path(__file__).parents[1]
COLD = """
import sys, time
from pathlib import Path
from knowledge.index.index import Index
start = time.perf_counter()
Index.open(Path(sys.argv[1]))
print(time.perf_counter() - start)
"""
GROUPS: tuple[tuple[str, Callable[[Labelled], bool]], ...] = (
    ("all", lambda each: True),
    ("zh", lambda each: each.lang == "zh"),
    ("en", lambda each: each.lang == "en"),
    ("zh plain+chat", lambda each: each.lang == "zh" and each.style in ("plain", "chat")),
    ("en plain+chat", lambda each: each.lang == "en" and each.style in ("plain", "chat")),
    ("plain", lambda each: each.style == "plain"),
    ("chat", lambda each: each.style == "chat"),
    ("typo", lambda each: each.style == "typo"),
    ("number", lambda each: each.style == "number"),
    ("cross", lambda each: each.style == "cross"),
)


def measure(index: Index, queries: Sequence[Labelled], *, misses: bool) -> None:
    """Print where the answers stood, how sure the index was, and how long it took."""
    places, took, scores = [], [], []
    for each in queries:
        start = time.process_time()
        hits = index.find(each.query, each.day)
        took.append(time.process_time() - start)
        places.append(place(each.relevant, hits))
        scores.append(hits[0].score if hits else 0.0)
        if misses and places[-1] != 1 and each.relevant:
            found = ", ".join(hit.passage.id for hit in hits[:3])
            print(f"  {places[-1]:>2}  {each.id}  {each.query}  → {found}  ≠ {each.relevant}")
    shares(queries, places)
    for told, there in (("an answer", True), ("no answer", False)):
        asked = zip(scores, queries, strict=True)
        sure = [score >= SURE for score, each in asked if bool(each.relevant) is there]
        print(f"with {told} in the pack: {sum(sure)} of {len(sure)} first hits score ≥ {SURE}")
    print(_times(took))


def _times(took: Sequence[float]) -> str:
    """Seconds of the processor, each question asked once; the first one makes ready."""
    p50, p95 = np.percentile(took[1:], [50, 95]) * 1e3
    return (
        f"per query: p50 {p50:.1f} ms, p95 {p95:.1f} ms, first {took[0] * 1e3:.0f} ms of processor"
    )


def large(count: int, embedder: Embedder | None) -> None:
    """Print how long building and asking take on made-up articles, and the memory it takes."""
    held = made_up(count)
    passages = [passage for _, passage in passages_of(held.documents)]
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        Index.fresh(Path(folder), "1", lambda: passages, embedder)
        built = time.perf_counter()
        passages[count // 2] = passages[count // 2]._replace(text=Text("改过的一条", ""))
        Index.fresh(Path(folder), "2", lambda: passages, embedder)
        again = time.perf_counter()
        index = Index.open(Path(folder), embedder)
        opened = time.perf_counter()
        took = []
        for query in held.queries:
            before = time.process_time()
            index.find(query.text, DAY)
            took.append(time.process_time() - before)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count} passages: build {built - start:.1f} s, one changed {again - built:.1f} s, open "
        f"{opened - again:.2f} s, at most {memory:.0f} MB; {_times(took)}"
    )


def shares(queries: Sequence[Labelled], places: Sequence[int]) -> None:
    """Print the shares of queries with an answer among the first hits, by language and style."""
    print(f"{'':14}{'n':>4}{'first@1':>9}{'@3':>7}{'@10':>7}{'MRR':>7}")
    for name, chosen in GROUPS:
        asked = zip(places, queries, strict=True)
        _line(name, [at for at, each in asked if each.relevant and chosen(each)])


def _line(name: str, places: Iterable[int]) -> None:
    at = np.array(list(places))
    if not len(at):
        return
    held = [float(np.mean((at > 0) & (at <= limit))) * 100 for limit in (1, 3, 10)]
    mean = float(np.mean([1 / place if place else 0.0 for place in at]))
    print(f"{name:14}{len(at):>4}{held[0]:>8.1f}%{held[1]:>6.1f}%{held[2]:>6.1f}%{mean:>7.3f}")


def build_and_open(embedder: Embedder | None) -> Index:
    """Print how long building, saving and opening take, and return the index."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        index = Index.fresh(Path(folder), "1", lambda: searchable(shipped()), embedder)
        built = time.perf_counter()
        size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
        Index.open(Path(folder), embedder)
        opened = time.perf_counter()
        command = [sys.executable, "-c", COLD, folder]
        cold = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=True)
    print(
        f"{len(index.passages)} passages, {size / 1e6:.1f} MB: build {built - start:.2f} s, open "
        f"{(opened - built) * 1e3:.0f} ms, by words alone in a new process "
        f"{float(cold.stdout) * 1e3:.0f} ms (without imports)"
    )
    return Index.build(searchable(shipped()), embedder=embedder)


def left_out() -> None:
    """Print how well wordings of the pack's own problems are found where they are left out."""
    passages = list(searchable(shipped()))
    queries, places = [], []
    for turn in range(max(len(passage.asked) for passage in passages)):
        index = Index.build(_without(passages, turn))
        for each in _wordings(passages, turn):
            queries.append(each)
            places.append(place(each.relevant, index.find(each.query, each.day)))
    shares(queries, places)


def _without(passages: Iterable[Passage], turn: int) -> Iterator[Passage]:
    for passage in passages:
        kept = (*passage.asked[:turn], *passage.asked[turn + 1 :])
        yield passage._replace(asked=kept) if passage.kind == "problem" else passage


def _wordings(passages: Iterable[Passage], turn: int) -> Iterator[Labelled]:
    for passage in passages:
        if passage.kind == "problem" and turn < len(passage.asked):
            said = passage.asked[turn]
            lang: Language = "zh" if re.search("[\u3400-\u9fff]", said) else "en"
            yield Labelled(passage.id, said, lang, "plain", (passage.id,), "test")


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--part", default="test", choices=["fit", "test"])
    options.add_argument("--misses", action="store_true")
    options.add_argument("--left-out", action="store_true")
    options.add_argument("--large", action="store_true")
    given = options.parse_args()
    lanes = (("by words", None), ("by words and meaning", shipped_embedder()))
    for name, embedder in lanes if not given.left_out else ():
        print(f"\n{name}")
        if given.large:
            large(MANY, embedder)
        else:
            measure(build_and_open(embedder), labelled(given.part), misses=given.misses)
    if given.left_out:
        left_out()
