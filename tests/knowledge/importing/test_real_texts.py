"""Real laws, orders and announcements, where a folder of them is at hand.

The environment variable DECLARANT_CORPUS names it; else it is looked for beside the repository.
"""

import json
import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from knowledge.importing.importing import Understood, import_file
from knowledge.importing.official_text import OfficialText
from knowledge.importing.store import Store

HERE = Path(__file__).parents[3].parent
CORPUS = Path(os.environ.get("DECLARANT_CORPUS") or HERE.joinpath("shared", "corpus"))
LAWS = sorted(CORPUS.glob("laws/*.md"))
RECORDS = CORPUS / "gacc_documents.jsonl"
pytestmark = pytest.mark.skipif(
    not LAWS, reason="no real texts: name their folder in DECLARANT_CORPUS"
)

LAST = {
    "两用物项出口管制条例": 50, "保税区海关监管办法": 30, "关税法": 72, "出口管制法": 49,
    "国境卫生检疫法(2018-04-27)": 27, "国境卫生检疫法(2024-06-28)": 57, "国境卫生检疫法实施细则": 113,
    "对外贸易法(2016-11-07)": 70, "对外贸易法(2022-12-30)": 69, "导弹及相关物项和技术出口管制条例": 24,
    "核两用品及相关技术出口管制条例": 29, "核出口管制条例": 24, "海关事务担保条例": 26, "海关法": 102,
    "海关稽查条例": 34, "海关统计条例": 22, "海关行政处罚实施条例": 68, "濒危野生动植物进出口管理条例": 28,
    "生物两用品及相关设备和技术出口管制条例": 25, "知识产权海关保护条例": 32, "船舶吨税法": 22,
    "货物进出口管理条例": 77, "进出口关税条例": 67, "进出口商品检验法": 39, "进出口货物原产地条例": 27,
    "进出境动植物检疫法": 50, "进出境动植物检疫法实施条例": 68, "食品安全法": 154, "食品安全法实施条例": 86,
}  # fmt: skip
"""Number of the last article of each law, from the law itself."""
DIGITS = "零一二三四五六七八九"


class Counted(NamedTuple):
    """An article as it stands in a file, found without the cutter."""

    place: str
    words: str


def counted(file: Path) -> list[Counted]:
    """Return the articles of a law by the beginnings of its lines and nothing else."""
    found: list[Counted] = []
    open_article = False
    for line in file.read_text("utf-8").split("<!-- INFO END -->")[-1].splitlines():
        begins = re.match("第([一二三四五六七八九十百零]+)条(?=[ \u3000])", line)
        if begins:
            found.append(Counted(str(_value(begins[1])), ""))
            open_article = True
        elif re.match("#|附[：件]", line):
            open_article = False
        if open_article:
            found[-1] = Counted(found[-1].place, found[-1].words + "".join(line.split()))
    return found


def _value(numeral: str) -> int:
    """Return the number of a numeral below a thousand, digit by digit."""
    hundreds, hundred, rest = numeral.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    high = DIGITS.index(hundreds) if hundred else 0
    middle = DIGITS.index(tens.strip("零") or "一") if ten else 0
    return 100 * high + 10 * middle + (DIGITS.index(ones.strip("零")) if ones.strip("零") else 0)


def imported() -> Iterator[tuple[Path, OfficialText]]:
    """Yield the laws as imported, with the file each came from."""
    for file in LAWS:
        found = import_file(file)
        assert not found.refused, [fault.told().en for fault in found.refused]
        (text,) = found.texts
        yield file, text


def test_articles_of_laws_are_cut_right(record_property: Callable[[str, object], None]) -> None:
    """At least 98 of 100 articles have their place and their words, none more nor less."""
    right = wanted = 0
    for file, text in imported():
        expected = counted(file)
        cut = {
            piece.place: "".join(piece.text.split())
            for piece in text.pieces
            if piece.kind == "article" and "/" not in piece.place
        }
        right += sum(cut.get(article.place) == article.words for article in expected)
        wanted += max(len(expected), len(cut))
    record_property("articles cut right", f"{right} of {wanted}")
    assert wanted > 1_500
    assert right / wanted >= 0.98, f"{right} of {wanted}"


def test_the_last_article_of_each_law_is_there() -> None:
    """Each law is numbered through to its last article, as printed."""
    for file, text in imported():
        last = LAST.get(file.stem) or LAST.get(file.stem.partition("(")[0])
        places = [
            piece.place
            for piece in text.pieces
            if piece.kind == "article" and "/" not in piece.place
        ]
        assert not text.troubles or "file name" in text.troubles[0].en
        if last:  # two files hold only the first articles of their law
            assert places == [str(number) for number in range(1, last + 1)], file.name


def test_two_versions_are_one_law(tmp_path: Path) -> None:
    """The foreign trade law of 2016 ends the day before that of 2022 begins."""
    store = Store(tmp_path)
    taken = store.keep([text for _, text in imported()])
    assert {each.outcome for each in taken} == {"stored"}
    for law, days in (
        ("cn-law-foreign-trade", ["2016-11-07..2022-12-29", "2022-12-30.."]),
        ("cn-law-health-quarantine", ["2018-04-27..2024-12-31", "2025-01-01.."]),
        ("cn-reg-inspection", ["2019-03-02..2022-03-28", "2022-03-29.."]),
    ):
        spans = [held.span for held in store.versions(law)]
        assert [f"{span.since}..{span.until or ''}" for span in spans] == days
    found = store.diff("cn-law-foreign-trade", date(2020, 1, 1), date(2023, 1, 1))
    assert found
    assert [piece.place for piece in found.removed] == ["9"]
    assert len(found.moved) > 50


@pytest.fixture(scope="module")
def orders() -> Understood:
    """Return the orders and announcements as imported."""
    if not RECORDS.exists():
        pytest.skip("no orders and announcements at hand")
    return import_file(RECORDS)


def test_every_order_and_announcement_is_imported_or_named(orders: Understood) -> None:
    """Each of them is stored under its own number, or named for a day that is only an event."""
    lines = RECORDS.read_text("utf-8").splitlines()
    assert len(orders.texts) + len(orders.refused) == len(lines) == 257
    assert len({text.id for text in orders.texts}) == len(orders.texts)
    assert all(text.id.startswith("cn-gacc-") for text in orders.texts)
    assert all("event" in fault.says.en for fault in orders.refused)
    assert len(orders.refused) <= 3


def test_nothing_of_an_announcement_is_lost(orders: Understood) -> None:
    """Put together, the pieces are the text of the record."""
    texts = [
        "".join(json.loads(line)["text"].split())
        for line in RECORDS.read_text("utf-8").splitlines()
    ]
    places = {text.source.rpartition("line ")[2]: text for text in orders.texts}
    for number, expected in enumerate(texts, start=1):
        if text := places.get(str(number)):
            whole = "".join("".join(piece.text.split()) for piece in text.pieces)
            assert whole == re.sub("[\u200b-\u200f\ufeff\xad]", "", expected), text.id


def test_items_of_announcements_are_numbered_through(orders: Understood) -> None:
    """Items and articles of a text run from one on, with nothing missing."""
    for text in orders.texts:
        own = [
            piece.place
            for piece in text.pieces
            if piece.kind == "article" and "/" not in piece.place
        ]
        assert own == [str(number) for number in range(1, len(own) + 1)], text.id
        assert not [trouble for trouble in text.troubles if "umber" in trouble.en], text.id
