"""Checks on the pack itself: that what it says holds together."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from knowledge.citation import Citation
from knowledge.entries import Measure, Problem
from knowledge.errors import PackError
from knowledge.figures import comparable, figures
from knowledge.library import Library
from knowledge.span import Span
from knowledge.text import Text

CITED = re.compile(r"\[([a-z][\w.-]*#?[\w.-]*)\]")
SENTENCE = re.compile(r"([^\[\]\n]+)((?:\s*\[[^\]\n]+\])+)")
YEAR = timedelta(days=365)
Entry = Problem | Measure


class Fault(NamedTuple):
    """Something in the pack that does not hold together."""

    where: str
    """The drawer and the entry: `problems/cn-late-declaration-fee`."""
    kind: str
    """citation, rule, figure, language, overlap, dead id, synonym, reviewer, unreadable; or stale."""
    said: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.said}. {self.remedy}."


def check(library: Library, rules: Collection[str], day: date) -> list[Fault]:
    """Return the faults of a library as of a day.

    Args:
        library: the pack folders.
        rules: codes of all rules there are.
        day: the day to count the age of confirmations from.
    """
    found: list[Fault] = []
    for look in (_citations, _figures, _languages, _overlaps, _dead, _synonyms, _reviewers):
        found += _guarded(look(library))
    found += _guarded(_rules(library, rules))
    found += _guarded(_stale(library, day))
    return list(dict.fromkeys(found))


def _guarded(faults: Iterator[Fault]) -> Iterator[Fault]:
    """The faults, and instead of an exception one on the file that cannot be read."""
    try:
        yield from faults
    except PackError as fault:
        yield Fault(fault.file, "unreadable", fault.fault, fault.remedy)


def _entries(library: Library) -> Iterator[tuple[str, Entry]]:
    for name, problem in library.problems().items():
        yield f"problems/{name}", problem
    for name, measure in library.measures().items():
        yield f"measures/{name}", measure


def _cited(library: Library) -> Iterator[tuple[str, Citation]]:
    """Every citation of the pack, with where it stands."""
    for where, entry in _entries(library):
        yield from ((where, each) for each in entry.cites)
        for text in entry.body:
            yield from ((where, Citation.parse(each)) for each in CITED.findall(text))
    for name, note in library.field_notes.items():
        yield from ((f"field_notes/{name}", each) for each in note.cites)
    for parameter in library.parameters.values():
        yield from ((f"parameters/{parameter.id}", value.source) for value in parameter.values)
    for holiday in library.calendar.holidays.values():
        yield f"holidays/{holiday.day}", holiday.source
    for limit in library.time_limits.values():
        yield from ((f"time_limits/{limit.id}", Citation.parse(each)) for each in limit.cites)
    for name in library.tables():
        yield f"codes/{name}", library.table(name).source
    for block in library.fields.values():
        for field in block.fields.values():
            yield f"fields/{block.id}.{field.name}", field.basis


def _citations(library: Library) -> Iterator[Fault]:
    for where, citation in _cited(library):
        source = library.source(citation.source)
        if source is None:
            said = f"cites {citation.source}, which is no source"
            yield Fault(where, "citation", said, "Cite a file of sources/")
        elif citation.place and citation.place not in source.places:
            said = f"cites {citation}, and that source has no such place"
            yield Fault(where, "citation", said, f"Add `## {citation.place}` or cite another place")


def _rules(library: Library, rules: Collection[str]) -> Iterator[Fault]:
    named = [(where, rule) for where, entry in _entries(library) for rule in entry.rules]
    for name, note in library.field_notes.items():
        said = " ".join(mistake.zh + mistake.en for mistake in note.mistakes)
        named += [(f"field_notes/{name}", rule) for rule in re.findall(r"\[(CN-\w+)\]", said)]
    for where, rule in named:
        if rule not in rules:
            yield Fault(where, "rule", f"names {rule}, which is no rule", "See `declarant rules`")


def _figures(library: Library) -> Iterator[Fault]:
    """Sentences and digests whose figures differ from the parameter of the place they tell."""
    held = defaultdict(set)
    for parameter in library.parameters.values():
        for value in parameter.values:
            if parameter.status != "house" and value.source.place:
                figure = comparable(value.value, parameter.unit)
                held[str(value.source), figure.unit].add(figure.value)
    for where, entry in _entries(library):
        for text in entry.body:
            for said, cites in SENTENCE.findall(text):
                yield from _differing(where, said, CITED.findall(cites), held)
    for where, place in _places(library):
        for said in place:
            yield from _differing(where, said, [where.partition("/")[2]], held)


def _places(library: Library) -> Iterator[tuple[str, Text]]:
    for name in library.sources():
        if source := library.source(name):
            yield from ((f"sources/{name}#{place}", said) for place, said in source.places.items())


def _differing(
    where: str, said: str, cites: Iterable[str], held: Mapping[tuple[str, str], set[Decimal]]
) -> Iterator[Fault]:
    by_unit = defaultdict(set)
    for figure in figures(said):
        by_unit[figure.unit].add(figure.value)
    for cite in cites:
        for unit, values in by_unit.items():
            known = held.get((cite, unit))
            if known and not known & values:
                told = f"says {_listed(values)} {unit}, the parameter of {cite} {_listed(known)}"
                yield Fault(where, "figure", told, "Correct the text or the parameter")


def _listed(values: Iterable[object]) -> str:
    return "/".join(sorted(map(str, values)))


def _languages(library: Library) -> Iterator[Fault]:
    texts: list[tuple[str, Text]] = []
    for where, entry in _entries(library):
        texts += [(where, entry.title), (where, entry.body)]
    for name in library.sources():
        if source := library.source(name):
            texts.append((f"sources/{name}", source.title))
    texts += _places(library)
    texts += [(f"glossary/{name}", term.name) for name, term in library.glossary.items()]
    texts += [(f"services/{name}", each.name) for name, each in library.services.items()]
    texts += [(f"field_notes/{name}", note.means) for name, note in library.field_notes.items()]
    texts += [(f"parameters/{each.id}", each.name) for each in library.parameters.values()]
    for where, text in texts:
        missing = [language for language in text._fields if not text.said_in(language)]  # type: ignore[arg-type]
        for language in missing:
            yield Fault(where, "language", f"says nothing in {language}", "Write it in both")


def _overlaps(library: Library) -> Iterator[Fault]:
    spans: dict[str, list[Span]] = defaultdict(list)
    for parameter in library.parameters.values():
        spans[f"parameters/{parameter.id}"] = [value.span for value in parameter.values]
    for name in library.tables():
        for row in library.table(name).rows:
            spans[f"codes/{name}#{row.code}"].append(row.span)
    for where, held in spans.items():
        if any(_meet(one, other) for one, other in combinations(held, 2)):
            said = "two values hold on the same day"
            yield Fault(where, "overlap", said, "End the older one the day before the newer begins")


def _meet(one: Span, other: Span) -> bool:
    since = max(one.since or date.min, other.since or date.min)
    return since <= min(one.until or date.max, other.until or date.max)


def _dead(library: Library) -> Iterator[Fault]:
    known = set(library.sources())
    for name in sorted(known):
        if source := library.source(name):
            for other in (*source.replaces, *source.replaced_by, *source.amends):
                if other not in known:
                    said = f"names {other}, which is no source"
                    yield Fault(f"sources/{name}", "dead id", said, "Add that source or drop it")


def _synonyms(library: Library) -> Iterator[Fault]:
    meant = defaultdict(set)
    for name, term in library.glossary.items():
        for synonym in (name, *term.synonyms):
            meant[synonym.casefold()].add(name)
    for synonym, names in meant.items():
        if len(names) > 1:
            said = f"{synonym!r} means {', '.join(sorted(names))}"
            yield Fault("glossary", "synonym", said, "Leave it with one term")


def _reviewers(library: Library) -> Iterator[Fault]:
    for where, entry in _entries(library):
        if entry.drafted and entry.reviewed and entry.drafted.by == entry.reviewed.by:
            said = f"was drafted and reviewed by {entry.drafted.by}"
            yield Fault(where, "reviewer", said, "Have someone else review it")


def _stale(library: Library, day: date) -> Iterator[Fault]:
    held = [(where, entry.confirmed) for where, entry in _entries(library)]
    held += [(f"parameters/{each.id}", each.confirmed) for each in library.parameters.values()]
    held += [(f"codes/{name}", library.table(name).confirmed) for name in library.tables()]
    for name in library.sources():
        if source := library.source(name):
            held.append((f"sources/{name}", source.confirmed))
    for where, confirmed in held:
        if day - confirmed > YEAR:
            said = f"was last confirmed on {confirmed}, over a year ago"
            yield Fault(where, "stale", said, "Compare it with the original and renew the day")
