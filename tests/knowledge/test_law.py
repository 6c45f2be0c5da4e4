"""Law by name, number and article, as of a day."""

from datetime import date

import pytest
from click.testing import CliRunner, Result

from assistant.cli.law import law
from knowledge.law import asked_of, in_force
from knowledge.library import shipped

LATER, EARLIER = date(2026, 11, 20), date(2020, 1, 1)


def ask(*words: str) -> Result:
    """Ask as a user would."""
    return CliRunner().invoke(law, list(words))


@pytest.mark.parametrize(
    ("question", "first", "place"),
    [
        ("海关法 第二十四条", "cn-law-customs", "24"),
        ("中华人民共和国海关法24条", "cn-law-customs", "24"),
        ("Customs Law art. 24", "cn-law-customs", "24"),
        ("关税法第四十三条", "cn-law-tariff", "43"),
        ("总署令272号第20条", "cn-gacc-order-272", "20"),
        ("海关总署公告2024年第30号", "cn-gacc-2024-30", ""),
        ("GACC Order 272, Art. 20", "cn-gacc-order-272", "20"),
        ("２０２４年３０号公告第１条", "cn-gacc-2024-30", "1"),
        ("cn-gacc-2019-18#26", "cn-gacc-2019-18", "26"),
    ],
)
def test_an_instrument_and_its_article_are_recognised(
    question: str, first: str, place: str
) -> None:
    """Names, numbers and articles are read in any spelling."""
    asked = asked_of(question, shipped())
    assert asked.ids[0] == first
    assert asked.place == place


@pytest.mark.parametrize("question", ["", "今天船期改了", "24", "law", "第二十四条"])
def test_nothing_is_made_up(question: str) -> None:
    """A text that names no instrument gives none."""
    assert asked_of(question, shipped()).ids == ()


def test_the_old_law_is_never_served_for_a_later_day() -> None:
    """A repealed regulation leads to the law that replaced it, and not to its own article."""
    result = ask("关税条例第37条", "--as-of", "2024-12-01")
    assert result.exit_code == 0
    assert "→ cn-law-tariff" in result.output
    assert "cn-reg-tariff#37" not in result.output
    assert "cn-law-tariff#37" not in result.output


def test_on_its_days_the_old_law_is_served() -> None:
    """The day before the repeal the regulation still answers."""
    result = ask("关税条例第37条", "--as-of", "2024-11-30")
    assert result.exit_code == 0
    assert "cn-reg-tariff#37" in result.output


def test_a_law_not_yet_in_force_leads_to_the_one_before() -> None:
    """Asked about a day before it, the Tariff Law gives way to the regulation."""
    tariff = shipped().source("cn-law-tariff")
    assert tariff
    assert [each.id for each in in_force(tariff, EARLIER, shipped())] == ["cn-reg-tariff"]
    assert in_force(tariff, LATER, shipped()) == (tariff,)


def test_each_statement_tells_how_well_it_is_known() -> None:
    """A verified article says so, in the language asked for."""
    assert "checked against the text" in ask("海关法第24条", "--lang", "en").output
    assert "已核对原文" in ask("海关法第24条").output


@pytest.mark.parametrize("question", ["no such law", "海关法第九百条"])
def test_what_is_not_known_is_said(question: str) -> None:
    """Nothing found is an exit code and a way on, never a guess."""
    result = ask(question)
    assert result.exit_code == 1
    assert "declarant knowledge import" in result.output
