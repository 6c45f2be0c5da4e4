"""What an answer is made from, by a sheet of cases: `answering/compose.yaml`."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import yaml

from assistant.shelf import Shelf
from assistant.steps.compose import compose
from assistant.steps.retrieve import retrieve
from assistant.tools.tool import Tool
from assistant.turn import Sentence, Turn, Worked
from knowledge.index.index import Hit, Index
from knowledge.library import shipped
from tests.turns import TODAY, turn_of

SHEET = Path(__file__).parent / "answering/compose.yaml"
CASES = yaml.safe_load(SHEET.read_text("utf-8"))["cases"]
KEYS = {*("ask", "kind", "lang", "day", "codes", "fields", "found", "tool"),
        *("origin", "says", "never")}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_an_answer_is_made_from_what_fits_best(case: dict[str, Any]) -> None:
    """The origin and the words are those of the sheet."""
    assert not case.keys() - KEYS
    given = {key: case[key] for key in ("kind", "lang", "day", "codes", "fields") if key in case}
    turn, shelf = turn_of(case["ask"], case.get("found", ()), **given)
    made = compose(shelf, _tools(case.get("tool", "")))(turn)
    said = "\n".join(each.text for each in made.sentences)
    assert made.origin == case["origin"]
    assert [word for word in case.get("says", ()) if word not in said] == []
    assert [word for word in case.get("never", ()) if word in said] == []


def test_a_tool_that_abstains_says_why() -> None:
    """The first sentence of a tool that gives no answer is the reason."""

    def unable(turn: Turn, shelf: Shelf) -> Worked:
        return Worked("sample", (Sentence("没有导入税则"),), status="abstain")

    turn, shelf = turn_of("税率多少")
    made = compose(shelf, [Tool("sample", explicit=True, answer=unable)])(turn)
    assert made.status == "abstain"
    assert made.reason
    assert made.reason.zh == "没有导入税则"


def test_nothing_is_looked_up_for_a_greeting() -> None:
    """A message that asks nothing is not searched for."""
    turn, shelf = turn_of("你好", kind="greeting")
    assert retrieve(shelf)(turn) is turn


def test_the_index_is_asked_in_the_words_of_the_question() -> None:
    """Names that understanding puts beside slang would part words; the index knows them itself."""
    asked: list[tuple[str, date]] = []

    def find(query: str, day: date, limit: int) -> list[Hit]:
        asked.append((query, day))
        return []

    turn, _ = turn_of("多缴税款怎么退")
    shelf = Shelf(shipped(), cast("Index", SimpleNamespace(find=find)))
    understood = turn.understood._replace(text="多缴税(税费支付)款怎么退")
    retrieve(shelf)(turn._replace(understood=understood))
    assert asked == [("多缴税款怎么退", TODAY)]


def _tools(which: str) -> list[Tool]:
    def answer(turn: Turn, shelf: Shelf) -> Worked:
        return Worked("sample", (Sentence("算好了"),))

    return [Tool("sample", explicit=which == "explicit", answer=answer)] if which else []
