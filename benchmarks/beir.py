"""Corpora, questions and judgements as BEIR lays them out, and run files as TREC does.

A corpus and its questions are JSON lines with `_id`, `title` and `text`; the judgements are lines of
question, document and score parted by tabs, with or without a line of headings.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

SHOWN = 10
"""How many broken lines of a file are named."""


class BrokenFile(Exception):
    """A file of a benchmark cannot be used: names each broken line and what to do about it."""


class Document(NamedTuple):
    """A document of a corpus."""

    id: str
    title: str
    text: str


class Query(NamedTuple):
    """A question, and the documents judged to answer it with their gain, above 0."""

    id: str
    text: str
    relevant: Mapping[str, float]


class Questions(NamedTuple):
    """The questions that can be judged, and what was left out."""

    queries: tuple[Query, ...]
    unjudged: int
    """Questions without a document judged above 0."""
    unknown: int
    """Judged questions that are not among the questions."""


class _Line(msgspec.Struct):
    id: str | int = msgspec.field(name="_id")
    text: str | None = None
    title: str | None = None


_LINE = msgspec.json.Decoder(_Line)
_BLANK = re.compile(r"\s")
_NEEDED = 'Each line is a JSON object: {"_id": "1", "title": "…", "text": "…"}'
_JUDGED = "Each line is: query-id <tab> corpus-id <tab> score, the score a number"


def read_corpus(file: Path) -> list[Document]:
    """Return the documents of a corpus.

    Raises:
        BrokenFile: it cannot be read, or lines of it are broken.
    """
    held = [Document(str(line.id), line.title or "", line.text or "") for line in _records(file)]
    if not held:
        raise BrokenFile(f"{file}: there is no document in it. {_NEEDED}.")
    return held


def read_questions(queries: Path, qrels: Path) -> Questions:
    """Return the questions with the documents judged to answer them.

    Raises:
        BrokenFile: a file cannot be read, or lines of it are broken.
    """
    asked = {str(line.id): line.text or "" for line in _records(queries)}
    judged = read_judgements(qrels)
    held = [Query(one, text, judged[one]) for one, text in asked.items() if judged.get(one)]
    if not held:
        raise BrokenFile(f"{qrels}: no question of {queries} is judged in it. Compare their ids.")
    return Questions(tuple(held), len(asked) - len(held), len(judged.keys() - asked.keys()))


def read_judgements(file: Path) -> dict[str, dict[str, float]]:
    """Return the gain of each document judged above 0, by question.

    Raises:
        BrokenFile: it cannot be read, or lines of it are broken.
    """
    judged: dict[str, dict[str, float]] = defaultdict(dict)
    given: dict[tuple[str, str], float] = {}

    def take(line: str, first: bool) -> None:
        parts = line.rstrip("\r").split("\t")
        if len(parts) != 3 or not all(part.strip() for part in parts):
            raise ValueError(f"it has {len(parts)} columns, not 3. {_JUDGED}")
        if first and not _number(parts[2]):
            return
        if not _number(parts[2]):
            raise ValueError(f"the score “{parts[2]}” is no number. {_JUDGED}")
        query, document, score = parts[0].strip(), parts[1].strip(), float(parts[2])
        if given.setdefault((query, document), score) != score:
            raise ValueError(f"{query} and {document} are judged twice, differently. Keep one line")
        if score > 0:
            judged[query][document] = score

    _each_line(file, take)
    return dict(judged)


def write(folder: Path, documents: Iterable[Document], queries: Iterable[Query]) -> None:
    """Write a corpus, its questions and its judgements to a folder, as BEIR lays them out."""
    folder.mkdir(parents=True, exist_ok=True)
    held = tuple(queries)
    _write_lines(folder / "corpus.jsonl", (_Line(*_of(each)) for each in documents))
    _write_lines(folder / "queries.jsonl", (_Line(each.id, each.text) for each in held))
    lines = [f"{q.id}\t{one}\t{gain:g}" for q in held for one, gain in q.relevant.items()]
    text = "\n".join(("query-id\tcorpus-id\tscore", *lines, ""))
    (folder / "qrels.tsv").write_text(text, encoding="utf-8")


def write_run(
    file: Path, found: Iterable[tuple[str, Sequence[tuple[str, float]]]], tag: str
) -> None:
    """Write what was found for each question as a TREC run.

    Evaluators order by score and not by rank, some in single precision: a score that does not fall
    below the one before it is written as the next smaller number.

    Raises:
        BrokenFile: an id holds a blank, which parts the columns of a run.
    """
    with file.open("w", encoding="utf-8") as run:
        for query, hits in found:
            last = np.float32(np.inf)
            for rank, (document, score) in enumerate(hits, start=1):
                if bad := next(filter(_BLANK.search, (query, document)), None):
                    raise BrokenFile(
                        f"{file}: a run cannot hold the id “{bad}”. Take out its blanks."
                    )
                last = min(np.float32(score), np.nextafter(last, np.float32(-np.inf)))
                run.write(f"{query} Q0 {document} {rank} {last:.9g} {tag}\n")


def _records(file: Path) -> list[_Line]:
    held: dict[str, _Line] = {}

    def take(line: str, first: bool) -> None:
        try:
            record = _LINE.decode(line)
        except msgspec.MsgspecError as fault:
            raise ValueError(f"{fault}. {_NEEDED}") from None
        name = str(record.id)
        if not name.strip():
            raise ValueError(f"its _id is empty. {_NEEDED}")
        if name in held:
            raise ValueError(f"_id “{name}” stands there before. Give each line its own")
        if record.text is None:
            raise ValueError(f"it has no text. {_NEEDED}")
        held[name] = record

    _each_line(file, take)
    return list(held.values())


def _each_line(file: Path, take: Callable[[str, bool], None]) -> None:
    """Hand over each line that is not blank; broken ones are named together."""
    broken: list[str] = []
    first = True
    for number, line in _lines(file):
        try:
            take(line, first)
        except ValueError as fault:
            broken.append(f"{file}:{number}: {fault}.")
        first = False
    if broken:
        more = [f"… and {len(broken) - SHOWN} more lines."] if len(broken) > SHOWN else []
        raise BrokenFile("\n".join((*broken[:SHOWN], *more)))


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    try:
        content = file.read_bytes()
    except OSError as fault:
        raise BrokenFile(f"{file}: {fault.strerror}. Name a file that can be read.") from None
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            try:
                yield number, line.decode()
            except UnicodeDecodeError:
                raise BrokenFile(f"{file}:{number}: it is not UTF-8. Save it as UTF-8.") from None


def _number(written: str) -> bool:
    return bool(re.fullmatch(r"\s*[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?\s*", written))


def _of(document: Document) -> tuple[str, str, str]:
    return document.id, document.text, document.title


def _write_lines(file: Path, lines: Iterable[_Line]) -> None:
    file.write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
