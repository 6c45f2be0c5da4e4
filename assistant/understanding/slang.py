"""The field's words beside what people call things, so that a search finds both.

Only the glossary's: the index itself takes everyday words for one another.
"""

from collections import defaultdict
from functools import lru_cache

from assistant.understanding.message import HAN, Message
from assistant.understanding.phrases import Phrases
from assistant.understanding.vocabulary import BRACKETED, COMMON, MEANT_AS_CAPITALS
from knowledge.library import Library
from knowledge.text import Text

LOOKED_AT = 400
MOST = 5
"""Words put beside one message."""


class Slang:
    """What people call the field's things."""

    def __init__(self, library: Library) -> None:
        meant: dict[str, set[Text]] = defaultdict(set)
        for term in library.glossary.values():
            for word in term.synonyms:
                low = word.lower()
                if low not in COMMON and len(low) > 1 and not low.isdigit():
                    meant[low].add(term.name)
            for word in term.name:
                meant[BRACKETED.sub("", word).lower()].add(term.name)
        self._capitals = {
            word.lower()
            for term in library.glossary.values()
            for word in term.synonyms
            if MEANT_AS_CAPITALS.fullmatch(word)
        }
        single = {word: min(names) for word, names in meant.items() if len(names) == 1}
        self._terms = Phrases(single.items())

    def beside(self, message: Message) -> str:
        """Return a message with the field's words in brackets behind what means them."""
        chinese = HAN.search(message.said) is not None
        said, added, moved = message.said, [], 0
        for place, (name,) in self._terms.longest(message.low[:LOOKED_AT]):
            word = BRACKETED.sub("", name.zh if chinese else name.en).strip()
            low = message.low[place.start : place.end]
            if (
                not chinese
                and low in self._capitals
                and not _capitals(message, place.start, place.end)
            ):
                continue
            if word.lower() in message.low or word in added:
                continue
            said = f"{said[: place.end + moved]}({word}){said[place.end + moved :]}"
            moved += len(word) + 2
            added.append(word)
            if len(added) == MOST:
                return said
        return said


def _capitals(message: Message, start: int, end: int) -> bool:
    return message.said[start:end].isupper() and not message.said.isupper()


@lru_cache(maxsize=4)
def slang(library: Library) -> Slang:
    """Return what people call the things of a library, made once."""
    return Slang(library)
