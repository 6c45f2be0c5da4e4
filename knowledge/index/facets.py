"""What passages are told apart by: days in force, kind, status, jurisdiction, languages."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.passage import KINDS, Kind, Passage
from knowledge.text import Language

LANGUAGES: tuple[Language, ...] = ("zh", "en")
EVER = 9**7
"""A day no calendar reaches."""


class Facets(NamedTuple):
    """One figure a passage each."""

    since: NDArray[np.int32]
    until: NDArray[np.int32]
    """First and last day in force, days counted from year one."""
    kinds: NDArray[np.uint8]
    statuses: NDArray[np.uint16]
    jurisdictions: NDArray[np.uint16]
    """Places in `KINDS`, `status_names` and `jurisdiction_names`."""
    said: NDArray[np.uint8]
    """In which languages it says something, a bit each."""
    pieces: NDArray[np.bool_]
    """Whether it is a piece of an entry, rather than the whole."""
    status_names: tuple[str, ...]
    jurisdiction_names: tuple[str, ...]

    def allowed(
        self,
        day: date,
        lang: Language | None = None,
        kinds: Sequence[Kind] = (),
        statuses: Sequence[str] = (),
        jurisdictions: Sequence[str] = (),
    ) -> NDArray[np.bool_]:
        """Return which passages are in force on a day and of what is asked for; nothing is all."""
        at = day.toordinal()
        allowed: NDArray[np.bool_] = (self.since <= at) & (at <= self.until)
        for names, asked, held in (
            (KINDS, kinds, self.kinds),
            (self.status_names, statuses, self.statuses),
            (self.jurisdiction_names, jurisdictions, self.jurisdictions),
        ):
            if asked:
                allowed &= np.array([name in asked for name in names], bool)[held]
        if lang:
            allowed &= (self.said & (1 << LANGUAGES.index(lang))) > 0
        return allowed


def facets_of(passages: Sequence[Passage]) -> Facets:
    """Return the facets of passages."""
    statuses, status_names = _numbered(each.status for each in passages)
    jurisdictions, jurisdiction_names = _numbered(each.jurisdiction for each in passages)
    return Facets(
        since=np.array([_number(each.span.since, 0) for each in passages], np.int32),
        until=np.array([_number(each.span.until, EVER) for each in passages], np.int32),
        kinds=np.array([KINDS.index(each.kind) for each in passages], np.uint8),
        statuses=statuses,
        jurisdictions=jurisdictions,
        said=np.array([_said(each) for each in passages], np.uint8),
        pieces=np.array([bool(each.place) for each in passages], bool),
        status_names=status_names,
        jurisdiction_names=jurisdiction_names,
    )


def _numbered(names: Iterable[str]) -> tuple[NDArray[np.uint16], tuple[str, ...]]:
    """Each name's place among the different ones, and these in order."""
    every = list(names)
    different = sorted(set(every))
    places = {name: number for number, name in enumerate(different)}
    return np.array([places[name] for name in every], np.uint16), tuple(different)


def _number(day: date | None, otherwise: int) -> int:
    return day.toordinal() if day else otherwise


def _said(passage: Passage) -> int:
    return sum(1 << bit for bit, lang in enumerate(LANGUAGES) if passage.text.said_in(lang))
