"""Law: the instruments, each as of a day, and what changed between two days."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from assistant.shelf import Shelf
from assistant.web.pages import links
from assistant.web.pages.drawing import drawn, in_part
from assistant.web.pages.telling import PageRoute
from assistant.web.pages.visiting import Visiting
from assistant.web.problems import Problem
from assistant.web.reading import Day
from assistant.web.shown_law import SourceShown, source_shown
from assistant.web.state import state_of, today
from knowledge.changes import Change, Days, changes
from knowledge.importing.differing import Difference
from knowledge.law import STATUSES, names_of
from knowledge.library import Library
from knowledge.sources import Source
from knowledge.text import Text

Words = Annotated[str, Query(max_length=300)]
NO_LAW = Text("没有这部法规", "There is no such instrument")
KINDS = {
    "note": Text("提醒", "note"),
    "begins": Text("施行", "takes effect"),
    "ends": Text("失效", "ends"),
    "place": Text("条文", "article"),
    "parameter": Text("数值", "figure"),
    "code": Text("代码", "code"),
    "rule": Text("规则", "rule"),
    "problem": Text("常见问题", "problem"),
    "measure": Text("措施", "measure"),
}
router = APIRouter(include_in_schema=False, route_class=PageRoute)


class Article(NamedTuple):
    """A place of an instrument as it is shown."""

    place: str
    digest: Text
    status: Text
    official: str
    under: tuple[str, ...]


class Changed(NamedTuple):
    """Something that changed, and where it is shown."""

    change: Change
    kind: Text
    page: str


@router.get("/law")
async def laws(
    request: Request, who: Visiting, q: Words = "", as_of: Day | None = None
) -> Response:
    """Return the instruments, those in force on a day where one is given."""
    library = state_of(request).shelf.library
    sources = [each for each in _sources(library) if _names(each, q)]
    shown = [each for each in sources if as_of is None or each.span.covers(as_of)]
    template = "law_lines.html" if in_part(request) else "laws.html"
    room: dict[str, Any] = {
        "sources": shown,
        "q": q,
        "as_of": as_of,
        "day": as_of or today(),
        "known": STATUSES,
    }
    return drawn(template, request, who, **room)


@router.get("/law/changes")
async def law_changes(
    request: Request, who: Visiting, since: Day | None = None, until: Day | None = None
) -> Response:
    """Return what of all law changed from one day to another."""
    first, last = _two_days(since, until)
    library, state = state_of(request).shelf.library, state_of(request)
    found = await state.work.do(lambda: _changed(library, first, last))
    return drawn("changes.html", request, who, changed=found, since=first, until=last)


@router.get("/law/{id}")
async def law(
    request: Request,
    who: Visiting,
    id: Annotated[str, Path(max_length=120)],
    as_of: Day | None = None,
    since: Day | None = None,
    until: Day | None = None,
) -> Response:
    """Return an instrument as of a day, and what changed in it between two days."""
    state, day = state_of(request), as_of or today()
    held = await state.work.do(lambda: source_shown(id, day, today(), state.shelf))
    if held is None:
        raise Problem("not_found", NO_LAW)
    source = state.shelf.library.source(held.id)
    articles = await state.work.do(lambda: _articles(held, source, day, state.shelf))
    room: dict[str, Any] = {"held": held, "source": source, "day": day, "articles": articles}
    first, last = _two_days(since, until)
    compared = await state.work.do(lambda: _compared(held.id, first, last, state.shelf))
    asked = since is not None or until is not None
    status = STATUSES.get(held.status, STATUSES["unverified"])
    days: dict[str, Any] = {"since": first, "until": last, "asked": asked, "status": status}
    return drawn("law.html", request, who, **room, **days, **compared)


def _sources(library: Library) -> Iterator[Source]:
    yield from filter(None, map(library.source, library.sources()))


def _names(source: Source, q: str) -> bool:
    said = " ".join((source.id, source.number, *source.title, *names_of(source))).casefold()
    return all(word in said for word in q.casefold().split())


def _articles(
    held: SourceShown, source: Source | None, day: date, shelf: Shelf
) -> Sequence[Article]:
    """The places of an instrument; of an imported one in its official wording."""
    official = _official(held.id, day, shelf)
    names = dict.fromkeys([*(source.places if source else ()), *official])
    return [_article(name, source, official) for name in names if name != "trap"]


def _official(id: str, day: date, shelf: Shelf) -> dict[str, tuple[str, tuple[str, ...]]]:
    if shelf.texts is None:
        return {}
    version = next((each for each in shelf.texts.versions(id) if each.span.covers(day)), None)
    pieces = shelf.texts.pieces(version) if version else ()
    return {each.place: (each.text.strip(), each.under) for each in pieces if each.place}


def _article(
    name: str, source: Source | None, official: dict[str, tuple[str, tuple[str, ...]]]
) -> Article:
    text, under = official.get(name, ("", ()))
    digest = source.places.get(name, Text("", "")) if source else Text("", "")
    status = source.statuses.get(name, source.status) if source else "official"
    return Article(
        name, digest, STATUSES.get(status, Text("官方文本", "official text")), text, under
    )


def _compared(id: str, first: date, last: date, shelf: Shelf) -> dict[str, Any]:
    difference: Difference | None = None
    if shelf.texts is not None:
        difference = shelf.texts.diff(id, first, last)
    held = [each for each in _changed(shelf.library, first, last) if each.change.source == id]
    return {"difference": difference, "changed": held}


def _changed(library: Library, first: date, last: date) -> list[Changed]:
    """What is otherwise on the last day than on the first, the earliest change first."""
    days = Days(first + timedelta(days=1), last)
    found = sorted(changes(library, days), key=lambda each: each.day)
    return [Changed(each, KINDS[each.kind], _page(each)) for each in found]


def _page(change: Change) -> str:
    entry, _, place = change.id.partition("#")
    match change.kind:
        case "problem" | "measure":
            return links.address(change.kind, entry)
        case "code":
            return links.address("term", entry, place)
        case "parameter":
            return links.law(change.source) if change.source else ""
        case _:
            return links.law(change.source or entry, place, change.day)


def _two_days(since: date | None, until: date | None) -> tuple[date, date]:
    """The days compared, the earlier first; by default the year up to today."""
    last = until or today()
    first = since or last - timedelta(days=365)
    return (first, last) if first <= last else (last, first)
