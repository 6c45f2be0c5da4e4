"""Lay questions and the laws that answer them, as a data set for measuring retrieval."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.statutes import main, questions
from knowledge.errors import PackError

OLD = """# 中华人民共和国渡船法

2010年5月1日 第十一届全国人民代表大会常务委员会第十四次会议通过

## 第一章 总则

第一条 为了渡船安全，制定本法。

第二条 渡船应当每二年检查一次。

第三条 本法自2010年8月1日起施行。
"""
NEW = OLD.replace("2010年5", "2022年5").replace("2010年8", "2022年8").replace("每二年", "每年")
OTHER = """# 中华人民共和国灯塔条例

2015年3月1日 中华人民共和国国务院令第999号公布

第一条 为了管理灯塔，制定本条例。

第二条 灯塔每夜点亮。

第三条 本条例自2015年5月1日起施行。
"""
ASKED = (
    ("law-001", "渡船多久查一次", "zh", "渡船法", ["2"], "fit"),
    ("law-002", "when must the lighthouse be lit, and since when", "en", "灯塔条例", ["2", "3"], "test"),
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two laws, one of them in two versions, and questions on them."""
    laws = tmp_path / "laws"
    laws.mkdir()
    texts = {"渡船法(2010-05-01)": OLD, "渡船法(2022-05-01)": NEW, "灯塔条例(2015-03-01)": OTHER}
    for name, text in texts.items():
        (laws / f"{name}.md").write_text(text, "utf-8")
    _ask(tmp_path, ASKED)
    return tmp_path


def test_the_newest_laws_are_the_corpus(folder: Path) -> None:
    """One entry an article, with the title of the law and its headings."""
    corpus = _written(folder, "corpus.jsonl", "all")
    assert [each["_id"].partition("#")[2] for each in corpus] == ["1", "2", "3"] * 2
    (checked,) = (each for each in corpus if "检查" in each["text"])
    assert checked["title"] == "中华人民共和国渡船法 第一章 总则"
    assert checked["text"] == "第二条 渡船应当每年检查一次。"
    assert "@2022-05-01#2" in checked["_id"]


def test_every_question_leads_to_its_articles(folder: Path) -> None:
    """Several articles may answer one question; each has a line."""
    corpus = {each["_id"]: each["text"] for each in _written(folder, "corpus.jsonl", "all")}
    header, *lines = (folder / "out" / "qrels.tsv").read_text("utf-8").splitlines()
    assert header == "query-id\tcorpus-id\tscore"
    rows = [line.split("\t") for line in lines]
    assert [(row[0], corpus[row[1]][:3], row[2]) for row in rows] == [
        ("law-001", "第二条", "1"),
        ("law-002", "第二条", "1"),
        ("law-002", "第三条", "1"),
    ]


@pytest.mark.parametrize("part, ids", [("fit", ["law-001"]), ("test", ["law-002"])])
def test_a_part_has_its_own_questions_alone(folder: Path, part: str, ids: list[str]) -> None:
    """What is fitted is not tested on."""
    assert [each["_id"] for each in _written(folder, "queries.jsonl", part)] == ids


@pytest.mark.parametrize("law, article", [("渡船法", "4"), ("渡口法", "1")])
def test_a_label_that_leads_nowhere_is_named(folder: Path, law: str, article: str) -> None:
    """Neither a law nor an article may be missing."""
    _ask(folder, [("law-009", "问", "zh", law, [article], "fit")])
    with pytest.raises(PackError, match=f"law-009 names {law} {article}, found 0 times"):
        _written(folder, "corpus.jsonl", "all")


def test_the_shipped_questions_keep_their_parts_apart() -> None:
    """Ids are unique, no article is in both parts, none has more than two questions."""
    shipped = questions()
    assert (
        len({each.id for each in shipped}) == len({each.query for each in shipped}) == len(shipped)
    )
    fit, test = (_places(part) for part in ("fit", "test"))
    assert set(fit).isdisjoint(test)
    assert all(every.count(place) <= 2 for every in (fit, test) for place in every)


def _ask(folder: Path, asked: Any) -> None:
    keys = ("id", "query", "lang", "law", "articles", "part")
    lines = [json.dumps(dict(zip(keys, row, strict=True)), ensure_ascii=False) for row in asked]
    (folder / "asked.jsonl").write_text("\n".join(lines), "utf-8")


def _written(folder: Path, name: str, part: str) -> list[dict[str, Any]]:
    out = folder / "out"
    given = ("--laws", folder / "laws", "--out", out, "--part", part)
    main([*map(str, given), "--queries", str(folder / "asked.jsonl")])
    return [json.loads(line) for line in (out / name).read_text("utf-8").splitlines()]


def _places(part: str) -> list[tuple[str, str]]:
    return [(each.law, place) for each in questions(part) for place in each.articles]
