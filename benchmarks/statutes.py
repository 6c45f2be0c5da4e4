"""Lay questions on statutes, in the layout of BEIR.

`python -m benchmarks.statutes --laws DIR --out DIR [--part test]` writes the questions of
`queries/laws.jsonl` and a folder of laws; of a law in several versions the newest counts.
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from knowledge.errors import PackError
from knowledge.importing import OfficialText, import_file

FILE = Path(__file__).with_name("queries") / "laws.jsonl"


class Question(msgspec.Struct, frozen=True):
    """A question, and the articles that answer it; the law by its title without the state's name."""

    id: str
    query: str
    lang: Literal["zh", "en"]
    law: str
    articles: tuple[str, ...]
    part: Literal["fit", "test"]


class Article(NamedTuple):
    """An article of the corpus."""

    id: str
    law: str
    place: str
    title: str
    text: str


def questions(part: str = "all", file: Path = FILE) -> list[Question]:
    """Return the questions of a part, or all."""
    every = msgspec.json.Decoder(Question).decode_lines(file.read_bytes())
    return [each for each in every if part in ("all", each.part)]


def newest(folder: Path) -> list[OfficialText]:
    """Return the newest version of every law in a folder, by id.

    Raises:
        Refused: a file cannot be read as an official text.
    """
    found: dict[str, OfficialText] = {}
    for file in sorted(each for each in folder.iterdir() if each.is_file()):
        understood = import_file(file)
        for fault in understood.refused:
            raise fault
        for text in understood.texts:
            found[text.id] = max(found.get(text.id, text), text, key=attrgetter("since", "version"))
    return [found[name] for name in sorted(found)]


def articles(texts: Iterable[OfficialText]) -> Iterator[Article]:
    """Yield the articles of texts, titled with law and headings; items of annexes are among them."""
    for text in texts:
        law = text.title.removeprefix("中华人民共和国")
        for piece in text.pieces:
            if piece.kind == "article":
                number = f"{text.id}@{text.version}#{piece.place}"
                title = " ".join((text.title, *piece.under))
                yield Article(number, law, piece.place, title, piece.text.strip())


def answers(asked: Iterable[Question], corpus: Iterable[Article]) -> Iterator[tuple[str, str]]:
    """Yield the ids of each question and of the articles that answer it.

    Raises:
        PackError: a question names an article that is not in the corpus exactly once.
    """
    places: dict[tuple[str, str], list[str]] = {}
    for each in corpus:
        places.setdefault((each.law, each.place), []).append(each.id)
    for question in asked:
        for place in question.articles:
            found = places.get((question.law, place), [])
            if len(found) != 1:
                fault = f"{question.id} names {question.law} {place}, found {len(found)} times"
                raise PackError("queries", fault, "Add the law, or put the label right")
            yield question.id, found[0]


def write(folder: Path, asked: Sequence[Question], corpus: Sequence[Article]) -> None:
    """Write corpus, questions and answers into a folder."""
    pairs = "".join(f"{question}\t{article}\t1\n" for question, article in answers(asked, corpus))
    folder.mkdir(parents=True, exist_ok=True)
    lines = msgspec.json.Encoder().encode_lines
    held = [{"_id": each.id, "title": each.title, "text": each.text} for each in corpus]
    (folder / "corpus.jsonl").write_bytes(lines(held))
    told = [{"_id": each.id, "text": each.query, "metadata": {"lang": each.lang}} for each in asked]
    (folder / "queries.jsonl").write_bytes(lines(told))
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n" + pairs, "utf-8", newline="\n")


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the questions and the laws, and say how many there are."""
    options = argparse.ArgumentParser()
    options.add_argument("--laws", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--part", default="all", choices=["fit", "test", "all"])
    options.add_argument("--queries", type=Path, default=FILE)
    given = options.parse_args(arguments)
    asked, corpus = questions(given.part, given.queries), list(articles(newest(given.laws)))
    write(given.out, asked, corpus)
    print(f"{len(asked)} questions, {len(corpus)} articles")


if __name__ == "__main__":
    main()
