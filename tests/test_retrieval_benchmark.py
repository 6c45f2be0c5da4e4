"""The retrieval benchmark: its measures, and a whole run on ten documents."""

import json
import math
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from benchmarks.beir import Document
from benchmarks.comparing import figures, ratios
from benchmarks.corpus_passages import passages_of
from benchmarks.made_corpus import made_up
from benchmarks.measured import Measured
from benchmarks.metrics import discounted_gain, quality, recall, reciprocal_rank
from benchmarks.retrieval import spread

HOME = Path(__file__).parents[1]
TOPICS = ["净重", "毛重", "运费", "保费", "舱单", "归类", "估价", "退税", "滞报金", "许可证"]
SECOND, THIRD, FOURTH = 1 / math.log2(3), 1 / math.log2(4), 1 / math.log2(5)
NINE = [f"x{number}" for number in range(9)]


@pytest.mark.parametrize(
    ("found", "judged", "recalled", "first", "gain"),
    [
        (["a", "b"], {"a": 1}, 1.0, 1.0, 1.0),
        (["b", "a"], {"a": 1}, 1.0, 1 / 2, SECOND),
        ([], {"a": 1}, 0.0, 0.0, 0.0),
        (["b", "c"], {"a": 1}, 0.0, 0.0, 0.0),
        (["b", "a", "d"], {"a": 1, "d": 1, "e": 1, "f": 1}, 1 / 2, 1 / 2, None),
        ([*NINE, "a"], {"a": 1}, 1.0, 1 / 10, 1 / math.log2(11)),
        ([*NINE, "x9", "a"], {"a": 1}, 0.0, 0.0, 0.0),
        (["b", "a", "c"], {"a": 3, "b": 1}, 1.0, 1.0, (1 + 3 * SECOND) / (3 + SECOND)),
        (["c", "b", "x", "a"], {"a": 2, "b": 1}, 1.0, 1 / 2, (SECOND + 2 * FOURTH) / (2 + SECOND)),
    ],
    ids=[
        "the one answer first",
        "the one answer second",
        "nothing found",
        "the answer not found",
        "two of four found",
        "the answer tenth",
        "the answer eleventh",
        "graded, the lesser first",
        "graded, below others",
    ],
)
def test_measures_of_hand_worked_rankings(
    found: Sequence[str],
    judged: Mapping[str, float],
    recalled: float,
    first: float,
    gain: float | None,
) -> None:
    """Recall, reciprocal rank and discounted gain of the first ten are those worked out by hand."""
    if gain is None:
        gain = (SECOND + THIRD) / (1 + SECOND + THIRD + FOURTH)
    assert recall(found, judged, 10) == pytest.approx(recalled)
    assert reciprocal_rank(found, judged, 10) == pytest.approx(first)
    assert discounted_gain(found, judged, 10) == pytest.approx(gain)


def test_more_answers_than_places() -> None:
    """Recall is of all answers; the best gain is of as many as there are places."""
    judged = {f"a{number}": 1.0 for number in range(20)}
    assert recall(list(judged), judged, 5) == 0.25
    assert discounted_gain(list(judged), judged, 10) == pytest.approx(1)


def test_means_over_questions() -> None:
    """A question for which nothing was found counts as 0, and no question has no mean."""
    means = quality([(["a"], {"a": 1}), ([], {"a": 1}), (["b", "a"], {"a": 1})])
    assert means.recall_5 == means.recall_100 == pytest.approx(2 / 3)
    assert means.mrr_10 == pytest.approx(0.5)
    assert means.ndcg_10 == pytest.approx((1 + SECOND) / 3)
    with pytest.raises(ValueError, match="no question"):
        quality([])


def test_documents_become_passages_of_laws() -> None:
    """An article is a place of its law, found by name; any other document is its own entry."""
    documents = [
        Document("1", "海关法 第三章 进出境货物", "第二十四条　进口货物的收货人……"),
        Document("2", "海关法第二十四条", "同一条，另一版本"),
        Document("3", "On cats", "Cats sleep."),
        Document("4", "", "猫睡觉"),
        Document("5", "关于第三条高速公路的报道", "通车"),
    ]
    passages = dict(passages_of(documents, "eu"))
    assert [each.id for each in passages.values()] == ["海关法#24", "2", "3", "4", "5"]
    assert passages["2"].entry == passages["1"].entry == "海关法"
    assert [each.place for each in passages.values()] == ["24", "24", "", "", ""]
    assert passages["3"].text == ("", "Cats sleep.")
    assert passages["4"].text == ("猫睡觉", "")
    assert passages["5"].entry == "关于第三条高速公路的报道"
    assert {(each.kind, each.jurisdiction) for each in passages.values()} == {("source", "eu")}


def test_a_made_up_corpus_is_the_same_each_time() -> None:
    """The same number gives the same articles and questions, each answered by one of them."""
    one, two = made_up(500, asked=20), made_up(500, asked=20)
    assert one == two
    ids = [each.id for each in one.documents]
    assert len(set(ids)) == 500
    assert len(one.queries) == 20
    assert all(set(each.relevant) <= set(ids) for each in one.queries)


def test_ratios_are_of_the_same_questions() -> None:
    """Where LangChain's systems are asked fewer questions, ours are compared over just those."""
    asked = made_up(100, asked=10).queries
    few = spread(asked, 5)
    assert tuple(few) == asked[::2]
    found = ((("a000001", 1.0),),) * 10
    ours = Measured(100, 1.0, 1.0, 0.1, (0.001,) * 10, (0.001, 0.5) * 5, found, 1)
    theirs = Measured(100, 1.0, 1.0, 0.1, (0.01,) * 5, (0.01,) * 5, found[:5], 1)
    rows = [
        figures("ours", ours, asked),
        figures("ours", ours, asked, [each.id for each in few]),
        figures("words", theirs, few),
    ]
    assert ratios(rows) == {"words / ours": pytest.approx(10)}


@pytest.fixture
def ten(tmp_path: Path) -> list[str]:
    """A corpus of ten documents, eleven questions and ten judgements, as options."""
    texts = [f"申报{topic}时，{topic}按单证填写。" for topic in TOPICS]
    lines = [{"_id": f"d{n}", "title": TOPICS[n], "text": text} for n, text in enumerate(texts)]
    asked = [
        {"_id": f"q{n}", "text": f"{topic}怎么填？"} for n, topic in enumerate([*TOPICS, "猫"])
    ]
    for name, rows in (("corpus", lines), ("queries", asked)):
        text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(text, "utf-8")
    (tmp_path / "qrels.tsv").write_text("".join(f"q{n}\td{n}\t1\n" for n in range(10)))
    files = {"corpus": "corpus.jsonl", "queries": "queries.jsonl", "qrels": "qrels.tsv"}
    return [word for name, file in files.items() for word in (f"--{name}", str(tmp_path / file))]


@pytest.mark.parametrize("way", [["benchmarks/retrieval.py"], ["-m", "benchmarks.retrieval"]])
def test_a_whole_run_on_ten_documents(tmp_path: Path, ten: list[str], way: list[str]) -> None:
    """By path and as a module: our index finds every answer first, and writes run and figures."""
    more = ["--only", "ours", "--run", str(tmp_path / "run"), "--json", str(tmp_path / "json")]
    done = _run([*way, *ten, *more])
    assert done.returncode == 0, done.stderr
    assert "10 documents, 10 questions" in done.stdout
    assert "1 questions without judged documents are left out" in done.stdout
    told = json.loads((tmp_path / "json").read_text())
    assert [each["system"] for each in told["systems"]] == ["ours", "ours_words"]
    for each in told["systems"]:
        assert each["quality"]["mrr_10"] == 1
        assert 2e7 < each["peak_bytes"] < 4e8
        assert 0 < each["cpu_ms"][0] <= each["cpu_ms"][1]
    rows = [line.split() for line in (tmp_path / "run").read_text().splitlines()]
    assert {row[0]: row[2] for row in reversed(rows)} == {f"q{n}": f"d{n}" for n in range(10)}


def test_langchain_systems_on_ten_documents(tmp_path: Path, ten: list[str]) -> None:
    """The ensemble and BM25 alone are measured; without their packages that is told loudly."""
    more = ["--only", "ensemble", "--limit-queries", "4", "--json", str(tmp_path / "json")]
    done = _run(["-m", "benchmarks.retrieval", *ten, *more])
    if "SKIPPED" in done.stderr:
        assert done.returncode == 1
        assert "pip install" in done.stderr
        pytest.skip(done.stderr)
    assert done.returncode == 0, done.stderr
    told = json.loads((tmp_path / "json").read_text())
    assert [(each["system"], each["asked"]) for each in told["systems"]] == [
        ("ensemble", 4),
        ("words", 4),
    ]
    assert told["systems"][1]["quality"]["recall_10"] == 1


def test_a_broken_file_ends_the_run(tmp_path: Path, ten: list[str]) -> None:
    """Nothing is measured of broken files: the run ends with 2 and says where."""
    (tmp_path / "corpus.jsonl").write_text("{\n")
    done = _run(["-m", "benchmarks.retrieval", *ten, "--only", "ours"])
    assert done.returncode == 2
    assert f"{tmp_path / 'corpus.jsonl'}:1: " in done.stderr


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], cwd=HOME, capture_output=True, text=True, check=False
    )
