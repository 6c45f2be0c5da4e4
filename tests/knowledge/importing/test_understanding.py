"""What a text is, since when, and by which number."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.importing.importing import import_file
from knowledge.importing.known_laws import KNOWN, known_id, made_id
from knowledge.importing.normal import lines_of
from knowledge.importing.official_numbers import number_in
from knowledge.importing.official_text import OfficialText
from knowledge.importing.raw import RawText, Refused
from knowledge.importing.understanding import Given, understand
from knowledge.library import shipped
from knowledge.text import Text
from tests.knowledge.importing.papers import law

ISSUERS = {"GACC": "海关总署", "AQSIQ": "质检总局"}


def understood(
    text: str,
    file: str = "law.txt",
    given: Given | None = None,
    told: dict[str, str] | None = None,
) -> OfficialText:
    """Return a text as understood, with what its record tells."""
    title = (told or {}).get("title", "")
    return understand(RawText(tuple(lines_of(text)), title, meta=told or {}), file, given)


@pytest.mark.parametrize(
    ("written", "canonical", "instrument"),
    [
        ("主席令第81号", "主席令第81号", ""),
        ("中华人民共和国主席令第八十一号", "主席令第81号", ""),
        ("国务院令第392号", "国务院令第392号", ""),
        ("中华人民共和国国务院令（第392号）", "国务院令第392号", ""),
        ("海关总署令第272号", "海关总署令第272号", "cn-gacc-order-272"),
        ("总署令第272号", "海关总署令第272号", "cn-gacc-order-272"),
        ("署令〔2024〕272号", "海关总署令第272号", "cn-gacc-order-272"),
        ("海关总署公告2024年第30号", "海关总署公告2024年第30号", "cn-gacc-2024-30"),
        ("海关总署公告〔2024〕30号", "海关总署公告2024年第30号", "cn-gacc-2024-30"),
        ("公告[2024]128号", "海关总署公告2024年第128号", "cn-gacc-2024-128"),
        ("2024年第30号", "海关总署公告2024年第30号", "cn-gacc-2024-30"),
        ("海关总署 农业农村部公告2024年第5号", "海关总署公告2024年第5号", "cn-gacc-2024-5"),
        ("商务部 海关总署公告2025年第88号", "商务部公告2025年第88号", "cn-mofcom-2025-88"),
        ("商务部令2020年第4号", "商务部令2020年第4号", "cn-mofcom-order-2020-4"),
        ("财关税〔2018〕49号", "财关税〔2018〕49号", "cn-mof-2018-49"),
        ("税务总局公告2025年第3号", "税务总局公告2025年第3号", "cn-sta-2025-3"),
        ("署税发〔2019〕7号", "署税发〔2019〕7号", ""),
        ("第三号", "", ""),
    ],
)  # fmt: skip
def test_numbers_are_read_in_every_spelling(written: str, canonical: str, instrument: str) -> None:
    """A number has one spelling and makes one id; laws and regulations are known by name instead."""
    number = number_in(written, "海关总署")
    assert (number.written() if number else "") == canonical
    assert (number.id() if number else "") == instrument


def test_ids_are_those_of_the_pack() -> None:
    """What the pack has in digest gets the id the pack gives it."""
    missed = []
    for known in shipped().sources():
        source = shipped().source(known)
        assert source
        number = number_in(source.number, ISSUERS.get(source.issuer, ""))
        proposed = known_id(source.title.zh) or (number.id() if number else "")
        numbered = number is not None and source.issuer in {*ISSUERS, "MOFCOM", "STA", "MOF"}
        if (known.startswith(("cn-law-", "cn-reg-")) or numbered) and proposed != known:
            missed.append((known, proposed))
    assert not missed


def test_a_law_nobody_knows_gets_an_id_of_its_title() -> None:
    """The same title gives the same id, with or without the name of the state and the version."""
    assert (
        made_id("中华人民共和国梧桐法") == made_id("梧桐法（2021年修正）") == made_id("《梧桐法》")
    )
    assert made_id("梧桐法").startswith("cn-law-")
    assert made_id("梧桐条例").startswith("cn-reg-")
    assert len(set(KNOWN.values())) == len(KNOWN)


def test_a_new_law_is_understood() -> None:
    """Title, issuer, days; the number that is not told is asked for."""
    text = understood(
        law(
            head="2024年4月26日 第十四届全国人民代表大会常务委员会第九次会议通过",
            last="本法自2024年12月1日起施行。",
        )
    )
    assert text.title == "中华人民共和国梧桐法"
    assert text.issuer == "全国人民代表大会常务委员会"
    assert (text.promulgated, text.effective) == (date(2024, 4, 26), date(2024, 12, 1))
    assert (text.version, text.since) == (date(2024, 4, 26), date(2024, 12, 1))
    assert [asked.en for asked in text.asked] == ["The number was not found"]


AMENDED = (
    "（1987年1月22日第六届全国人民代表大会常务委员会第十九次会议通过 根据2000年7月8日第九届全国人民代表大会"
    "常务委员会第十六次会议《关于修改〈中华人民共和国梧桐法〉的决定》第一次修正 根据2021年4月29日第十三届全国"
    "人民代表大会常务委员会第二十八次会议《关于修改〈道路法〉等八部法律的决定》第二次修正）"
)


def test_an_amended_law_is_law_from_its_amendment() -> None:
    """The first day of force is older than the version: the amendment counts from its own day."""
    text = understood(law(head=AMENDED, last="本法自1987年7月1日起施行。"))
    assert text.promulgated == date(1987, 1, 22)
    assert text.amended == (date(2000, 7, 8), date(2021, 4, 29))
    assert text.effective == date(1987, 7, 1)
    assert (text.version, text.since) == (date(2021, 4, 29), date(2021, 4, 29))
    assert any("counted from 2021-04-29" in asked.en for asked in text.asked)


def test_an_order_in_one_line_is_understood() -> None:
    """The parenthesis at the top tells number and days."""
    text = understood(
        "（2024年10月28日海关总署令第272号公布 自2024年12月1日起实施）第一条 为了甲。第二条 自海关决定接受之日起生效。"
        "第三条 本办法自2024年12月1日起施行。2005年1月4日海关总署令第124号公布的《旧办法》同时废止。"
    )
    assert (text.id, text.number) == ("cn-gacc-order-272", "海关总署令第272号")
    assert (text.promulgated, text.since) == (date(2024, 10, 28), date(2024, 12, 1))
    assert text.title == "海关总署令第272号"
    assert any("title" in asked.en for asked in text.asked)


RECORD = {"number": "公告〔2024〕30号", "issuer": "海关总署"}
NOTICE = "根据《甲法》（自2020年1月1日起施行），现公告如下：一、乙。二、丙。{force}特此公告。海关总署2024年3月14日"


@pytest.mark.parametrize(
    ("force", "since"),
    [
        ("本公告自2024年4月10日起施行。", date(2024, 4, 10)),
        ("本公告自发布之日起实施。", date(2024, 3, 14)),
        ("本公告内容自二〇二四年四月十日起生效。", date(2024, 4, 10)),
        ("本公告自发布之日起30日后施行。", date(2024, 4, 13)),
        ("三、本公告自2024年4月10日（含）起执行。", date(2024, 4, 10)),
        ("", date(2024, 3, 14)),
    ],
)
def test_the_day_of_force_is_the_text_s_own(force: str, since: date) -> None:
    """A day, the day of publication, or days after it; what another law says of itself is not it."""
    text = understood(NOTICE.format(force=force), told=RECORD)
    assert (text.id, text.since) == ("cn-gacc-2024-30", since)
    assert bool(text.asked[1:]) is not bool(force)


def test_an_event_is_no_day() -> None:
    """A text that takes force with an event is refused until somebody gives the day."""
    text = NOTICE.format(force="本公告自相关设施验收合格之日起施行。")
    told = {
        "number": "公告〔2024〕4号",
        "issuer": "海关总署",
        "published": "2024-03-14",
        "effective": "2024-03-14",
    }
    with pytest.raises(Refused, match="with an event"):
        understood(text, told=told)
    assert understood(text, told=told | {"effective": "2024-05-01"}).since == date(2024, 5, 1)
    assert understood(text, given=Given(effective=date(2024, 6, 1)), told=told).since == date(
        2024, 6, 1
    )


def test_the_text_is_followed_where_its_record_disagrees() -> None:
    """Both days are told."""
    told = RECORD | {"published": "2024-03-15", "effective": "2024-03-15"}
    text = understood(NOTICE.format(force="本公告自2024年4月10日起施行。"), told=told)
    assert (text.promulgated, text.since) == (date(2024, 3, 14), date(2024, 4, 10))
    assert [trouble.en.split(":")[0] for trouble in text.troubles] == [
        "the day of publication",
        "the day it takes force",
    ]


@pytest.mark.parametrize(
    ("text", "file", "title"),
    [
        ("海关总署公告2024年第30号\n关于调整甲的公告\n现公告如下：\n一、乙。\n二、丙。\n本公告自2024年4月1日起施行。", "a.txt", "关于调整甲的公告"),
        ("海关总署公告2024年第30号（关于调整甲的公告）\n一、乙。\n二、丙。\n本公告自2024年4月1日起施行。", "a.txt", "关于调整甲的公告"),
        ("关于调整进出口货物报关单\n申报要求的公告\n一、乙。\n二、丙。\n本公告自2024年4月1日起施行。", "a.txt", "关于调整进出口货物报关单申报要求的公告"),
        ("某 某 办 法\n第一条 为了甲。\n第二条 本办法自2024年4月1日起施行。", "a.txt", "某某办法"),
        ("第一条 为了甲。\n第二条 本办法自2024年4月1日起施行。", "梧桐办法(2024-03-01).md", "梧桐办法"),
        ("Customs Law of Somewhere\nArticle 1 Goods.\nArticle 2 This Law shall take effect on April 1, 2024.", "a.txt", "Customs Law of Somewhere"),
        ("一、乙。\n二、丙。\n本公告自2024年4月1日起施行。特此公告。海关总署2024年3月1日公告下载链接：海关总署关于甲的公告.doc", "a.txt", "海关总署关于甲的公告"),
    ],
)  # fmt: skip
def test_titles_are_found(text: str, file: str, title: str) -> None:
    """In the first lines, behind the number, in the links of the page, in the name of the file."""
    found = understood(text, file)
    assert found.title == title
    assert found.since == date(2024, 4, 1)


def test_a_number_named_in_a_title_is_not_its_own() -> None:
    """An announcement on another one has its own number, or none."""
    notice = "一、乙。\n二、丙。\n本公告自2024年4月1日起施行。"
    title = "关于修改海关总署公告2018年第60号的公告"
    assert understood(f"{title}\n{notice}").number == ""
    told = {"title": f"海关总署公告2024年第7号（{title}）"}
    assert understood(notice, told=told).id == "cn-gacc-2024-7"
    assert (
        understood(f"中华人民共和国海关总署令\n第 9 号\n{title}\n{notice}").id == "cn-gacc-order-9"
    )


def test_the_day_in_a_file_name_is_a_version_day() -> None:
    """The later of the file name and the text counts, and the difference is told."""
    text = understood(law(last="本法自2020年6月1日起施行。"), "梧桐法(2022-03-02).md")
    assert (text.version, text.since) == (date(2022, 3, 2), date(2022, 3, 2))
    assert any("2022-03-02" in trouble.en for trouble in text.troubles)


def test_the_caller_knows_better() -> None:
    """What is given counts more than what is found."""
    given = Given("cn-x", "我的标题", "总署令第9号", date(2030, 1, 1))
    text = understood(law(), given=given)
    assert (text.id, text.title, text.number, text.since) == (
        "cn-x", "我的标题", "海关总署令第9号", date(2030, 1, 1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "given", "word"),
    [
        pytest.param("一段话。", Given(), "neither", id="neither title nor number"),
        pytest.param("某某办法\n第一条 甲。\n第二条 乙。", Given(), "No day", id="no day"),
        pytest.param(law(), Given(id="../etc"), "small letters", id="an id that leads elsewhere"),
        pytest.param(law(), Given(id="Cn-Law"), "small letters", id="an id with capitals"),
        pytest.param(law(), Given(number="九"), "no number", id="a number that is none"),
    ],
)
def test_what_cannot_be_placed_is_refused(text: str, given: Given, word: str) -> None:
    """Each refusal says what is missing and what to do."""
    with pytest.raises(Refused) as caught:
        understood(text, given=given)
    assert word in caught.value.says.en
    assert caught.value.do == Text("请补充后重新导入", "Give it and import the text again")


def test_a_file_never_raises(tmp_path: Path) -> None:
    """Good lines of a file are understood, bad ones named."""
    file = tmp_path / "a.jsonl"
    file.write_text('{"text": "一、甲。二、乙。", "number": "公告〔2024〕1号", "issuer": "海关总署", "published": "2024-01-01"}\n{"text": "甲"}\n{', "utf-8")  # fmt: skip
    found = import_file(file)
    assert [text.id for text in found.texts] == ["cn-gacc-2024-1"]
    assert sorted(fault.where.en for fault in found.refused) == ["line 2", "line 3"]
    assert import_file(tmp_path / "none.md").refused
