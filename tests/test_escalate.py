"""Where there is no sure answer, the assistant says so, says why and names who can help."""

from typing import Any

import pytest

from assistant.policy import bar
from assistant.steps.escalate import escalate
from assistant.turn import Policy, Sentence, Turn
from knowledge.text import Text
from tests.turns import turn_of

SAID = (Sentence("十四日内申报", ("cn-law#24",)),)


def _made(confidence: float, **more: Any) -> tuple[Turn, Turn, list[Turn]]:
    opened: list[Turn] = []
    found = [{"id": "cn-days", "kind": "problem", "title": "几天内申报"}]
    turn, shelf = turn_of("几天内申报", found, lang=more.pop("lang", "zh"))
    turn = turn._replace(
        **{"sentences": SAID, "origin": "passages", "confidence": confidence, **more}
    )

    def opens(turn: Turn) -> str:
        opened.append(turn)
        return "case-1"

    return turn, escalate(shelf, lambda _: 0.6, opens)(turn), opened


@pytest.mark.parametrize("confidence", [0.6, 0.61, 1.0])
def test_a_sure_answer_goes_out_as_it_is(confidence: float) -> None:
    """At the bar and above it nothing is changed, and no case is opened."""
    turn, made, opened = _made(confidence)
    assert made is turn
    assert opened == []


@pytest.mark.parametrize("confidence", [0.0, 0.3, 0.599])
def test_an_unsure_answer_is_withheld(confidence: float) -> None:
    """Below the bar nothing of it is said: the reason, the hotline and what is near are."""
    _, made, opened = _made(confidence)
    said = "\n".join(each.text for each in made.sentences)
    assert made.status == "abstain"
    assert SAID[0] not in made.sentences
    assert "没有把握" in said
    assert "12360" in said
    assert made.suggestions == ("几天内申报",)
    assert (made.case, len(opened)) == ("case-1", 1)


def test_it_is_said_in_the_language_of_the_question() -> None:
    """An English question gets its reason in English."""
    _, made, _ = _made(0.1, lang="en")
    assert "will not guess" in made.sentences[0].text


@pytest.mark.parametrize("status", ["clarify", "refuse"])
def test_a_refusal_and_a_question_back_stand(status: str) -> None:
    """They need no confidence and open no case."""
    turn, made, opened = _made(0.0, status=status)
    assert made is turn
    assert opened == []


def test_what_lies_outside_opens_no_case() -> None:
    """A question of another field is nobody's to answer here."""
    turn, made, opened = _made(1.0, status="abstain", origin="fixed:outside")
    assert made is turn
    assert opened == []


def test_a_person_is_called_with_the_hotline() -> None:
    """Whoever asks for a person gets a case and the number to call."""
    _, made, opened = _made(1.0, status="handover", origin="fixed:person")
    assert made.sentences[0] == SAID[0]
    assert "12360" in made.sentences[-1].text
    assert len(opened) == 1


def test_a_tool_that_abstains_keeps_its_words() -> None:
    """What is missing, and how to import it, is said by the tool itself."""
    why = Text("没有导入税则", "no tariff is imported")
    _, made, _ = _made(1.0, status="abstain", origin="tool:supervision", reason=why)
    assert made.sentences[0] == SAID[0]
    assert made.reason == why


def test_policies_differ_in_how_sure_they_want_to_be() -> None:
    """A strict question wants more than a normal one, a lenient one less."""
    policies: tuple[Policy, ...] = ("strict", "normal", "lenient")
    strict, normal, lenient = (bar(turn_of("?", policy=each)[0]) for each in policies)
    assert 1 > strict > normal > lenient > 0
