"""Files of the retrieval benchmark: what is read, what is broken, what is written."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.beir import BrokenFile, read_corpus, read_judgements, read_questions, write_run


def test_ties_stay_in_order_in_a_run(tmp_path: Path) -> None:
    """Equal scores are written falling, in single precision too, so that evaluators keep the order."""
    scores = [0.9, 0.9, 0.9, 0.2, 0.0, 0.0, 40.0]
    hits = [(f"d{9 - rank}", score) for rank, score in enumerate(scores)]
    write_run(tmp_path / "run", [("q1", hits), ("q2", [])], "ours")
    rows = [line.split(" ") for line in (tmp_path / "run").read_text().splitlines()]
    assert [row[2] for row in rows] == [document for document, _ in hits]
    assert [row[3] for row in rows] == [str(rank) for rank in range(1, 8)]
    assert {(len(row), row[0], row[1], row[5]) for row in rows} == {(6, "q1", "Q0", "ours")}
    singles = [float(np.float32(row[4])) for row in rows]
    assert singles == sorted(set(singles), reverse=True)


def test_a_run_holds_no_blank(tmp_path: Path) -> None:
    """An id with a blank is refused by name, as it would part the columns."""
    with pytest.raises(BrokenFile, match="“d 1”"):
        write_run(tmp_path / "run", [("q1", [("d 1", 1.0)])], "ours")


@pytest.mark.parametrize("heading", ["", "query-id\tcorpus-id\tscore\n"])
def test_judgements_with_and_without_a_heading(tmp_path: Path, heading: str) -> None:
    """The line of headings may be there; documents judged 0 do not answer."""
    file = tmp_path / "qrels.tsv"
    file.write_text(f"{heading}q1\td1\t1\nq1\td2\t0\r\n\nq2\td1\t2.0\n", newline="")
    assert read_judgements(file) == {"q1": {"d1": 1.0}, "q2": {"d1": 2.0}}


def test_questions_without_answers_are_counted(tmp_path: Path) -> None:
    """Questions nothing is judged for are left out, and judgements of no question are counted."""
    queries = tmp_path / "queries.jsonl"
    queries.write_text('\ufeff{"_id": 1, "text": "a"}\n{"_id": "2", "text": "b", "metadata": {}}\n')
    (tmp_path / "qrels.tsv").write_text("1\td1\t1\n2\td1\t0\n3\td1\t1\n")
    questions = read_questions(queries, tmp_path / "qrels.tsv")
    assert [(each.id, each.text) for each in questions.queries] == [("1", "a")]
    assert (questions.unjudged, questions.unknown) == (1, 1)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('{"_id": "d2"', "JSON object"),
        ('{"_id": "d2", "text": 7}', "JSON object"),
        ('{"text": "no id"}', "JSON object"),
        ('{"_id": "d2", "title": "no text"}', "no text"),
        ('{"_id": "d1", "text": "twice"}', "Give each line its own"),
        ('{"_id": " ", "text": "blank"}', "_id is empty"),
    ],
)
def test_broken_lines_of_a_corpus_are_named(tmp_path: Path, line: str, fault: str) -> None:
    """A broken line is told by file and line, with the remedy; all of them at once."""
    file = tmp_path / "corpus.jsonl"
    file.write_text(f'{{"_id": "d1", "text": "净重"}}\n{line}\n{line}\n')
    with pytest.raises(BrokenFile) as broken:
        read_corpus(file)
    assert f"{file}:2: " in str(broken.value)
    assert f"{file}:3: " in str(broken.value)
    assert fault in str(broken.value)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("q1 d1 1", "1 columns, not 3"),
        ("q1\t0\td1\t1", "4 columns, not 3"),
        ("q1\td1\tyes", "“yes” is no number"),
        ("q1\td9\t2", "judged twice"),
    ],
)
def test_broken_judgements_are_named(tmp_path: Path, line: str, fault: str) -> None:
    """A broken judgement is told by file and line."""
    file = tmp_path / "qrels.tsv"
    file.write_text(f"q1\td9\t1\n{line}\n")
    with pytest.raises(BrokenFile, match=fault) as broken:
        read_judgements(file)
    assert f"{file}:2: " in str(broken.value)


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    """A missing file, an empty one and one in another encoding are told by name."""
    (tmp_path / "empty").touch()
    (tmp_path / "gbk").write_bytes('{"_id": "1", "text": "净重"}'.encode("gbk"))
    for name, fault in (("gone", "No such file"), ("empty", "no document"), ("gbk", "not UTF-8")):
        with pytest.raises(BrokenFile, match=fault) as broken:
            read_corpus(tmp_path / name)
        assert str(tmp_path / name) in str(broken.value)
