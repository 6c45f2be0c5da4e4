"""What a language model must offer, and how its failing is told."""

import re
from typing import NamedTuple, Protocol

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
LETTERS_A_TOKEN = 3
"""Of other writing than Chinese, which takes about a token a character; rather too many."""


class Prompt(NamedTuple):
    """What a model is given: our instructions, and the data they are about."""

    rules: str
    data: str
    share: float = 1.0
    """How much of the time limit it may take."""


class Worded(NamedTuple):
    """What a model wrote."""

    text: str
    tokens: int
    """Spent on it, the prompt included; counted by characters where the server does not say."""


class ModelFailed(Exception):
    """A model gave nothing usable in time; the text says why in one word or two."""

    def __init__(self, why: str, *, free: bool = False) -> None:
        super().__init__(why)
        self.free = free
        """Whether nothing was spent: it was never asked, or refused outright."""


class Model(Protocol):
    """A language model."""

    name: str
    tokens_an_answer: int
    """The most it may write."""

    def complete(self, prompt: Prompt) -> Worded:
        """Return what the model writes.

        Raises:
            ModelFailed: it is down, too slow, refuses, or its reply cannot be read.
        """


def tokens_of(text: str) -> int:
    """Return about how many tokens a text takes, rather too many than too few.

    >>> tokens_of("应在14日内申报"), tokens_of("within fourteen days")
    (7, 7)
    """
    han = len(HAN.findall(text))
    return han + -(-(len(text) - han) // LETTERS_A_TOKEN)
