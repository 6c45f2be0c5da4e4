"""Training an embedder: what it is taught by, and that it can be done again."""

import random
from pathlib import Path

import msgspec
import pytest

from assistant.searchable import searchable
from knowledge.index.embedder import SHIPPED, StaticEmbedder, shipped_embedder
from knowledge.index.pairs import Lessons, aligned, vocabulary_of
from knowledge.library import shipped
from knowledge.passage import Passage
from knowledge.text import Text
from tests.cli.command import run
from tests.reports import HOME

NEEDS = "needs torch and sentence-transformers: the extra [semantic]"
LATE = Passage(
    *("late", "late", "", "problem"),
    title=Text("滞报金怎么算", "How the late fee is counted"),
    text=Text("短答：按日计收。\n自第15日起算。", "Short answer: by the day.\nFrom the 15th day."),
    asked=("报晚了要交多少", "fee for late filing"),
)
WEIGHT = Passage(
    *("weight", "weight", "", "field"),
    title=Text("净重", "Net weight"),
    text=Text("以千克填报。不足一千克的填一。", "Entered in kilograms."),
)


def test_lines_of_both_languages_go_together() -> None:
    """Lines, and sentences of a line, are paired where there are as many in both languages."""
    assert list(aligned(LATE)) == [
        ("滞报金怎么算", "How the late fee is counted"),
        ("短答：按日计收", "Short answer: by the day."),
        ("自第15日起算", "From the 15th day."),
    ]
    assert list(aligned(WEIGHT))[1:] == [(WEIGHT.text.zh, WEIGHT.text.en)]


def test_a_pair_does_not_hold_its_own_answer() -> None:
    """What is said is left out of what is meant: likeness must be learnt, not copied."""
    passages = [LATE, WEIGHT]
    vocabulary = vocabulary_of(passages)
    asked = {vocabulary.index(term) for term in ("报晚", "多少")}
    lessons = Lessons(passages, vocabulary).round(random.Random(1))
    own = [pair for pair in lessons if pair.owner == 0 and asked <= set(pair.said)]
    brief = [pair for pair in own if len(pair.said) < 15]
    assert len(brief) == 3
    assert not any(asked & set(pair.meant) for pair in brief)


def test_rounds_are_drawn_by_the_seed() -> None:
    """The same seed gives the same pairs in the same order, another seed others."""
    lessons = Lessons([LATE, WEIGHT], vocabulary_of([LATE, WEIGHT]))
    once, again, other = (lessons.round(random.Random(seed)) for seed in (1, 1, 2))
    assert once == again
    assert once != other


def test_a_site_of_chinese_law_alone_teaches() -> None:
    """Passages without English are taught by their own title and sentences."""
    text = Text("进口货物应当申报。逾期的征收滞报金。", "")
    alone = Passage("a#1", "a", "1", "source", Text("海关法", ""), text)
    pairs = Lessons([alone], vocabulary_of([alone])).round(random.Random(1))
    assert sum(pair.owner == 0 for pair in pairs) >= 3


def test_training_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    """The same passages, plan and seed write the same files, and another seed others."""
    pytest.importorskip("torch", reason=NEEDS)
    pytest.importorskip("sentence_transformers", reason=NEEDS)
    from knowledge.index.training import Plan, train

    passages = [LATE, WEIGHT, *list(searchable(shipped()))[:40]]
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        train(passages, tmp_path / name, Plan(16, 2, seed), "test")
    files = [
        [(tmp_path / name / file.name) for file in (tmp_path / "a").iterdir()] for name in "abc"
    ]
    once, again, other = ([file.read_bytes() for file in each] for each in files)
    assert len(once) == 3
    assert once == again
    assert once != other


def test_training_brings_the_languages_together(tmp_path: Path) -> None:
    """After a few rounds a title lies nearer to its translation than to the other title."""
    pytest.importorskip("torch", reason=NEEDS)
    pytest.importorskip("sentence_transformers", reason=NEEDS)
    from knowledge.index.training import Plan, train

    told: list[tuple[int, int]] = []
    at = lambda done, of: told.append((done, of))  # noqa: E731
    train([LATE, WEIGHT], tmp_path, Plan(16, 10, 1), "test", at)
    late, weight, english = StaticEmbedder.load(tmp_path).rows(["滞报金", "净重", "late fee"])
    assert late @ english > weight @ english + 0.2
    assert told[-1] == (1000, 1000)


def test_the_command_needs_a_place() -> None:
    """Without a site or a folder to write to, the command says so."""
    pytest.importorskip("torch", reason=NEEDS)
    done = run("knowledge", "train-embedder")
    assert done.exit_code == 2
    assert "--out" in done.stderr


def test_the_shipped_one_says_how_it_was_made() -> None:
    """The record beside the shipped embedder agrees with its files and names its command."""
    made = msgspec.json.decode((SHIPPED / "made.json").read_bytes())
    assert made["dimensions"] == shipped_embedder().dimensions
    assert made["terms"] == len((SHIPPED / "terms.txt").read_text("utf-8").split("\n"))
    assert made["command"].startswith("declarant knowledge train-embedder --out")
    assert len(made["corpus"]) == 64
    assert sum(file.stat().st_size for file in SHIPPED.iterdir()) < 8_000_000


def test_labelled_queries_are_no_lessons() -> None:
    """No question it is measured by stands among the wordings it is taught by."""
    queries = HOME / "benchmarks" / "queries" / "pack.jsonl"
    asked = {msgspec.json.decode(line)["query"] for line in queries.read_bytes().splitlines()}
    taught = {text for passage in searchable(shipped()) for text in passage.asked}
    assert len(asked & taught) <= len(asked) // 50
