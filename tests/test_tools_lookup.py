"""Look-up tools: sheets of questions, what each answers, and what it leaves to others.

Sheets lie in `tools_lookup/`, one a tool. Keys of a case:

- `ask`: the question; `lang`: zh or en, by default as the question is written; `day`: asked on.
- `named`: what the question names, `{laws: […], articles: […], days: […], codes: […], …}`.
- `history`: what was said before, `[{user: …}, {assistant: …}]`.
- `kind`: the kind of question; `mine: false`: the tool must leave it to others.
- `says`, `silent_on`: what the answer must and must not contain; `cites`: what it must cite;
  `status`: answer by default; `offers`: what it must suggest.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.bearing_out import fault_of
from assistant.searchable import searchable
from assistant.shelf import Shelf
from assistant.tools.law_named import Wanted
from assistant.tools.law_said import found
from assistant.tools.tool import Tool
from assistant.tools.trade_mode import choices
from assistant.turn import Mentions, Question, Said, Turn, Understood, Worked
from knowledge.citation import Citation
from knowledge.importing.normal import lines_of
from knowledge.importing.raw import RawText
from knowledge.importing.store import Store
from knowledge.importing.understanding import understand
from knowledge.index.index import Index
from knowledge.library import shipped
from knowledge.text import Language
from tests.knowledge.importing.papers import law

SHEETS = Path(__file__).parent / "tools_lookup"
TODAY = date(2026, 11, 21)
BOTH: tuple[Language, ...] = ("zh", "en")
LEFT_OUT = ("levy_by_procedure", "currency_legacy")
"""Tables nobody asks for by title: rows of three codes, and one with a year in its title."""
LONGEST = 1_500
"""Characters of an answer; the rest of it would stand behind “more”."""


def sheets() -> Iterator[Any]:
    """Return every case with the name of its tool."""
    for file in sorted(SHEETS.glob("*.yaml")):
        for name, case in yaml.safe_load(file.read_text("utf-8")).items():
            yield pytest.param(file.stem, case, id=f"{file.stem}: {name}")


@cache
def shelf() -> Shelf:
    """Return the shipped pack and its index, without imported texts."""
    return Shelf(shipped(), Index.build(searchable(shipped())))


def tool(name: str) -> Tool:
    """Return a tool by its name."""
    held = import_module(f"assistant.tools.{name}").TOOL
    assert isinstance(held, Tool)
    return held


def turn(case: Mapping[str, Any]) -> Turn:
    """Return the turn of a case, understood as its sheet has it."""
    text = case["ask"]
    lang: Language = case.get("lang") or ("zh" if re.search(r"[\u3400-\u9fff]", text) else "en")
    history = tuple(
        Said(role, said) for line in case.get("history", ()) for role, said in line.items()
    )
    named = {name: tuple(held) for name, held in case.get("named", {}).items()}
    understood = Understood(case.get("kind", "question"), lang, text, Mentions(**named))
    return Turn(Question(text, case.get("day", TODAY), lang, history), understood)


def check(worked: Worked, asked: Turn, on: Shelf) -> None:
    """Every sentence passes the step that verifies it, and cites what there is."""
    assert worked.sentences
    assert sum(len(said.text) for said in worked.sentences) <= LONGEST
    for said in worked.sentences:
        assert not fault_of(said, asked, on), said.text


@pytest.mark.parametrize(("name", "case"), list(sheets()))
def test_a_question_is_answered_as_its_sheet_says(name: str, case: Mapping[str, Any]) -> None:
    """The tool says what it must, cites it, and leaves alone what is not its own."""
    asked = turn(case)
    worked = tool(name).answer(asked, shelf())
    if case.get("mine") is False:
        assert worked is None
        return
    assert worked is not None
    check(worked, asked, shelf())
    text = "\n".join(said.text for said in worked.sentences)
    cites = {cite for said in worked.sentences for cite in said.cites}
    assert worked.tool == name
    assert worked.status == case.get("status", "answer")
    assert [each for each in case.get("says", ()) if str(each) not in text] == [], text
    assert [each for each in case.get("silent_on", ()) if str(each) in text] == [], text
    assert set(case.get("cites", ())) <= cites
    assert set(case.get("offers", ())) <= set(worked.suggestions)


@pytest.mark.parametrize("lang", BOTH)
@pytest.mark.parametrize("day", [date(2016, 1, 1), date(2024, 11, 30), date(2024, 12, 1), TODAY])
def test_every_instrument_is_said_so_that_it_is_borne_out(day: date, lang: Language) -> None:
    """Whole and article by article, in force or not, no sentence says more than its source."""
    for law_id in shipped().sources():
        source = shipped().source(law_id)
        assert source is not None
        for place in ("", "999", *source.places):
            said = found(Wanted((law_id,), place), day, lang, shelf())
            asked = turn({"ask": law_id, "lang": lang, "day": day})
            for sentence in said.sentences:
                assert not fault_of(sentence, asked, shelf()), (law_id, place, sentence)


def test_an_article_not_in_force_is_never_served() -> None:
    """On no day does an answer cite the digest of an article that is not law that day."""
    for law_id in shipped().sources():
        source = shipped().source(law_id)
        assert source is not None
        for place in source.places:
            for day in (date(2016, 1, 1), date(2024, 12, 1), TODAY):
                said = found(Wanted((law_id,), place), day, "zh", shelf())
                if not source.span.covers(day) and place.isdigit():
                    assert said.state == "not in force"
                    assert f"第{place}条（" not in said.sentences[0].text


def _text(day: str, since: str, articles: int = 12, **words: str) -> Any:
    head = f"{day} 第十届全国人民代表大会常务委员会第一次会议通过"
    told = {int(number[1:]): said for number, said in words.items()}
    said = law(head=head, last=f"本法自{since}起施行。", articles=articles, words=told)
    return understand(RawText(tuple(lines_of(said))), "a.txt")


@pytest.fixture
def imported(tmp_path: Path) -> Shelf:
    """Return a shelf with two versions of a law on plane trees."""
    store = Store(tmp_path)
    store.keep(
        [
            _text("2020年3月1日", "2020年6月1日"),
            _text("2023年1月15日", "2023年2月1日", 13, a2="树种由省级部门决定。"),
        ]
    )
    return Shelf(shipped(), Index.build(searchable(shipped(), store)), store)


@pytest.mark.parametrize(
    ("day", "says"),
    [(date(2022, 1, 1), "梧桐树的第2种情形"), (date(2023, 2, 1), "树种由省级部门决定")],
)
def test_imported_wording_is_that_of_the_day(imported: Shelf, day: date, says: str) -> None:
    """The official words of the version that is law that day, with a citation of that version."""
    asked = turn({"ask": "梧桐法第二条", "day": day})
    worked = tool("law_article").answer(asked, imported)
    assert worked is not None
    check(worked, asked, imported)
    (said,) = worked.sentences
    assert says in said.text
    assert "原文" in said.text
    assert "@" in said.cites[0]


def test_two_days_give_both_wordings(imported: Shelf) -> None:
    """Asked about two days, the answer holds both and says which is which."""
    days = [date(2022, 1, 1), date(2024, 1, 1)]
    asked = turn({"ask": "梧桐法第二条2022年1月1日和2024年1月1日", "named": {"days": days}})
    worked = tool("law_article").answer(asked, imported)
    assert worked is not None
    check(worked, asked, imported)
    before, after = worked.sentences
    assert before.text.startswith("2022-01-01")
    assert "第2种情形" in before.text
    assert after.text.startswith("2024-01-01")
    assert "省级部门" in after.text


def test_an_article_the_imported_text_lacks_is_denied(imported: Shelf) -> None:
    """Where the whole text is held, a number beyond its last article is not there."""
    asked = turn({"ask": "梧桐法第九十条"})
    worked = tool("law_article").answer(asked, imported)
    assert worked is not None
    assert worked.status == "abstain"


def test_what_differs_in_the_imported_text_is_told(imported: Shelf) -> None:
    """Between two days the changed and the added articles are named, with both wordings."""
    (plane_trees,) = {held.id for held in imported.texts.held()} if imported.texts else {""}
    days = [date(2022, 1, 1), date(2024, 1, 1)]
    case = {
        "ask": "梧桐法2022年1月1日到2024年1月1日有哪些变化",
        "named": {"laws": [plane_trees], "days": days},
    }
    asked = turn(case)
    worked = tool("law_changes").answer(asked, imported)
    assert worked is not None
    check(worked, asked, imported)
    text = "\n".join(said.text for said in worked.sentences)
    assert "修改2条" in text
    assert "新增1条" in text
    assert "省级部门" in text


@pytest.mark.parametrize("lang", BOTH)
def test_every_rule_is_told_so_that_it_is_borne_out(lang: Language) -> None:
    """Each rule of the catalogue has an answer that passes verification."""
    for code in shelf().rules:
        asked = turn({"ask": f"why {code}", "lang": lang, "named": {"rules": [code]}})
        worked = tool("rule_page").answer(asked, shelf())
        assert worked is not None
        assert code in worked.sentences[0].text
        check(worked, asked, shelf())


@pytest.mark.parametrize("lang", BOTH)
def test_every_code_is_told_so_that_it_is_borne_out(lang: Language) -> None:
    """Each row of each table is found by its table's title and its code."""
    ask = {"zh": "{}代码{}是什么", "en": "what does {} code {} mean"}[lang]
    for name in shipped().tables():
        table = shipped().table(name)
        title = re.sub(r"\s*[(（].*?[)）]|代码表$|代码$|表$", "", table.name.said_in(lang))
        for row in table.rows[:3] if name not in LEFT_OUT else ():
            asked = turn({"ask": ask.format(title, row.code), "lang": lang})
            worked = tool("code_row").answer(asked, shelf())
            assert worked is not None, asked.question.text
            assert row.name.said_in(lang) in worked.sentences[0].text
            check(worked, asked, shelf())


@pytest.mark.parametrize("lang", BOTH)
def test_every_field_note_service_and_term_is_borne_out(lang: Language) -> None:
    """Each has an answer to the plainest question about it, and it passes verification."""
    asks = {
        "field_note": [
            shipped().fields[block].fields[name].label.said_in(lang)
            for block, _, name in (each.rpartition(".") for each in shipped().field_notes)
        ],
        "where": [each.name.said_in(lang) for each in shipped().services.values()],
        "meaning": [each.name.said_in(lang) for each in shipped().glossary.values()],
    }
    shapes = {
        "field_note": {"zh": "{}怎么填", "en": "how to fill in {}"},
        "where": {"zh": "{}在哪办", "en": "where is {} handled"},
        "meaning": {"zh": "什么是{}", "en": "what is {}"},
    }
    for name, things in asks.items():
        for said in things:
            asked = turn({"ask": shapes[name][lang].format(said), "lang": lang, "kind": "question"})
            worked = tool(name).answer(asked, shelf())
            assert worked is not None, asked.question.text
            check(worked, asked, shelf())


def test_every_way_through_the_choice_ends_in_a_mode_there_is() -> None:
    """Each option leads to a question or to a current mode whose conditions resolve."""
    for choice in choices().values():
        for option in choice.options:
            assert bool(option.next) != bool(option.mode)
            assert option.next in choices() or shipped().on(TODAY).row("trade_mode", option.mode)
            assert all(place in shelf().passages for place in option.places)
            assert all(Citation.parse(place).place for place in option.places)


@pytest.mark.parametrize("lang", BOTH)
def test_every_option_may_be_chosen_by_its_label_and_number(lang: Language) -> None:
    """An answer by label or by number goes where the option leads."""
    for choice in choices().values():
        for at, option in enumerate(choice.options, 1):
            for given in (option.say.said_in(lang), str(at)):
                opened = {"zh": "用什么监管方式", "en": "which trade mode"}[lang]
                history = [{"user": opened}, {"assistant": choice.ask.said_in(lang)}]
                asked = turn({"ask": given, "lang": lang, "history": history})
                worked = tool("trade_mode").answer(asked, shelf())
                assert worked is not None
                check(worked, asked, shelf())
