"""Texts cut into articles, with every trap a careless copy sets."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.importing.cutting import cut
from knowledge.importing.normal import lines_of, without_blanks
from knowledge.importing.pieces import Cut, Piece
from knowledge.importing.raw import RawText, Refused
from knowledge.importing.reading import read_content
from knowledge.importing.understanding import understand
from knowledge.numerals import number_of, numeral
from knowledge.text import Text
from tests.knowledge.importing.papers import law


def pieces(text: str) -> dict[str, Piece]:
    """Return the pieces of a text by place."""
    done = cut(lines_of(text))
    assert len({piece.place for piece in done.pieces}) == len(done.pieces)
    return {piece.place: piece for piece in done.pieces}


def places(text: str) -> list[str]:
    """Return the places of the articles of a text, in order."""
    return [piece.place for piece in cut(lines_of(text)).pieces if piece.kind == "article"]


def troubles(text: str) -> list[str]:
    """Return what is strange about the numbers of a text."""
    return [trouble.en for trouble in cut(lines_of(text)).troubles]


def test_a_law_is_cut_by_chapters_and_articles() -> None:
    """The preamble, each heading and each article are pieces; an article knows its chapter."""
    held = pieces(law())
    assert list(held)[:4] == ["preamble", "第一章", "1", "2"]
    assert held["1"].under == ("第一章 总则",)
    assert held["12"].under == ("第二章 附则",)
    assert held["12"].text == "第十二条 本法自2020年6月1日起施行。"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("第一条 甲。\n第二条 乙。\n第二条之一 丙。\n第三条 丁。", ["1", "2", "2-1", "3"], id="between two"),
        pytest.param("第一百二十条 甲。\n第一百二十条之一 乙。\n第一百二十一条 丙。", ["120", "120-1", "121"], id="above a hundred"),
        pytest.param("第1条 甲。\n第 2 条 乙。\n第三条丙。", ["1", "2", "3"], id="figures, blanks, no blank"),
        pytest.param("第一条 甲。第二条 乙。第三条 丙。", ["1", "2", "3"], id="no lines"),
        pytest.param("某某办法第一章 总 则第一条 为了甲。第二章 乙第一节 丙第二条 丁。", ["1", "2"], id="no lines and headings"),
        pytest.param("税率=甲×乙第一条 为了甲。税额=丙×税率第二条 丁。", ["1", "2"], id="behind a formula"),
        pytest.param("第一条 甲。\n第二条 依照本法\n第二十四条的规定办理。\n第三条 乙。", ["1", "2", "3"], id="a number in a broken line"),
        pytest.param("第一条 依照本法第三条、第四条和第五条第二款办理。\n第二条 乙。", ["1", "2"], id="numbers in a sentence"),
        pytest.param("第一条 甲。第五条规定的除外。第三条第一款所称乙。\n第二条 丙。", ["1", "2"], id="numbers that open a sentence"),
        pytest.param("第一条 将“第三条 旧文。”改为新文。\n第二条 乙。", ["1", "2"], id="a quoted article"),
        pytest.param("第一条 所有货物。\n第二条中华人民共和国境内。\n第三条 第二条所列情形。", ["1", "2", "3"], id="words that look like a reference"),
        pytest.param("第一条 甲。\n一、乙；\n二、丙。\n第二条 丁。", ["1", "2"], id="a list within an article"),
        pytest.param("代码 | 说明\n第一条 | 第二条\n第一条 甲。\n第二条 乙。", ["1", "2"], id="a table with numbers"),
        pytest.param("一、甲。\n二、乙。\n三、丙。", ["1", "2", "3"], id="an announcement"),
        pytest.param("现公告如下：一、甲。二、乙sp三、丙。第二、三项除外。唯一、十分重要。", ["1", "2", "3"], id="an announcement without lines"),
        pytest.param("公告要求一、甲。二、乙。", ["1", "2"], id="item one behind a title"),
        pytest.param("Article 1 Goods.\nArticle 2 See\nArticle 9 of this Law.\nArticle 3 Duties.", ["1", "2", "3"], id="English"),
        pytest.param("没有编号的一段。\n另一段提到第三条规定。", [], id="no numbers"),
    ],
)  # fmt: skip
def test_articles_begin_where_they_begin(text: str, found: list[str]) -> None:
    """A number begins an article or is left in its sentence."""
    assert places(text) == found


def test_a_text_without_numbers_is_one_piece() -> None:
    """It has the place of a statement on the whole instrument."""
    assert list(pieces("甲。\n乙。")) == ["general"]


def test_a_table_of_contents_is_no_heading() -> None:
    """Headings that come again before article one belong to the preamble."""
    held = pieces(
        "某法\n目录\n第一章 总则\n第一节 甲\n第二章 附则\n第一章 总则\n第一节 甲\n第一条 甲。\n第二章 附则\n第二条 乙。"
    )
    assert list(held) == ["preamble", "第一章", "第一节", "1", "第二章", "2"]
    assert held["1"].under == ("第一章 总则", "第一节 甲")
    assert held["2"].under == ("第二章 附则",)


def test_english_headings_are_kept() -> None:
    """Chapters and sections in English stand above their articles."""
    held = pieces(
        "Customs Law\nChapter I General\nArticle 1 One.\nSection 2 More\nArticle 2 Two:\n(1) a;\n(2) b."
    )
    assert held["2"].under == ("Chapter I General", "Section 2 More")
    assert held["2"].part("2.1.2") == "(2) b."


PARTS = "第一条 甲有下列情形：\n（一）子：\n1．丑；\n2.寅；\n（二）卯。\n前款规定除外。\n第三款。\n（一）辰；\n说明一段。\n（二）巳。\n第二条 乙。"


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("1.1", "第一条 甲有下列情形：（一）子：1．丑；2.寅；（二）卯。"),
        ("1.1.1", "（一）子：1．丑；2.寅；"),
        ("1.1.1.2", "2.寅；"),
        ("1.1.2", "（二）卯。"),
        ("1.2", "前款规定除外。"),
        ("1.3.1", "（一）辰；说明一段。"),
        ("1.3.2", "（二）巳。"),
    ],
)
def test_paragraphs_items_and_sub_items_have_places(place: str, said: str) -> None:
    """Paragraphs count, items count within them, and a line within a list belongs to the list."""
    found = pieces(PARTS)["1"].part(place)
    assert found is not None
    assert without_blanks(found) == without_blanks(said)


def test_items_are_found_in_a_line() -> None:
    """Items in running text are cut by their order; references, decimals and lone numbers are not."""
    held = pieces(
        "第一条 有下列情形之一的：（一）依照本条第（二）项办理的；（二）温度1.5度、2.5度以上的：1.甲；2.乙；（三）丙。\n"
        "第二条 见（一）及附件1.总表。"
    )
    assert [part.place for part in held["1"].parts] == [
        "1.1",
        "1.1.1",
        "1.1.2",
        "1.1.2.1",
        "1.1.2.2",
        "1.1.3",
    ]
    assert held["1"].part("1.1.3") == "（三）丙。"
    assert [part.place for part in held["2"].parts] == ["2.1"]


def test_only_numbers_count_in_an_announcement() -> None:
    """（一） of 二、 is 2.1, whatever paragraphs stand between."""
    held = pieces(
        "一、甲。\n二、乙：\n说明。\n（一）丙；\n续。\n（二）丁：\n1.戊；\n2.己。\n三、庚。"
    )
    assert [part.place for part in held["2"].parts] == ["2", "2.1", "2.2", "2.2.1", "2.2.2"]
    assert without_blanks(held["2"].part("2.1") or "") == "（一）丙；续。"


@pytest.mark.parametrize(
    ("text", "found", "told"),
    [
        pytest.param("第一条 甲。\n第三条 乙。", ["1", "3"], "Number 2 is missing", id="one missing"),
        pytest.param("第一条 甲。\n第五条 乙。", ["1", "5"], "Number 2–4 is missing", id="several missing"),
        pytest.param("第二条 甲。\n第三条 乙。", ["2", "3"], "Number 1 is missing", id="the first missing"),
        pytest.param("第一条 甲。\n第一条之二 乙。\n第二条 丙。", ["1", "1-2", "2"], "Number 1-1 is missing", id="one between missing"),
        pytest.param("第一条 甲。\n第二条 乙。\n第二条 丙。\n第三条 丁。", ["1", "2", "2@2", "3"], "第二条 stands twice", id="doubled"),
        pytest.param("第一条 甲。\n第二条 乙。\n第三条 丙。\n第二条 丁。\n第四条 戊。", ["1", "2", "3", "2@2", "4"], "out of order", id="backwards"),
        pytest.param("一、甲。\n三、乙。", ["1", "3"], "Number 2 is missing", id="an item missing"),
        pytest.param("第一条 甲。\n第二条 乙。\n第一条 丙。\n第二条 丁。", ["1", "2", "text-2/1", "text-2/2"], "start anew", id="two texts in one"),
    ],
)  # fmt: skip
def test_strange_numbers_are_reported(text: str, found: list[str], told: str) -> None:
    """A number missing, doubled or backwards is told, and nothing is renumbered."""
    assert places(text) == found
    (trouble,) = troubles(text)
    assert told in trouble


def test_many_strange_numbers_are_told_in_short() -> None:
    """Twenty troubles are told one by one, the rest counted."""
    text = "第一条 甲。\n" + "\n".join(f"第{numeral(2 * n)}条 乙。" for n in range(2, 60))
    assert len(troubles(text)) == 21
    assert "38 more" in troubles(text)[-1]


NOTICE = (
    "现将有关事项公告如下：一、甲见附件1。二、乙。本公告自2024年5月1日起施行。特此公告。"
    "附件：1.甲表.doc2.乙表.doc海关总署2024年4月1日"
)


def test_an_announcement_is_parted_from_closing_annexes_and_page() -> None:
    """Day of force, signature and list close it; annexes have places of their own."""
    text = (
        f"{NOTICE}附件1甲表一、子。二、丑（见附件2）。附件2乙表第一条 寅。第二条 卯。"
        "公告下载链接：关于甲的公告.doc浏览次数：打印本页关闭"
    )
    held = pieces(text)
    assert list(held) == [
        "preamble", "1", "2", "closing", "annex-1", "annex-1/1", "annex-1/2", "annex-2",
        "annex-2/1", "annex-2/2", "page",
    ]  # fmt: skip
    assert held["closing"].text.startswith("本公告自")
    assert held["closing"].text.endswith("4月1日")
    assert held["annex-2/2"].parts[0].place == "annex-2/2.1"


def test_the_text_an_announcement_makes_public_keeps_its_numbers() -> None:
    """Articles behind the signature are cited by their own numbers, and its annex list closes it."""
    held = pieces(
        "制定了《某某办法》，现予发布。特此公告。海关总署2024年4月1日某某办法第一章 总则第一条 为了甲。"
        "第二条 本办法自2024年5月1日起施行。附件：1.甲表.doc"
    )
    assert list(held) == ["general", "closing", "preamble", "第一章", "1", "2", "closing@2"]


def test_articles_behind_an_announcement_with_items_are_told_apart() -> None:
    """An announcement with items of its own keeps their places."""
    held = pieces(
        "一、甲。\n二、乙。\n特此公告。\n海关总署\n2024年4月1日\n某某办法\n第一条 丙。\n第二条 丁。"
    )
    assert list(held) == ["1", "2", "closing", "attached/preamble", "attached/1", "attached/2"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("第一条 甲。\n第二条 乙。\n附件：\n甲清单\n一、子\n二、丑", ["1", "2", "annex-1", "annex-1/1", "annex-1/2"], id="a list behind a law"),
        pytest.param("第一条 甲。\n第二条 乙。\n附：税率表（注：另行公布）", ["1", "2", "annex-1"], id="a note of an annex"),
        pytest.param("第一条 甲。\n第二条 附件所列货物。\n附则不在此列。", ["1", "2"], id="annexes only spoken of"),
        pytest.param("一、甲。\n二、乙。\n附件：1.甲表.doc\n海关总署\n2024年1月1日", ["1", "2", "closing"], id="a list and a signature"),
        pytest.param("一、甲。\n二、乙。\n附件：1.甲表\n2.乙表\n附件1\n甲表\n附件2\n乙表", ["1", "2", "closing", "annex-1", "annex-2"], id="a list, then annexes"),
        pytest.param("一、甲。\n二、乙。\n附件\n第一部分\n一、子。\n二、丑。\n第二部分\n一、寅。", ["1", "2", "annex-1", "annex-1/part-1", "annex-1/part-1/1", "annex-1/part-1/2", "annex-1/part-2", "annex-1/part-2/1"], id="an annex in parts"),
    ],
)  # fmt: skip
def test_annexes_stand_apart(text: str, found: list[str]) -> None:
    """An annex begins at its label, and what only speaks of one does not."""
    assert list(pieces(text)) == found


FRAGMENTS = st.sampled_from(
    [
        "第一条 ", "第二条 ", "第二条之一 ", "第三条", "第十条规定", "第一章 总则", "第二章", "第一节 甲",
        "第一部分", "目录", "一、", "二、", "三、", "（一）", "（二）", "(1)", "1.", "2．", "①", "附件1",
        "附件：1.甲.doc", "附件", "附：", "特此公告。", "海关总署2024年1月1日", "本公告自2024年1月1日起施行。",
        "公告下载链接：甲.doc", "浏览次数：", "打印本页", "“", "”", "《甲法》", "。", "；", "：", "，", " ",
        "\n", "\n\n", "甲 | 乙", "货物", "Article 1 ", "Article 2", "Chapter I", "依照本法",
    ]
)  # fmt: skip


def whole(done: Cut) -> str:
    """Return the pieces put together."""
    return "".join(piece.text for piece in done.pieces)


@settings(max_examples=400, deadline=None)
@given(st.lists(FRAGMENTS | st.text(max_size=4), max_size=40).map("".join))
def test_nothing_is_lost(text: str) -> None:
    """Put together, the pieces are the text; the parts are the article; no place is given twice."""
    paragraphs = lines_of(text)
    done = cut(paragraphs)
    assert without_blanks(whole(done)) == without_blanks("".join(paragraphs))
    for piece in done.pieces:
        if piece.parts:
            assert "".join(piece.text[part.start : part.end] for part in piece.parts) == piece.text
            assert len({part.place for part in piece.parts}) == len(piece.parts)
    assert len({piece.place for piece in done.pieces}) == len(done.pieces)


@settings(max_examples=200, deadline=None)
@given(st.lists(FRAGMENTS | st.text(max_size=4), max_size=30).map("".join), st.text(max_size=9))
def test_any_text_is_understood_or_refused(text: str, title: str) -> None:
    """Whatever a text says, it is understood or refused; a made id is a safe name of a folder."""
    raw = RawText(tuple(lines_of(text)), title, meta={"number": title, "effective": "2024-01-01"})
    try:
        found = understand(raw, "a.txt")
    except Refused as fault:
        told = fault.told()
    else:
        told = Text(found.id, found.id)
    assert all(told)


@given(st.integers(1, 9999))
def test_numerals_lead_there_and_back(number: int) -> None:
    """A number written in Chinese is read as itself."""
    assert number_of(numeral(number)) == number


@pytest.mark.parametrize("written", ["十十", "百", "一百千", "三号", "", "百一"])
def test_what_is_no_numeral_is_none(written: str) -> None:
    """A wrong numeral gives nothing."""
    assert number_of(written) is None


def test_fifty_megabytes_are_read_in_time() -> None:
    """The largest text anyone could hand in is read, cut and understood in seconds."""
    prose = "海关可以要求进出口货物的收发货人补充申报，收发货人应当依照本法第二十四条的规定如实提供有关资料。"
    said = (
        f"有下列情形之一的，按照规定办理：（一）品名不符的；（二）依照第八条应当检验的。{prose * 7}"
    )
    lines = [f"第{numeral(number)}条 {said}\n" + f"{said}\n" * 10 for number in range(1, 4_500)]
    content = ("某某办法\n2020年1月1日 海关总署令第999号公布\n" + "".join(lines)).encode()
    assert len(content) > 50_000_000
    begun = time.monotonic()
    text = understand(read_content(content, "a.txt").texts[0], "a.txt")
    assert time.monotonic() - begun < 60  # a tenth of it on an idle desk
    assert text.count("article") == 4_499
    assert text.troubles == ()
