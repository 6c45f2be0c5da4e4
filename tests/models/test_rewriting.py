"""A language model words a message that leans on others, and may name nothing new."""

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.models.sending import sent
from assistant.steps.rewrite import REWORDED, rewrite
from assistant.steps.understand import understand
from assistant.turn import Question, Said, Turn
from knowledge.library import shipped
from tests.models.conftest import speaker_of
from tests.models.server import Reply, Server

DAY = date(2026, 11, 21)
SHEET = yaml.safe_load(Path(__file__).with_name("followups.yaml").read_text("utf-8"))
CASES = [pytest.param(row, id=row["name"]) for row in SHEET["cases"]]


def turn_of(said: str, *before: str) -> Turn:
    """Return a question that was understood without a model."""
    history = tuple(Said("user", each) for each in before)
    question = Question(said, DAY, history=history)
    return Turn(question, understand(shipped())(question))


def worded(listener: Server, turn: Turn, seconds: float = 20.0) -> Turn:
    """Return the turn after the step."""
    return rewrite(understand(shipped()), speaker_of(listener, seconds=seconds), sent)(turn)


@pytest.mark.parametrize("row", CASES)
def test_what_a_model_makes_of_a_followup(listener: Server, row: dict[str, Any]) -> None:
    """Its wording is read where it names nothing new; else the text stays as it was."""
    listener.question = Reply(row.get("says", ""), row.get("does", "stream"))
    turn = turn_of(SHEET["said"], SHEET["before"])
    assert turn.understood.follows
    done = worded(listener, turn)
    assert len(listener.requests) == 1
    if row.get("used"):
        assert done.narration == "question reworded"
        assert done.understood.notes[-1] == f"{REWORDED}: {row['says']}"
        assert done.understood.text == understand(shipped())(Question(row["says"], DAY)).text
        assert done.understood.follows
    else:
        bare = done.understood._replace(notes=turn.understood.notes)
        assert done._replace(understood=bare) == turn
        assert len(done.understood.notes) == len(turn.understood.notes) + 1


def test_a_slow_model_gets_a_third_of_the_time(listener: Server) -> None:
    """The rest of the time limit is left for the answer."""
    listener.question = Reply("出口报关单退单了怎么办", "stall")
    turn = turn_of(SHEET["said"], SHEET["before"])
    began = time.monotonic()
    done = worded(listener, turn, 1.5)
    assert time.monotonic() - began < 1.3
    assert done.narration == ""


@pytest.mark.parametrize("said", ["报关单退单了怎么办", "你好", "谢谢", "怎么低报价格"])
def test_messages_that_stand_alone_are_not_sent(listener: Server, said: str) -> None:
    """No model is asked where nothing leans."""
    turn = turn_of(said, SHEET["before"])
    assert worded(listener, turn) == turn
    assert listener.requests == []


def test_what_was_hidden_comes_back(listener: Server) -> None:
    """A figure that was masked stands in the wording again."""
    before = "货值50万美元的报关单退单了怎么办"
    turn = turn_of("那出口的呢", before)
    listener.question = Reply("货值〔金额1〕的出口报关单退单了怎么办")
    done = worded(listener, turn)
    assert "50万" not in str(listener.requests)
    assert done.understood.notes[-1] == f"{REWORDED}: 货值50万美元的出口报关单退单了怎么办"
