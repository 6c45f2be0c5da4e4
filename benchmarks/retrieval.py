"""How well and how fast the index finds on any corpus, beside LangChain's BM25 and Chroma ensemble.

`python benchmarks/retrieval.py --corpus corpus.jsonl --queries queries.jsonl --qrels qrels.tsv`, the files
as BEIR lays them out, or `--made 60000` for a made-up corpus. Each system is built and asked in a
process of its own, one question at a time.
"""

import argparse
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that it runs by its path too

import msgspec

from benchmarks.beir import (
    BrokenFile,
    Query,
    Questions,
    read_corpus,
    read_questions,
    write,
    write_run,
)
from benchmarks.comparing import NAMES, OURS, Figures, brief, figures, ratios, told
from benchmarks.made_corpus import made_up
from benchmarks.measured import NEEDED, Measured, System, Task

HOME = Path(__file__).resolve().parents[1]
CHOSEN: dict[str, tuple[System, ...]] = {
    "all": ("ours", "ours_words", "ensemble", "words"),
    "ours": OURS,
    "ensemble": ("ensemble", "words"),
}
Results = dict[System, tuple[Measured, Sequence[Query]]]
"""What was measured of each system, and the questions it was asked."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark: 0 where it was measured, 1 where a system failed, 2 for broken files."""
    given = _given(arguments)
    with tempfile.TemporaryDirectory(prefix="retrieval-") as folder:
        try:
            if given.made:
                _make(given, Path(folder))
            questions = read_questions(given.queries, given.qrels)
            _tell(given, questions)
            results, failed = _measured(given, questions.queries, Path(folder))
            if results:
                _report(given, questions, results)
        except BrokenFile as fault:
            print(fault, file=sys.stderr)
            return 2
    return 1 if failed or not results else 0


def _given(arguments: Sequence[str] | None) -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__)
    for name in ("corpus", "queries", "qrels"):
        options.add_argument(f"--{name}", type=Path, metavar="FILE")
    options.add_argument("--made", type=int, metavar="N", help="a made-up corpus of N articles")
    options.add_argument(
        "--run", type=Path, help="write a TREC run of our index, or of the ensemble"
    )
    options.add_argument("--json", type=Path, help="write every figure as JSON")
    options.add_argument("--limit-queries", type=int, help="ask LangChain's systems only so many")
    options.add_argument("--only", choices=["ours", "ensemble"], default="all")
    options.add_argument("--embedder", type=Path, help="an embedder instead of the shipped one")
    options.add_argument("--jurisdiction", default="cn")
    given = options.parse_args(arguments)
    if not given.made and not (given.corpus and given.queries and given.qrels):
        options.error("name --corpus, --queries and --qrels, or --made N")
    if min(given.made or 1, given.limit_queries or 1) < 1:
        options.error("--made and --limit-queries are 1 or more")
    return given


def _make(given: argparse.Namespace, folder: Path) -> None:
    write(folder, *made_up(given.made))
    given.corpus, given.queries = folder / "corpus.jsonl", folder / "queries.jsonl"
    given.qrels = folder / "qrels.tsv"


def _tell(given: argparse.Namespace, questions: Questions) -> None:
    """Say what is asked of what, and what was left out."""
    ids = {document.id for document in read_corpus(given.corpus)}
    judged = {name for query in questions.queries for name in query.relevant}
    print(f"{len(ids)} documents, {len(questions.queries)} questions with judged documents")
    for count, what in (
        (questions.unjudged, "questions without judged documents are left out"),
        (questions.unknown, "judged questions are not in the file of questions"),
        (len(judged - ids), "judged documents are not in the corpus and count as not found"),
    ):
        if count:
            print(f"{count} {what}")


def _measured(
    given: argparse.Namespace, queries: Sequence[Query], folder: Path
) -> tuple[Results, bool]:
    """What was measured, and whether a system failed; one whose packages lack is passed over."""
    results: Results = {}
    failed = False
    for system in CHOSEN[given.only]:
        if lacking := [name for name in NEEDED[system] if find_spec(name) is None]:
            names = " ".join(lacking)
            _warn(f"SKIPPED {NAMES[system]}: not installed: {names}. Run: pip install {names}")
            continue
        asked = queries if system in OURS else spread(queries, given.limit_queries)
        one = _in_a_process(_task(given, system, asked, folder / system), folder)
        failed = failed or one is None
        if one:
            results[system] = one, asked
            _warn(f"  {brief(figures(system, one, asked))}")
    return results, failed


def spread(queries: Sequence[Query], most: int | None) -> Sequence[Query]:
    """Return at most so many questions, taken evenly from all."""
    if not most or most >= len(queries):
        return queries
    return [queries[number * len(queries) // most] for number in range(most)]


def _task(given: argparse.Namespace, system: System, asked: Sequence[Query], folder: Path) -> Task:
    folder.mkdir()
    return Task(
        system=system,
        corpus=str(given.corpus.resolve()),
        queries=tuple((query.id, query.text) for query in asked),
        folder=str(folder),
        embedder=str(given.embedder.resolve()) if given.embedder else "",
        jurisdiction=given.jurisdiction,
    )


def _in_a_process(task: Task, folder: Path) -> Measured | None:
    """What a process of its own measured; none where it failed, and why is told."""
    asked, answer = folder / f"{task.system}.task", folder / f"{task.system}.result"
    asked.write_bytes(msgspec.json.encode(task))
    print(f"measuring {NAMES[task.system]} …", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "benchmarks.measured", str(asked), str(answer)]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)
    if done.returncode:
        _warn(f"FAILED {NAMES[task.system]}:")
    if done.stderr.strip():
        _warn(done.stderr[-3000:].strip())
    if done.returncode:
        return None
    return msgspec.json.decode(answer.read_bytes(), type=Measured)


def _report(given: argparse.Namespace, questions: Questions, results: Results) -> None:
    """Print the figures, and write the files asked for."""
    rows = list(_rows(results))
    compared = ratios(rows)
    if given.limit_queries and any(row.system not in OURS for row in rows):
        print(
            f"LangChain's systems are asked at most {given.limit_queries} questions, taken evenly"
        )
    print(told(rows, compared))
    if given.json:
        whole = {
            "documents": next(iter(results.values()))[0].documents,
            "unjudged": questions.unjudged,
            "systems": [_plain(row) for row in rows],
            "cpu_ratios": compared,
        }
        given.json.write_bytes(msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n")
    if given.run:
        _write_run(given.run, CHOSEN[given.only][0], results)


def _write_run(file: Path, system: System, results: Results) -> None:
    """Write the run of a system; another system's is no stand-in for it."""
    if system not in results:
        _warn(f"no run is written: {NAMES[system]} was not measured")
        return
    one, asked = results[system]
    write_run(file, zip((query.id for query in asked), one.found, strict=True), system)
    print(f"\nrun of {NAMES[system]}: {file}")


def _rows(results: Results) -> Iterator[Figures]:
    """The figures of each system; ours again over the fewer questions LangChain's were asked."""
    fewest = min((asked for _, asked in results.values()), key=len)
    for system, (one, asked) in results.items():
        yield figures(system, one, asked)
        if len(fewest) < len(asked):
            yield figures(system, one, asked, [query.id for query in fewest])


def _plain(row: Figures) -> dict[str, object]:
    return row._asdict() | {"quality": row.quality._asdict()}


def _warn(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that temporary files are removed
    sys.exit(main())
