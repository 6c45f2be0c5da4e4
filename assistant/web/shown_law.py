"""Law as it is shown to programs: an article as of a day, and what a search finds."""

from collections.abc import Mapping
from datetime import date

import msgspec

from assistant.shelf import Shelf
from assistant.web.shown import Both
from knowledge.importing.held import Held
from knowledge.index.index import Hit
from knowledge.index.marking import Marks, marks
from knowledge.law import in_force
from knowledge.sources import Source
from knowledge.span import Span
from knowledge.text import Text

NOTHING = Text("", "")


class Marked(msgspec.Struct, frozen=True):
    """What to mark in a text, as pairs: first character, and the one after the last."""

    sentence: tuple[int, int]
    words: tuple[tuple[int, int], ...]


class SourceLine(msgspec.Struct, frozen=True):
    """An instrument in a list."""

    id: str
    title: Both
    number: str
    issuer: str
    since: date | None
    until: date | None
    status: str


class SourceMarks(msgspec.Struct, frozen=True):
    """What bears out a question, in each text of an article."""

    digest_zh: Marked | None = None
    digest_en: Marked | None = None
    text: Marked | None = None


class SourceShown(SourceLine, frozen=True):
    """An instrument or one of its articles, as of a day."""

    citation: str
    place: str
    as_of: date
    in_force: bool
    instead: tuple[SourceLine, ...]
    """What is law that day instead; empty where it is in force or nothing is known."""
    digest: Both
    """What the place says, in our own words."""
    text: str
    """The official wording in Chinese; empty where the site has not imported it."""
    under: tuple[str, ...]
    """Headings the article stands under."""
    warning: Both
    """What easily goes wrong with this instrument."""
    marks: SourceMarks
    places: tuple[str, ...]
    """The articles and items known."""
    versions: tuple[date, ...]
    """First days of the versions whose official text the site has."""
    url: str


class HitShown(msgspec.Struct, frozen=True):
    """A passage found."""

    id: str
    entry: str
    place: str
    kind: str
    title: Both
    text: Both
    since: date | None
    until: date | None
    status: str
    jurisdiction: str
    score: float
    """The chance that it answers the question."""
    why: tuple[str, ...]
    marks_zh: Marked | None
    marks_en: Marked | None


class Address(msgspec.Struct, frozen=True):
    """A citation taken apart: `cn-law-customs@2021-04-29#24`."""

    id: str
    version: str
    place: str

    @classmethod
    def parse(cls, written: str) -> "Address":
        """Read one.

        >>> Address.parse("cn-law-customs@2021-04-29#24")
        Address(id='cn-law-customs', version='2021-04-29', place='24')
        """
        name, _, place = written.partition("#")
        instrument, _, version = name.partition("@")
        return cls(instrument, version, place)


def source_line(source: Source) -> SourceLine:
    """Return an instrument as it stands in a list."""
    title, (since, until) = Both.of(source.title), source.span
    return SourceLine(source.id, title, source.number, source.issuer, since, until, source.status)


def source_shown(
    written: str, day: date | None, today: date, shelf: Shelf, question: str = ""
) -> SourceShown | None:
    """Return what a citation leads to; nothing where it leads nowhere.

    Args:
        written: an instrument, perhaps with a version and a place.
        day: the day it is asked for; the first of the version named, else today, by default.
        today: the day it is.
        shelf: what is known.
        question: what its words shall be marked for.
    """
    cited = Address.parse(written)
    held = shelf.texts.versions(cited.id) if shelf.texts else ()
    version = next((each for each in held if str(each.version) == cited.version), None)
    if cited.version and version is None:
        return None
    day = day or (version.since if version else today)
    official = version or next((each for each in held if each.span.covers(day)), None)
    known = shelf.library.source(cited.id) if cited.id in shelf.library.sources() else None
    if known is None and not held:
        return None
    return _shown(cited, known, held, official, day, shelf, question)


def hit_shown(hit: Hit) -> HitShown:
    """Return a passage found."""
    passage, marked = hit.passage, hit.marks
    return HitShown(
        id=passage.id,
        entry=passage.entry,
        place=passage.place,
        kind=passage.kind,
        title=Both.of(passage.title),
        text=Both.of(passage.text),
        since=passage.span.since,
        until=passage.span.until,
        status=passage.status,
        jurisdiction=passage.jurisdiction,
        score=hit.score,
        why=hit.why,
        marks_zh=_marked(marked.zh),
        marks_en=_marked(marked.en),
    )


def _shown(
    cited: Address,
    known: Source | None,
    held: tuple[Held, ...],
    official: Held | None,
    day: date,
    shelf: Shelf,
    question: str,
) -> SourceShown | None:
    text, under = _wording(cited.place, official, shelf)
    places = tuple(known.places) if known else ()
    if cited.place and cited.place not in places and not text:
        return None
    digest = known.places.get(cited.place, NOTHING) if known else NOTHING
    line = _line(cited, known, official or held[-1]) if held else source_line(_sure(known))
    span = official.span if official else Span(line.since, line.until)
    covers = span.covers(day)
    return SourceShown(
        **msgspec.structs.asdict(msgspec.structs.replace(line, since=span.since, until=span.until)),
        citation=_written(cited),
        place=cited.place,
        as_of=day,
        in_force=covers,
        instead=_instead(known, day, shelf) if known and not covers else (),
        digest=Both.of(digest),
        text=text,
        under=under,
        warning=Both.of(known.places.get("trap", NOTHING) if known else NOTHING),
        marks=_marks(question, day, digest, text, shelf),
        places=places,
        versions=tuple(each.since for each in held),
        url=known.url if known else "",
    )


def _wording(place: str, official: Held | None, shelf: Shelf) -> tuple[str, tuple[str, ...]]:
    """The official wording of a place in a version, and the headings it stands under."""
    found = None
    if official and place and shelf.texts:
        found = shelf.texts.article(official.id, place, official.since)
    return (found.text, found.under) if found else ("", ())


def _line(cited: Address, known: Source | None, held: Held) -> SourceLine:
    """An instrument of which the site has a text; how well its place is known, the pack tells."""
    if known:
        status = known.statuses.get(cited.place, known.status)
        return msgspec.structs.replace(source_line(known), status=status)
    title = Both(held.title, held.title)
    return SourceLine(held.id, title, held.number, held.issuer, *held.span, "official")


def _sure(known: Source | None) -> Source:
    assert known is not None
    return known


def _instead(known: Source, day: date, shelf: Shelf) -> tuple[SourceLine, ...]:
    return tuple(source_line(each) for each in in_force(known, day, shelf.library))


def _written(cited: Address) -> str:
    name = f"{cited.id}@{cited.version}" if cited.version else cited.id
    return f"{name}#{cited.place}" if cited.place else name


def _marks(question: str, day: date, digest: Text, text: str, shelf: Shelf) -> SourceMarks:
    if not question:
        return SourceMarks()
    told: Mapping[str, float] = shelf.index.pool(question, day).question.weights
    in_digest = marks(told, digest)
    in_text = marks(told, Text(text, "")).zh
    return SourceMarks(_marked(in_digest.zh), _marked(in_digest.en), _marked(in_text))


def _marked(held: Marks | None) -> Marked | None:
    if held is None:
        return None
    words = tuple((each.start, each.end) for each in held.words)
    return Marked((held.sentence.start, held.sentence.end), words)
