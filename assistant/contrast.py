"""Things of which a question means one: a passage about the other does not answer it.

"FOB 要填运费吗" shares most of its words with what is said about CIF, which is the opposite.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from knowledge.index.terms import plain

HARDLY = 3
"""What is spoken of this many times less than its opposite is hardly spoken of."""
FILE = Path(__file__).with_name("contrast.txt")
Member = re.Pattern[str]


def contrary(question: str, headings: Iterable[str]) -> bool:
    """Return whether headings speak of the opposite of what a question names, and hardly of that.

    Args:
        question: what was asked.
        headings: the title of a passage and how people ask for it.

    >>> contrary("成交方式FOB要填运费吗", ["CIF 进口填了运费", "cif还要不要填运费"])
    True
    >>> contrary("FOB要填运费吗", ["FOB、CIF 分别填什么"])
    False
    """
    asked, said = plain(question), [plain(each) for each in headings]
    return any(_contrary(asked, said, group) for group in _groups())


def _contrary(asked: str, said: list[str], group: tuple[Member, ...]) -> bool:
    meant = [member for member in group if member.search(asked)]
    if len(meant) != 1:
        return False
    told = {member: sum(bool(member.search(each)) for each in said) for member in group}
    own = told.pop(meant[0])
    return max(told.values()) > HARDLY * own


@lru_cache(maxsize=1)
def _groups() -> tuple[tuple[Member, ...], ...]:
    lines = FILE.read_text("utf-8").splitlines()
    held = (line.split("|") for line in lines if line and not line.startswith("#"))
    return tuple(tuple(_member(words) for words in group) for group in held)


def _member(words: str) -> Member:
    return re.compile("|".join(map(_shape, words.split(","))))


def _shape(word: str) -> str:
    """A Chinese word anywhere, an English one with its endings, as a whole."""
    if re.search(r"[\u3400-\u9fff]", word):
        return re.escape(word)
    return rf"(?<![a-z]){re.escape(word)}(?:s|ed|ing|er)?(?![a-z])"
