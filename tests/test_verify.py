"""Which sentences stay, by a sheet of cases: `answering/verify.yaml`."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.steps.verify import verify
from assistant.turn import Sentence
from tests.turns import turn_of

SHEET = Path(__file__).parent / "answering/verify.yaml"
CASES = yaml.safe_load(SHEET.read_text("utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_sentence_stays_that_its_places_bear_out(case: dict[str, Any]) -> None:
    """The sentence is kept, or dropped for the reason of the sheet."""
    places = [{"id": place, "zh": text} for place, text in case["cites"].items() if text]
    turn, shelf = turn_of("几天内申报", places)
    said = Sentence(case["says"], tuple(case["cites"]), tuple(case.get("shown", ())))
    made = verify(shelf)(turn._replace(sentences=(said,), origin="passages", confidence=0.9))
    if not case["fault"]:
        assert (made.sentences, made.dropped, made.confidence) == ((said,), (), 0.9)
        return
    assert made.status == "abstain"
    assert made.confidence == 0
    assert case["fault"] in made.dropped[0][1]


def test_what_is_left_is_still_an_answer() -> None:
    """Where one sentence of two is dropped the other goes out."""
    turn, shelf = turn_of("几天内申报", [{"id": "cn-law#24", "zh": "十四日内申报"}])
    good, bad = (Sentence(text, ("cn-law#24",)) for text in ("14日内申报", "30日内申报"))
    made = verify(shelf)(turn._replace(sentences=(good, bad), origin="passages"))
    assert made.sentences == (good,)
    assert made.status == "answer"


def test_fixed_sentences_are_not_looked_at() -> None:
    """A greeting needs no source."""
    turn, shelf = turn_of("你好")
    turn = turn._replace(sentences=(Sentence("您好，24小时在"),), origin="fixed:greeting")
    assert verify(shelf)(turn) is turn
