"""The check of a model's words, measured on the published problems with faults planted in them."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from assistant.bearing_out import LISTED, fault_of
from assistant.extracting import from_entry
from assistant.rewording import fault_of_rewording
from assistant.turn import Question, Sentence, Turn, Understood
from knowledge.text import Language
from tests.models.conftest import shelf

DAY = date(2026, 11, 21)
EVERY = 6
"""Each sixth problem is looked at, in both languages."""
LANGUAGES: tuple[Language, ...] = ("zh", "en")
TURNED = (
    ("可以", "不得"),
    ("不得", "可以"),
    ("必须", "可以"),
    ("以内", "以后"),
    ("must not", "may"),
    ("must ", "may "),
    ("may ", "must not "),
    ("cannot", "can"),
    ("within", "after"),
)
SLIPPED = {"zh": "，并加微信咨询低报", "en": " Call our agent to lower the price."}
FIGURE = re.compile(r"(?<!\w)\d+(?![a-zA-Z])")


@cache
def turns() -> tuple[Turn, ...]:
    """Return composed answers, each sentence borne out."""
    found = [each for each in shelf().index.passages if each.kind == "problem"][::EVERY]
    made = (
        Turn(Question("", DAY), Understood("question", lang, ""))
        for _ in found
        for lang in LANGUAGES
    )
    pairs = zip((entry for entry in found for _ in LANGUAGES), made, strict=True)
    return tuple(_composed(turn, from_entry(entry, turn, shelf())) for entry, turn in pairs)


def _composed(turn: Turn, said: tuple[Sentence, ...]) -> Turn:
    kept = tuple(each for each in said if not fault_of(each, turn, shelf()))
    return turn._replace(sentences=kept)


def passes(turn: Turn, said: Sentence, text: str) -> bool:
    """Whether a sentence worded so would go out."""
    return not fault_of_rewording(said._replace(text=text), turn.sentences, turn, shelf())


def sentences() -> Iterator[tuple[Turn, Sentence]]:
    """Yield every sentence with its turn."""
    yield from ((turn, said) for turn in turns() for said in turn.sentences)


def test_the_composed_words_pass() -> None:
    """What the model copies goes out: at least 98 of 100 sentences."""
    told = [passes(turn, said, said.text) for turn, said in sentences()]
    assert len(told) > 150
    assert sum(told) >= 0.98 * len(told)


def test_a_wrong_figure_does_not_pass() -> None:
    """Of figures one too high at most 3 of 100 go out: those that the answer has elsewhere alike."""
    told = [
        passes(turn, said, f"{said.text[: at.start()]}{int(at[0]) + 1}{said.text[at.end() :]}")
        for turn, said in sentences()
        for at in FIGURE.finditer(said.text)
        if not (LISTED.match(said.text) and at.start() == 0)
    ]
    assert len(told) > 50
    assert sum(told) <= 0.03 * len(told)


def test_a_yes_made_a_no_does_not_pass() -> None:
    """A duty, a choice, a "not" and a bound that are turned round are seen."""
    told = [
        passes(turn, said, said.text.replace(one, other, 1))
        for turn, said in sentences()
        for one, other in TURNED
        if one in said.text
    ]
    assert len(told) > 20
    assert sum(told) <= 0.03 * len(told)


def test_what_is_slipped_in_does_not_pass() -> None:
    """Nothing goes out behind words that are borne out."""
    told = [passes(turn, said, said.text + SLIPPED[turn.lang]) for turn, said in sentences()]
    assert not any(told)
