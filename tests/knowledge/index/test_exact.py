"""What a question names by number or name comes first, however it is written."""

from datetime import date

import pytest

from knowledge.index.index import Index

DAY = date(2026, 11, 21)


def _named(index: Index, query: str) -> set[str]:
    """The passages a question names, by the first reason of each hit."""
    return {
        hit.passage.id for hit in index.find(query, DAY) if "".join(hit.why[:1]).startswith("=")
    }


def _first(index: Index, query: str, day: date = DAY) -> str:
    return index.find(query, day)[0].passage.id


@pytest.mark.parametrize(
    "query",
    [
        "总署令272号第20条",
        "总署令第272号第二十条",
        "海关总署令第２７２号第２０条",
        "272号令20条",
        "第272号令 第 20 条",
        "第二百七十二号令第二十条",
        "總署令272號第二十條",
        "征税管理办法第二十条",
        "海关进出口货物征税管理办法第20条",
        "GACC Order 272 Art. 20",
        "gacc order no. 272, article 20",
        "order 272 art20",
        "order 272 § 20",
        "ORDER #272 ARTICLE 20",
    ],
)
def test_an_article_is_found_in_any_spelling(index: Index, query: str) -> None:
    """By the number or the name of its law, in digits of any kind."""
    assert _first(index, query) == "cn-gacc-order-272#20"


@pytest.mark.parametrize(
    "query",
    [
        "海关总署公告2024年第30号第2条",
        "公告2024-30第二条",
        "2024年30号公告 第2项",
        "二〇二四年第三十号公告第二条",
        "总署公告（2024）30号第2条",
        "GACC announcement 2024 No. 30 item 2",
        "announcement no. 30 of 2024, point 2",
        "announcement 30/2024 article 2",
        "announcement 2024/30 art. 2",
    ],
)
def test_an_announcement_is_found_in_any_spelling(index: Index, query: str) -> None:
    """By year and number in either order."""
    assert _first(index, query) == "cn-gacc-2024-30#2"


@pytest.mark.parametrize(
    ("query", "entry"),
    [
        ("总署令272号", "cn-gacc-order-272"),
        ("272号令", "cn-gacc-order-272"),
        ("GACC Order 272", "cn-gacc-order-272"),
        ("公告2024-30", "cn-gacc-2024-30"),
        ("商务部公告2025年第88号", "cn-mofcom-2025-88"),
        ("海关总署公告2019年第18号", "cn-gacc-2019-18"),
        ("关税法", "cn-law-tariff"),
        ("Tariff Law", "cn-law-tariff"),
        ("质检总局公告2014年第145号", "cn-aqsiq-2014-145"),
    ],
)
def test_a_law_alone_is_found(index: Index, query: str, entry: str) -> None:
    """All of the first hits are places of it."""
    assert {hit.passage.entry for hit in index.find(query, DAY, limit=2)} == {entry}


@pytest.mark.parametrize(
    ("query", "passage"),
    [
        ("CN-W001", "CN-W001"),
        ("W001", "CN-W001"),
        ("cnw001", "CN-W001"),
        ("ｃｎ－ｗ００１", "CN-W001"),
        ("cn w 001", "CN-W001"),
        ("cn-w1", "CN-W001"),
        ("what does X039 say", "CN-X039"),
        ("gross_weight", "header.gross_weight"),
        ("header.gross_weight", "header.gross_weight"),
        ("GrossWet", "header.gross_weight"),
        ("监管方式0110", "trade_mode#0110"),
        ("监管方式代码 0110", "trade_mode#0110"),
        ("trade mode 0110", "trade_mode#0110"),
        ("1210", "trade_mode#1210"),
        ("征免性质 101", "nature_of_levy#101"),
        ("运输方式代码2", "transport_mode#2"),
        ("transport mode 2", "transport_mode#2"),
        ("监管证件代码4", "licence#4"),
        ("licence code 7", "licence#7"),
        ("O证", "licence#O"),
        ("币制 USD", "currency#USD"),
    ],
)
def test_a_rule_a_field_or_a_code_is_found(index: Index, query: str, passage: str) -> None:
    """By its code or name, a short code beside the name of its table."""
    assert _first(index, query) == passage


def test_codes_of_two_cases_are_told_apart(index: Index) -> None:
    """Licence codes a and A are two."""
    lower, upper = _named(index, "a证"), _named(index, "A证")
    assert "licence#a" in lower - upper
    assert "licence#A" in upper - lower


@pytest.mark.parametrize(
    "query",
    ["证件3张", "运输方式 5个集装箱", "毛重 2 千克", "2024年4月10日", "2024-12-01", "and per can"],
)
def test_a_count_or_a_date_is_no_code(index: Index, query: str) -> None:
    """Small numbers, days and English words that happen to be codes name nothing."""
    assert not _named(index, query)


def test_a_commodity_code_finds_what_mentions_it(index: Index) -> None:
    """A code of ten digits finds passages that name it or its beginning."""
    named = [
        passage
        for passage in index.passages
        if passage.kind != "term" and "8413703190" in passage.text.zh + passage.text.en
    ]
    for written in ("8413703190", "8413.70.3190", "８４１３７０３１９０"):
        found = [
            hit.passage.id for hit in index.find(f"税号 {written}", DAY) if "=8413703190" in hit.why
        ]
        assert set(found) == {passage.id for passage in named}


def test_a_superseded_law_is_served_only_on_its_days(index: Index) -> None:
    """Afterwards its number leads to the law that replaced it."""
    query = "总署令124号"
    assert {hit.passage.entry for hit in index.find(query, date(2024, 11, 30), limit=1)} == {
        "cn-gacc-order-124"
    }
    found = index.find(query, date(2024, 12, 1))
    assert found[0].passage.entry == "cn-gacc-order-272"
    assert "cn-gacc-order-124" not in {hit.passage.entry for hit in found}


def test_why_names_what_was_named(index: Index) -> None:
    """The first reason of a hit is the place that was named, then come shared terms."""
    hit = index.find("总署令272号第20条 汇总征税", DAY)[0]
    assert hit.why[0] == "=cn-gacc-order-272#20"
    assert "汇总" in hit.why
    assert 0 < hit.score <= 1
