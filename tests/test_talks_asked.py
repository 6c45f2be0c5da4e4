"""Whole conversations with the desk: replies to what it asked back, and questions that lean."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.desk import Desk
from assistant.turn import Question, Said
from tests.test_tools_lookup import shelf

SHEET = Path(__file__).with_name("talks_asked.yaml")
TALKS = yaml.safe_load(SHEET.read_text("utf-8"))
DAY = date(2026, 11, 21)


@cache
def desk() -> Desk:
    """Return a desk over the shipped pack that remembers nothing."""
    return Desk(shelf())


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: " > ".join(talk["talk"]))
def test_the_last_line_of_a_talk_is_answered_from_the_whole(talk: dict[str, Any]) -> None:
    """Inputs given one after another, and short replies, complete the question before."""
    history: tuple[Said, ...] = ()
    text = ""
    for line in talk["talk"]:
        text = desk().ask(Question(line, DAY, history=history)).text
        history = (*history, Said("user", line), Said("assistant", text))
    assert not [word for word in talk["says"] if word not in text], text
