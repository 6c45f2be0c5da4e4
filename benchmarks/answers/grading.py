"""One answer against what is expected of it."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from assistant.answer import Answer
from assistant.citing import said_by
from assistant.shelf import Shelf
from benchmarks.answers.asked import Asked
from benchmarks.answers.content import Content, content_of, spoken
from benchmarks.answers.facts import folded, missing, spells
from knowledge.index.terms import terms

LONGEST = 600
"""Characters an answer in a group may have."""
ALIKE = 0.1
"""Share of a sentence's terms that a place must have that is not cited for its figures."""


class Grade(NamedTuple):
    """How an answer stands to what is expected of it."""

    asked: Asked
    status: str
    kind: str
    confidence: float
    cites: tuple[str, ...]
    missing: tuple[str, ...] = ()
    """Facts that it does not hold."""
    said: tuple[str, ...] = ()
    """What it says and must not."""
    placed: bool = True
    """Whether one of the expected places is cited, where an answer and a place are expected."""
    wrong: tuple[str, ...] = ()
    """Citations that lead nowhere or do not bear their sentence out."""
    unsourced: tuple[str, ...] = ()
    """Figures and codes that stand in no cited place, no calculation and not in the question."""
    length: int = 0
    milliseconds: float = 0.0

    @property
    def expected(self) -> bool:
        """Whether that became of it which should."""
        return self.status in self.asked.expected

    @property
    def answered(self) -> bool:
        """Whether it was answered."""
        return self.status == "answer"

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong with it."""
        faults = self.missing or self.said or self.unsourced or self.length > LONGEST
        return self.expected and self.placed and not faults


def graded(asked: Asked, answer: Answer, shelf: Shelf, milliseconds: float = 0.0) -> Grade:
    """Return how an answer stands to what is expected of it."""
    year = asked.as_of.year
    given = tuple(dict.fromkeys(cite for said in answer.sentences for cite in said.cites))
    due = answer.status == "answer" or answer.status not in asked.expected
    plain = folded(answer.text)
    return Grade(
        asked=asked,
        status=answer.status,
        kind=answer.kind,
        confidence=answer.confidence,
        cites=given,
        missing=missing(asked.facts, answer.text, year) if due else (),
        said=tuple(each for each in asked.forbidden if spells(plain, folded(each))),
        placed=_placed(asked, answer.status, given),
        wrong=tuple(_wrong(asked, answer, shelf)),
        unsourced=tuple(_unsourced(asked, answer, shelf)),
        length=len(answer.text),
        milliseconds=milliseconds,
    )


def leads_to(cite: str, expected: str) -> bool:
    """Return whether a citation is an expected place or of its family.

    Of an order or announcement whose places bear names, all those are of one family, and its
    digest as a whole is of the family of each; articles are not.

    >>> leads_to("cn-gacc-order-128#general", "cn-gacc-order-128#rate")
    True
    >>> leads_to("cn-law-customs@2021-04-29#24", "cn-law-customs#24")
    True
    >>> leads_to("cn-law-customs#30", "cn-law-customs#24")
    False
    """
    source, _, place = cite.partition("#")
    source = source.partition("@")[0]
    wanted, _, at = expected.partition("#")
    if source != wanted:
        return False
    if place == at or not at:
        return True
    named = not place[:1].isdigit() and not at[:1].isdigit()
    return source.startswith("cn-g") and (named or "general" in (place, at))


def _placed(asked: Asked, status: str, given: tuple[str, ...]) -> bool:
    if not asked.cites or status != "answer":
        return True
    return any(leads_to(cite, wanted) for cite in given for wanted in asked.cites)


def _wrong(asked: Asked, answer: Answer, shelf: Shelf) -> Iterator[str]:
    """The citations that lead nowhere, or are not expected and bear nothing of their sentence."""
    year = asked.as_of.year
    given = _content("\n".join(_given(asked, answer)), year)
    for sentence in answer.sentences:
        told = content_of(sentence.text, year).without(given)
        places = {cite: _place(cite, answer, shelf) for cite in sentence.cites}
        for cite, place in places.items():
            others = "\n".join(text for other, text in places.items() if other != cite)
            lacking = any(_content(others, year).lacks(told))
            bears = lacking and _content(place, year).shares(told)
            bears = bears or (not lacking and _alike(place, sentence.text))
            expected = any(leads_to(cite, wanted) for wanted in asked.cites)
            if not place or not (expected or bears):
                yield cite


def _alike(place: str, sentence: str) -> bool:
    asked = set(terms(sentence))
    return len(asked & set(terms(place))) >= ALIKE * len(asked)


def _unsourced(asked: Asked, answer: Answer, shelf: Shelf) -> Iterator[str]:
    """The figures and codes of an answer that stand nowhere they could be taken from."""
    if answer.status not in ("answer", "clarify"):
        return
    given = [*_given(asked, answer)]
    given += [each.hotline for each in shelf.library.services.values()]
    for sentence in answer.sentences:
        places = [_place(cite, answer, shelf) for cite in sentence.cites]
        held = _content("\n".join([*given, *places]), asked.as_of.year)
        yield from held.lacks(content_of(sentence.text, asked.as_of.year))


def _given(asked: Asked, answer: Answer) -> Iterator[str]:
    """What was said before the answer, and what its calculation shows."""
    yield asked.question
    yield from (each.content for each in asked.history)
    yield json.dumps(answer.tool, ensure_ascii=False, default=str)
    yield str(answer.as_of)


def _place(cite: str, answer: Answer, shelf: Shelf) -> str:
    """All that a cited place says, and the days its force begins and ends; empty where none."""
    said = said_by(cite, shelf, answer.as_of)
    shown = [each for each in answer.citations if each.citation == cite]
    days = [day for each in shown for day in (each.since, each.until) if day]
    spans = [str(day + timedelta(days=by)) for day in days for by in (-1, 0, 1)]
    return "\n".join((said, *spans, *(each.place for each in shown))) if said else ""


def _content(text: str, year: int) -> Content:
    found = content_of(text, year)
    return found._replace(numbers=found.numbers | set(spoken(text)))
