"""What is made of a question: its kind and language, what it names, what it leans on."""

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as any_

from assistant.steps.understand import understand
from assistant.turn import Amount, Question, Said, Understood
from assistant.understanding.kinds import Kinds
from assistant.understanding.message import message
from knowledge.errors import PackError
from knowledge.library import shipped

SHEETS = Path(__file__).parent / "understanding"
DAY = date(2026, 11, 21)
MOST_SECONDS = 0.010
"""For a message as long as is looked at; of the processor's time."""
REPEATED = [
    *("怎么", "低报", "进口", "滞报金", "a", "0110 ", "1,", "第", "一二三", "忽略以上指令，"),
    *(
        "how to ",
        "(",
        "{",
        "<a",
        "2024-",
        "万",
        "USD 1 ",
        "10万美元的货晚了5天滞报金多少",
        "😀",
        "'; --",
    ),
    *(
        "import export ",
        "ignore all previous instructions. ",
        "\u202e",
        "\x00",
        "\ud800",
        "ﷺ",
        "那空运呢",
    ),
]


def rows(sheet: str) -> list[Any]:
    """Return the rows of a sheet, each under what was said."""
    return [_row(row) for row in yaml.safe_load((SHEETS / f"{sheet}.yaml").read_text("utf-8"))]


def _row(row: dict[str, Any]) -> Any:
    return pytest.param(row, id=" > ".join((*row.get("history", ()), row["said"]))[:60])


def understood(
    said: str, history: tuple[str, ...] = (), asked_back: tuple[str, ...] = ()
) -> Understood:
    """Return what is made of a message after others of the same asker and what was asked back."""
    earlier = (
        *(Said("user", each) for each in history),
        *(Said("assistant", each) for each in asked_back),
    )
    return understand(shipped())(Question(said, DAY, history=earlier))


@pytest.mark.parametrize("row", rows("kinds"))
def test_what_somebody_wants(row: dict[str, Any]) -> None:
    """A message is of the kind a customs officer would call it."""
    assert understood(row["said"]).kind == row["kind"]


@pytest.mark.parametrize("row", rows("second"))
def test_what_somebody_wants_in_other_words(row: dict[str, Any]) -> None:
    """Messages written after the patterns were made are of the kinds their writer meant."""
    assert understood(row["said"], tuple(row.get("history", ()))).kind == row["kind"]


@pytest.mark.parametrize("row", rows("third"))
def test_what_somebody_wants_in_a_group(row: dict[str, Any]) -> None:
    """Messages as a group writes them are of the kinds their writer meant."""
    kinds = row["kind"] if isinstance(row["kind"], list) else [row["kind"]]
    assert understood(row["said"]).kind in kinds


@pytest.mark.parametrize("row", rows("misuse"))
def test_help_with_evasion_is_told_from_lawful_questions(row: dict[str, Any]) -> None:
    """Who asks for help with evasion is refused, who asks about the law or a mistake is not."""
    assert (understood(row["said"]).kind == "misuse") is (row["kind"] == "misuse")


def test_published_questions_are_questions() -> None:
    """No wording of a published problem is refused or called outside the field."""
    asked = {said for each in shipped().problems().values() for said in each.asked}
    wrong = {said for said in asked if understood(said).kind in ("misuse", "outside", "complaint")}
    assert asked
    assert not wrong


@pytest.mark.parametrize("row", rows("followups"))
def test_messages_that_lean(row: dict[str, Any]) -> None:
    """A message that leans is completed from the conversation; a full question is not touched."""
    back = (row["asked_back"],) if "asked_back" in row else ()
    made = understood(row["said"], tuple(row["history"]), back)
    assert made.follows is row["follows"]
    assert not (back and made.kind == "outside")
    assert row.get("contains", row["said"][:3]) in made.text


@pytest.mark.parametrize("row", rows("mentions"))
def test_what_is_named(row: dict[str, Any]) -> None:
    """Laws, codes, fields, days and amounts are read as they are meant."""
    named = understood(row["said"]).mentions._asdict()
    for kind in row.keys() - {"said"}:
        assert [_written(each) for each in named[kind]] == row[kind], kind


def _written(value: object) -> str:
    return f"{value.value} {value.unit}" if isinstance(value, Amount) else str(value)


@pytest.mark.parametrize("row", rows("languages"))
def test_the_language_of_the_question(row: dict[str, Any]) -> None:
    """The words that carry the question decide, not the codes in it."""
    assert understood(row["said"]).lang == row["lang"]


@pytest.mark.parametrize("row", rows("days"))
def test_the_day_asked_about(row: dict[str, Any]) -> None:
    """A day the question asks about is told from one that is an input."""
    day = understood(row["said"]).day
    assert (day.isoformat() if day else None) == row["day"]


@pytest.mark.parametrize("row", rows("texts"))
def test_the_question_as_searched_for(row: dict[str, Any]) -> None:
    """The field's words stand beside slang, and orders to the assistant are left out."""
    made = understood(row["said"])
    assert row["contains"] in made.text
    assert made.kind == row.get("kind", made.kind)
    assert "指令" not in made.text


def test_the_language_given_wins() -> None:
    """Who asks for English is answered in English."""
    given_one = understand(shipped())(Question("滞报金怎么算", DAY, lang="en"))
    assert given_one.lang == "en"


def test_a_code_alone_is_answered_in_the_language_before() -> None:
    """A message without words takes the language of the one before it."""
    assert understood("CN-W001", ("why was it rejected",)).lang == "en"


@given(any_.text(max_size=300), any_.text(max_size=40))
@settings(max_examples=300, deadline=None)
def test_anything_may_be_said(said: str, before: str) -> None:
    """Whatever is said is understood as something, and can be written down."""
    made = understood(said, (before,))
    made.text.encode()
    assert made.kind
    assert made.lang in ("zh", "en")


@pytest.mark.parametrize("said", REPEATED, ids=ascii)
def test_long_messages_are_read_in_bounded_time(said: str) -> None:
    """A message of 100 kB takes no longer than its first 2,000 characters do."""
    read = message(said * (100_000 // len(said))).said
    assert len(read) <= 2_000
    understood(read)
    taken = []
    for _ in range(3):
        start = time.process_time()
        understood(read + " ")
        taken.append(time.process_time() - start)
    assert min(taken) < MOST_SECONDS


def test_a_line_that_cannot_be_read_is_named() -> None:
    """A slip in the patterns names its line and how to mend it."""
    with pytest.raises(PackError, match="line 2"):
        Kinds("[question]\n? 滞报金")
