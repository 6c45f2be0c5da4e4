"""Law looked up by number in odd spellings, asked of the desk as a person would."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from assistant.desk import Desk
from assistant.turn import Question
from tests.test_tools_lookup import shelf

SHEET = Path(__file__).with_name("law_asked.yaml")
ROWS = [(row["ask"], row["place"]) for row in yaml.safe_load(SHEET.read_text("utf-8"))]
DAY = date(2026, 11, 21)


@cache
def desk() -> Desk:
    """Return a desk over the shipped pack that remembers nothing."""
    return Desk(shelf())


@pytest.mark.parametrize(("ask", "place"), ROWS)
def test_a_look_up_by_number_is_answered_from_the_place_itself(ask: str, place: str) -> None:
    """However a number is written, the answer cites that instrument, or that article, first."""
    answer = desk().ask(Question(ask, DAY))
    first = answer.citations[0].citation
    assert answer.status == "answer"
    assert (first if "#" in place else first.partition("#")[0]) == place
