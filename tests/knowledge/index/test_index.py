"""The index finds by day, language and kind, and answers anything asked of it."""

import time
from datetime import date, timedelta

import pytest

from knowledge.index.index import Index
from knowledge.passage import KINDS, Kind, Passage
from knowledge.span import Span
from knowledge.text import Text

DAY = date(2026, 11, 21)
ALWAYS = Span()


def passage(name: str, zh: str, en: str = "", span: Span = ALWAYS) -> Passage:
    """Return a passage of a problem."""
    said = Text(zh, en)
    return Passage(name, name, "", "problem", said, said, span=span)


def found(index: Index, query: str, day: date = DAY, **options: object) -> list[str]:
    """Return the ids of the hits."""
    return [hit.passage.id for hit in index.find(query, day, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("滞报金怎么算", "fee"),
        ("late declaration fees", "fee"),
        ("滞包金", "fee"),
        ("late declaraton fee", "fee"),
        ("净重大于毛重", "weight"),
        ("淨重大於毛重", "weight"),
        ("net weight 大于 gross", "weight"),
    ],
)
def test_words_find_in_both_languages_and_through_slips(query: str, wanted: str) -> None:
    """Traditional characters, same-sounding ones, mistyped and mixed words lead to the passage."""
    index = Index.build(
        [
            passage("fee", "滞报金的计算和减免", "The late declaration fee and its relief"),
            passage("weight", "净重大于毛重", "Net weight above gross weight"),
            passage("other", "口岸卡证书过期", "The card certificate expired"),
        ]
    )
    assert found(index, query)[0] == wanted


def test_other_names_of_a_term_find_it() -> None:
    """A synonym of the glossary counts, less than the word itself."""
    term = Passage(
        "term:落装",
        "term:落装",
        "",
        "term",
        Text("落装", "short-shipment"),
        Text("", ""),
        ("落装", "short-shipment", "甩柜"),
    )
    index = Index.build(
        [
            term,
            passage("rolled", "落装以后报关单怎么处理", "after short-shipment"),
            passage("other", "保证金退还", "deposit"),
        ]
    )
    assert "rolled" in found(index, "甩柜了", kind="problem")
    assert "rolled" in found(index, "甩柜了")


def test_only_passages_in_force_are_found() -> None:
    """First and last day included."""
    span = Span(date(2024, 4, 10), date(2024, 12, 31))
    index = Index.build([passage("law", "申报期限", "term", span)])
    for day in span:
        assert day
        assert found(index, "申报期限", day) == ["law"]
    assert found(index, "申报期限", date(2024, 4, 9)) == []
    assert found(index, "申报期限", date(2025, 1, 1)) == []


def test_no_passage_out_of_force_is_ever_found(index: Index) -> None:
    """On any day, for any question, whatever the lane."""
    for day in (date(1990, 1, 1), date(2018, 8, 1), date(2024, 11, 30), date(2024, 12, 1), DAY):
        for query in (
            "总署令103号 申报",
            "关税条例 滞报金",
            "order 124 duty",
            "trade mode 0110",
            "网购",
        ):
            for hit in index.find(query, day, limit=50):
                assert hit.passage.span.covers(day), (query, day, hit.passage.id)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_alone_can_be_asked_for(index: Index, kind: Kind) -> None:
    """Every hit is of the kind asked for, and every kind can be found."""
    hits = index.find("报关单 重量 申报 declaration weight 试点 trial", DAY, kind=kind)
    assert hits
    assert {hit.passage.kind for hit in hits} == {kind}


def test_filters_may_name_several_and_go_together(index: Index) -> None:
    """Kinds, statuses and jurisdictions; what no passage has finds nothing."""
    asked = "报关单 重量 申报 declaration weight"
    every = index.find(asked, DAY, limit=400)
    for options in (
        {"kind": ("rule", "field")},
        {"status": "law"},
        {"status": ("law", "verified"), "kind": "rule"},
        {"jurisdiction": ["cn", "eu"], "kind": ["problem"]},
    ):
        hits = index.find(asked, DAY, limit=400, **options)
        assert hits
        for name, wanted in options.items():
            assert {getattr(hit.passage, name) for hit in hits} <= (
                {wanted} if isinstance(wanted, str) else set(wanted)
            )
    assert {hit.passage.kind for hit in every} == set(KINDS)
    assert index.find(asked, DAY, jurisdiction="us") == []
    assert index.find(asked, DAY, status="unheard of") == []


def test_many_hits_go_on_in_order_beyond_those_ranked_anew(index: Index) -> None:
    """A hundred are a hundred, each once, and begin with the ten."""
    hits = index.find("进口货物的收货人如何申报", DAY, limit=300)
    assert len(hits) == 300
    assert len({hit.passage.id for hit in hits}) == 300
    assert hits[:10] == index.find("进口货物的收货人如何申报", DAY)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_an_article_is_found_by_its_law_in_every_version() -> None:
    """Imported texts carry the day of their version in the id, not in what people write."""
    title = Text("进出口关税条例", "进出口关税条例")
    held = [
        Passage(f"cn-x@{since}#{place}", "cn-x", place, "source", title, Text(said, ""),
                ("进出口关税条例",), span=Span(since, until))
        for place, said in (("5", "应当缴纳税款"), ("6", "不予退还"))
        for since, until in ((date(2003, 1, 1), date(2016, 12, 31)), (date(2017, 1, 1), None))
    ]  # fmt: skip
    index = Index.build(held)
    for day, version in ((date(2010, 1, 1), "2003-01-01"), (DAY, "2017-01-01")):
        hit = index.find("关税条例第五条", day)[0]
        assert hit.passage.id == f"cn-x@{version}#5"
        assert index.find("进出口关税条例第五条", day)[0].why[0] == "=cn-x#5"


def test_a_language_leaves_out_what_says_nothing_in_it() -> None:
    """A passage with no English is not found for English."""
    index = Index.build([passage("zh", "滞报金"), passage("both", "滞报金", "late fee")])
    assert set(found(index, "滞报金")) == {"zh", "both"}
    assert found(index, "滞报金", lang="en") == ["both"]


def test_the_limit_holds_and_the_best_comes_first(index: Index) -> None:
    """Fewer hits are the head of more hits, and scores fall."""
    many = index.find("报关单", DAY, limit=20)
    assert len(many) == 20
    assert index.find("报关单", DAY, limit=3) == many[:3]
    scores = [hit.score for hit in many]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_the_same_question_has_the_same_answer(index: Index) -> None:
    """Nothing depends on chance or on what was asked before."""
    once = index.find("滞报金怎么算", DAY)
    index.find("something else", DAY)
    assert index.find("滞报金怎么算", DAY) == once


HOSTILE = {
    "empty": "",
    "blanks": " \n\t　",
    "punctuation": "？！…，。；：“”（）*&^%$#@~`|\\/<>",
    "100 kB of one character": "报" * 100_000,
    "100 kB of digits": "1 2 3 4 5 6 7 8 9 0 " * 5_000,
    "100 kB of numbers of laws": "总署令272号第20条" * 10_000,
    "100 kB of strange words": "qzxwvk jfpqlm wertyq " * 5_000,
    "100 kB of codes": "运输方式 A B C D E 1 2 3 征免性质 101 " * 3_000,
    "nothing but stops": "的了吗呢 the of and",
    "database language": "'; DROP TABLE passages; -- OR 1=1 UNION SELECT *",
    "search operators": 'NEAR("报关" AND NOT "税") OR title:* ^2 ~3 [a TO z] (((',
    "regular expression": "(a+)+$ .* [[:alpha:]] \\1 (?:x){9999}",
    "control characters": "\x00\x07\x1b[31m报关\u202e单\ufeff",
    "half a character": "报关\ud800单",
    "halves of characters": "\ud800\udfff" * 1_000,
    "nothing at all": "\x00" * 1_000,
    "right to left": "\u202e\u2067\u200fאבג报关单\u2069\u202c",
    "100 kB of law": "进口货物的收货人应当自运输工具申报进境之日起十四日内向海关申报。" * 3_000,
    "joined emoji": "👩\u200d👩\u200d👧\u200d👦" * 500,
    "database search operators": '"报关" NEAR/2 税* AND (NOT x) OR rowid:1 {zh en}: ^net "',
    "emoji": "📦🚢🧾报关单被退了😭😭😭",
    "one ligature many times": "﷽" * 50_000,
    "template": "{{ 7*7 }} ${jndi:ldap://x} <script>alert(1)</script>",
}


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_question_gets_a_normal_answer_quickly(index: Index, query: str) -> None:
    """A list of hits, maybe none, in well under a second."""
    start = time.process_time()
    hits = index.find(query, DAY)
    assert time.process_time() - start < 1
    assert len(hits) <= 10
    assert all(hit.marks for hit in hits)


def test_an_empty_question_finds_nothing(index: Index) -> None:
    """No words, no hits."""
    for query in ("", "  ", "？！。", "的了吗"):
        assert index.find(query, DAY) == []


def test_an_empty_index_finds_nothing() -> None:
    """No passages, no hits."""
    assert Index.build([]).find("报关单 order 272 CN-W001 0110", DAY) == []


def test_days_far_away_are_no_trouble(index: Index) -> None:
    """The calendar's first and last day are days like any other."""
    for day in (date.min, date.max, DAY + timedelta(days=40_000)):
        assert len(index.find("报关单", day)) <= 10
