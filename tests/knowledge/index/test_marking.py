"""Marks lead from a question to the sentence and the words that bear it out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.index.marking import marks
from knowledge.index.terms import terms
from knowledge.text import Text

LAW = (
    "第二十四条　进口货物的收货人应当自运输工具申报进境之日起十四日内，出口货物的发货人应当在"
    "装货的二十四小时以前，向海关申报。\n进口货物的收货人超过前款规定期限向海关申报的，由海关征收滞报金。"
)


@pytest.mark.parametrize(
    ("asked", "text", "sentence", "words"),
    [
        (
            "滞报金谁来征收",
            LAW,
            "进口货物的收货人超过前款规定期限向海关申报的，由海关征收滞报金。",
            ["征收滞报金"],
        ),
        ("第24条", LAW, LAW.partition("\n")[0], ["二十四", "二十四"]),
        ("報關單", "报关单。", "报关单。", ["报关单"]),
        ("14日", "十四日内。别的。", "十四日内。", ["十四"]),
        ("０．５‰", "每天0.5‰。别的", "每天0.5‰。", ["0.5‰"]),
        (
            "declaring weights",
            "A fee of 0.5 is due. The weight declared counts! No more.",
            "The weight declared counts!",
            ["weight", "declared"],
        ),
        ("CN-W001", "See CN-W001.", "See CN-W001.", ["CN-W001"]),
    ],
)
def test_the_sentence_and_its_words_are_marked(
    asked: str, text: str, sentence: str, words: list[str]
) -> None:
    """In the spelling of the text, whatever the spelling of the question."""
    marked = marks(dict.fromkeys(terms(asked), 1.0), Text(text, "")).zh
    assert marked
    assert text[slice(*marked.sentence)] == sentence
    assert [text[slice(*word)] for word in marked.words] == words


def test_nothing_in_common_marks_nothing() -> None:
    """Nor does an empty text."""
    assert marks({"x": 1.0}, Text("滞报金。", "")) == (None, None)
    assert marks({}, Text("滞报金。", "fee")) == (None, None)


@given(st.text(max_size=60), st.text(max_size=200))
def test_marks_lie_within_the_text(asked: str, text: str) -> None:
    """Words in order, apart from one another, and inside the sentence."""
    marked = marks(dict.fromkeys(terms(asked), 1.0), Text(text, "")).zh
    if marked is None:
        return
    start, end = marked.sentence
    assert 0 <= start < end <= len(text)
    ends = [start, *(place for word in marked.words for place in word), end]
    assert ends == sorted(ends)
    assert all(word.start < word.end for word in marked.words)
