"""An answer as it goes out: short for a chat, whole for a program."""

import pytest

from assistant.answer import GROUP, answer_of, rest_of, shortened
from assistant.turn import Sentence
from knowledge.text import Language
from tests.turns import shipped_shelf, turn_of


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("length", [0, 1, GROUP - 1, GROUP, GROUP + 1, GROUP * 3])
@pytest.mark.parametrize("line", [0, 40, 700])
def test_no_answer_is_longer_than_a_chat_bears(lang: Language, length: int, line: int) -> None:
    """A text within the limit is left alone; a longer one is cut and says how to read on."""
    text = "字" * length
    if line:
        text = "\n".join(text[at : at + line] for at in range(0, len(text), line))
    short = shortened(text, lang)
    assert len(short) <= GROUP
    assert (short == text) == (len(text) <= GROUP)
    assert short == text or ("更多" in short or "more" in short)


def test_the_rest_is_what_did_not_go_out() -> None:
    """Asked for more, the sentences follow that were cut off, each once."""
    turn, _ = turn_of("几天")
    many = tuple(Sentence(f"第{number}句{'内容' * 40}", ()) for number in range(12))
    whole = answer_of(turn._replace(sentences=many, origin="passages"), shipped_shelf(), "t")
    said, left = list(whole.sentences), whole
    shown: list[str] = []
    for _ in many:
        shown += [each.text for each in left.sentences if each.text in left.text]
        rest = rest_of(left)
        if rest is None:
            break
        left = rest
    assert shown == [each.text for each in said]


def test_an_answer_tells_the_places_it_leans_on() -> None:
    """Each cited place stands once, with its title, its days and what it says."""
    turn, _ = turn_of("几天")
    said = (Sentence("14日", ("cn-law-customs#24",)), Sentence("0.5‰", ("cn.late_fee.rate",)))
    turn = turn._replace(sentences=(*said, *said), origin="passages", confidence=0.98765)
    answer = answer_of(turn, shipped_shelf(), "t")
    assert [each.citation for each in answer.citations] == ["cn-law-customs#24", "cn.late_fee.rate"]
    assert answer.citations[0].place == "24"
    assert "0.0005" in answer.citations[1].quote
    assert answer.confidence == 0.9877


def test_an_entry_nobody_has_reviewed_says_so() -> None:
    """The note stands in the text that goes out and is no sentence of the answer."""
    turn, _ = turn_of("滞报金")
    made = turn._replace(sentences=(Sentence("按日征收"),), origin="entry:cn-late-declaration-fee")
    answer = answer_of(made, shipped_shelf(), "t")
    reviewed = shipped_shelf().library.problems()["cn-late-declaration-fee"].reviewed
    assert ("未经人工复核" in answer.text) == (reviewed is None)
    assert len(answer.sentences) == 1


def test_of_a_long_answer_the_lines_asked_for_go_out() -> None:
    """The first line stays, and of the steps the one that is asked about is not the one cut off."""
    steps = [f"{number}. 与此无关的一步{'字' * 150}" for number in range(1, 5)]
    short = shortened("\n".join(["短答在此。", *steps, "5. 保证金转为税款。"]), "zh", "保证金呢")
    assert short.startswith("短答在此。\n")
    assert "5. 保证金转为税款。" in short
    assert len(short) <= GROUP
