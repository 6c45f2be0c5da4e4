"""What may be read of a question: persons, firms, their numbers and prices are not in it."""

import string
import time
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.masking import LABELS, PLACEHOLDER, masked

SHEET = Path(__file__).with_name("masking.yaml")


class Case(NamedTuple):
    """A message and what is kept of it."""

    said: str
    kept: str


def _cases() -> list[Any]:
    sheet: dict[str, list[dict[str, str]]] = yaml.safe_load(SHEET.read_text("utf-8"))
    return [
        pytest.param(
            Case(each["said"], each.get("kept", each["said"])), id=f"{part}-{each['said']}"
        )
        for part, cases in sheet.items()
        for each in cases
    ]


CASES = _cases()


@pytest.mark.parametrize("case", CASES)
def test_what_belongs_to_somebody_is_masked_and_nothing_else(case: Case) -> None:
    """A message is kept with placeholders for what is private, and the law stays readable."""
    assert masked(case.said).text == case.kept


@pytest.mark.parametrize("case", CASES)
def test_masking_twice_is_masking_once(case: Case) -> None:
    """A masked text stays as it is."""
    assert masked(case.kept).text == case.kept


@pytest.mark.parametrize("case", CASES)
def test_what_was_masked_can_be_put_back(case: Case) -> None:
    """The values behind the placeholders give the message back."""
    held = masked(case.said)
    assert held.restored(held.text) == case.said


def test_the_sheet_is_large_and_in_both_languages() -> None:
    """At least eighty messages, a quarter of which must not be touched, some in English."""
    messages = [each.values[0] for each in CASES]
    assert len(messages) >= 80
    assert sum(each.said == each.kept for each in messages) >= len(messages) / 4
    assert sum(each.said.isascii() for each in messages) >= 20


def test_every_kind_of_placeholder_has_its_own_words() -> None:
    """No two kinds share a word, in either language."""
    words = [word for label in LABELS.values() for word in label]
    assert len(set(words)) == len(words)


def test_the_answer_uses_the_placeholders_of_the_question() -> None:
    """A value known from the question keeps its placeholder, and a new one takes the next number."""
    asked = masked("货值10万元，电话13812345678")
    said = masked("10万元的税是13000元", asked.values)
    assert said.text == "〔金额1〕的税是〔金额2〕"
    assert said.values["〔电话1〕"] == "13812345678"


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_any_text_is_masked_once_and_can_be_put_back(text: str) -> None:
    """Whatever is written, masking is stable and nothing is lost."""
    held = masked(text)
    assert held.restored(held.text) == text
    assert masked(held.text).text == held.text


@given(
    st.lists(
        st.sampled_from(
            [
                *"张伟，。：的 0159ABCUI-.@元$",
                "收货人",
                "有限公司",
                "13812345678",
                "USD ",
                "〔电话1〕",
            ]
        ),
        max_size=24,
    )
)
def test_pieces_of_private_things_in_any_order_are_masked_stably(pieces: list[str]) -> None:
    """Pieces of names, numbers and placeholders, however joined, are masked once."""
    held = masked("".join(pieces))
    assert masked(held.text).text == held.text
    assert PLACEHOLDER.sub("", held.text).count("13812345678") <= "".join(pieces).count(
        "13812345678"
    )


@pytest.mark.parametrize("sign", ["1", "a", "A", "公司", "收货人", "1 ", "1-", "USD", "@", "（"])
def test_a_long_message_is_masked_in_time_in_proportion(sign: str) -> None:
    """A message of twenty thousand signs takes no longer than a second or two, whatever they are."""
    begun = time.process_time()
    masked(sign * (20_000 // len(sign)))
    assert time.process_time() - begun < 5


def test_every_single_number_of_eleven_digits_after_a_phone_word_is_masked() -> None:
    """A phone number is masked whatever sign stands around it."""
    for sign in (*string.punctuation, *"，。；：！？、 "):
        if sign not in "+-.@[":
            assert "13812345678" not in masked(f"电话{sign}13812345678{sign}").text, sign
