"""What is left of a question once what it names is taken out: how strictly a tool looks at it."""

import re
from collections.abc import Iterable

from assistant.turn import Turn
from knowledge.index.terms import LONGEST, STOP, content, plain

HAN = re.compile(r"[\u3400-\u9fff]")
WORD = re.compile(r"[a-z0-9]+(?:[-'./#][a-z0-9]+)*")
LITTLE = frozenset(
    "的了吗呢啊吧么嘛呀哦是在有我你您他它这那就都也要会可以和与或及其被把给请问下想知道个看查帮告诉"
)
DAY = re.compile(
    r"(?:19|20)\d\d\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*[日号]?|(?:19|20)\d\d年\d{1,2}月|"
    r"\d{1,2}月\d{1,2}[日号]|(?:19|20)\d\d年?"
)
ADDED = re.compile(r"[(（]([^()（）]*)[)）]")


def asked_in(turn: Turn) -> str:
    """Return the question standing alone, without the field's words that were put beside slang."""
    own = turn.question.text
    return ADDED.sub(
        lambda found: found[0] if found[1] in own else "", turn.understood.text[:LONGEST]
    )


def left_over(text: str, named: Iterable[str] = (), shapes: Iterable[str] = ()) -> str:
    """Return what a question says beside what it names, in plain spelling.

    Args:
        text: the question.
        named: names, codes and words to take out.
        shapes: regular expressions of what to take out.
    """
    rest = DAY.sub(" ", plain(text))
    for name in sorted({plain(name) for name in named if name}, key=lambda name: -len(name)):
        rest = _without(rest, name)
    for shape in shapes:
        rest = re.sub(shape, " ", rest)
    return content(rest)


def size(rest: str) -> int:
    """Return how much matter a text holds: Chinese characters, and two for an English word.

    >>> size("的毛重 gross weight of the")
    6
    """
    han = sum(1 for sign in HAN.findall(rest) if sign not in LITTLE)
    return han + 2 * sum(1 for word in WORD.findall(rest) if word not in STOP)


def _without(text: str, name: str) -> str:
    if HAN.search(name):
        return text.replace(name, " ")
    return re.sub(rf"(?<![a-z0-9]){re.escape(name)}(?:s|'s)?(?![a-z0-9])", " ", text)
