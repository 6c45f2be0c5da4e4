"""A message understood: its kind, its language, and the question in it, standing alone."""

from functools import lru_cache
from typing import NamedTuple

from assistant.turn import Kind, Question, Understood
from assistant.understanding.asked_day import day_asked
from assistant.understanding.followup import followups
from assistant.understanding.kinds import clauses, kinds
from assistant.understanding.language import language_of
from assistant.understanding.mentions import mentions_of
from assistant.understanding.message import Message, message, nearest
from assistant.understanding.slang import slang
from assistant.understanding.slots import Slot, slots_of
from assistant.understanding.vocabulary import vocabulary
from knowledge.library import Library
from knowledge.text import Language

SOCIAL = frozenset(["greeting", "thanks", "complaint", "person", "audit", "nothing"])
"""Kinds that stand alone, whatever was said before."""
KEPT: tuple[Kind, ...] = ("misuse", "outside")
"""Kinds a conversation keeps while its messages lean on one another."""


class Told(NamedTuple):
    """A question and what was found in it."""

    text: Message
    kind: Kind
    slots: tuple[Slot, ...]
    follows: bool = False


class Reader:
    """Understands questions with the names of one library."""

    def __init__(self, library: Library) -> None:
        self._library, self._words = library, vocabulary(library)
        self._kinds, self._followups, self._slang = kinds(), followups(), slang(library)

    def understood(self, question: Question) -> Understood:
        """Return what is made of a question; any text is accepted."""
        said = message(question.text)
        lang = question.lang or _language(question)
        if not said:
            return Understood("nothing", lang, said.said, notes=("no words",))
        left = self._without_orders(said)
        orders = ("told what to be or to forget; left unread",) if left != said else ()
        if not left:
            return Understood("misuse", lang, said.said, notes=orders)
        told = self._told(question, left)
        near = nearest(told.text)
        leant = (f"leans on what was said before: {told.text.said}",) if told.follows else ()
        return Understood(
            kind=told.kind,
            lang=lang,
            text=told.text.said if told.kind in SOCIAL else self._slang.beside(told.text),
            mentions=mentions_of(near.said, told.slots, self._library),
            day=day_asked(near, told.slots, told.kind, question.day),
            follows=told.follows,
            notes=(*orders, *leant),
        )

    def _told(self, question: Question, said: Message) -> Told:
        def look(other: Message) -> tuple[Slot, ...]:
            return slots_of(other, self._words, question.day)

        near = nearest(said)
        slots = look(near)
        kind = self._kind(near, slots)
        if kind in SOCIAL or not question.history:
            return Told(said, kind, slots)
        if near != said:
            return Told(said, kind, slots)
        whole = self._followups.whole(said, question.history, look)
        if not whole.follows:
            return Told(said, kind, slots)
        slots = look(nearest(whole.text))
        of_whole = self._kind(nearest(whole.text), slots)
        if whole.asks and of_whole not in KEPT:
            of_whole = kind if kind not in KEPT else "question"
        if of_whole in SOCIAL:
            of_whole = "question"
        return Told(whole.text, of_whole, slots, follows=True)

    def _kind(self, said: Message, slots: tuple[Slot, ...]) -> Kind:
        return self._kinds.kind(self._kinds.look(said, slots))

    def _without_orders(self, said: Message) -> Message:
        """A message without the clauses that tell the assistant what to be or to forget."""
        if not self._kinds.injected(nearest(said)):
            return said
        kept = [each for each in clauses(said) if not self._kinds.injected(each)]
        return message("".join(each.said for each in kept))


def _language(question: Question) -> Language:
    """The language of a question, or where it has no words that of the one before it."""
    earlier = [said.content for said in question.history if said.role == "user"]
    return language_of(question.text, language_of(earlier[-1]) if earlier else "zh")


@lru_cache(maxsize=4)
def reader(library: Library) -> Reader:
    """Return what understands questions with the names of a library, made once."""
    return Reader(library)
