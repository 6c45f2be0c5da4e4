"""The common problems: searched, by topic, each with its answer and its days."""

from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from assistant.web.pages.drawing import drawn, in_part
from assistant.web.pages.helpful import Helped, helped
from assistant.web.pages.telling import PageRoute
from assistant.web.pages.visiting import Visiting, known_of
from assistant.web.problems import Problem
from assistant.web.state import State, state_of, today
from knowledge.entries import Measure
from knowledge.entries import Problem as Entered
from knowledge.law import STATUSES
from knowledge.passage import Kind
from knowledge.text import Text

TOPICS = {
    "tax": Text("税费", "Duties and taxes"),
    "filling": Text("填制", "Filling in"),
    "price": Text("价格", "Price"),
    "transport": Text("运输", "Transport"),
    "system": Text("系统", "System"),
    "amendment": Text("修改撤销", "Amendment"),
    "account": Text("账号", "Account"),
    "inspection": Text("检验检疫", "Inspection"),
    "registration": Text("备案注册", "Registration"),
    "origin": Text("原产地", "Origin"),
    "processing": Text("加工贸易", "Processing trade"),
    "weights": Text("重量数量", "Weights"),
    "deadlines": Text("期限", "Deadlines"),
    "temporary": Text("暂时进出境", "Temporary"),
    "ecommerce": Text("跨境电商", "E-commerce"),
    "licences": Text("许可证件", "Licences"),
    "receipts": Text("回执", "Receipts"),
    "measures": Text("便利措施", "Facilitation"),
    "other": Text("其他", "Other"),
}
MEASURES = "measures"
MOST_FOUND = 30
NO_PROBLEM = Text("没有这个问题", "There is no such problem")
router = APIRouter(include_in_schema=False, route_class=PageRoute)
Entry = Entered | Measure


class Line(NamedTuple):
    """A problem in the list."""

    entry: Entry
    topic: Text
    status: Text
    helped: Helped | None


@router.get("/problems")
async def problems(
    request: Request,
    who: Visiting,
    q: Annotated[str, Query(max_length=300)] = "",
    topic: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """Return the list, or what a search finds of it."""
    state = state_of(request)
    rated = await state.work.do(lambda: helped(state.engine, known_of(who).organisation))
    entries = await state.work.do(lambda: _found(state, q, topic))
    lines = [_line(each, rated.get(each.id)) for each in entries]
    template = "problem_lines.html" if in_part(request) else "problems.html"
    room: dict[str, Any] = {"lines": lines, "q": q, "topic": topic, "topics": _topics(state)}
    return drawn(template, request, who, **room)


@router.get("/problems/{id}")
async def problem(
    request: Request, who: Visiting, id: Annotated[str, Path(max_length=120)]
) -> Response:
    """Return a problem with its answer."""
    state = state_of(request)
    library = state.shelf.library
    entry = library.problems().get(id) or library.measures().get(id)
    if entry is None:
        raise Problem("not_found", NO_PROBLEM)
    rated = await state.work.do(lambda: helped(state.engine, known_of(who).organisation))
    line = _line(entry, rated.get(id))
    return drawn("problem.html", request, who, line=line, entry=entry)


def _found(state: State, q: str, topic: str) -> Sequence[Entry]:
    library = state.shelf.library
    every: dict[str, Entry] = {**library.problems(), **library.measures()}
    if q.strip():
        kinds: tuple[Kind, ...] = ("problem", "measure")
        hits = state.shelf.index.find(q, today(), None, kinds, MOST_FOUND)
        chosen = [every[hit.passage.id] for hit in hits if hit.passage.id in every]
    else:
        chosen = list(library.problems().values())
        chosen += library.measures().values() if topic == MEASURES else ()
    return [each for each in chosen if topic in ("", _topic(each))]


def _topic(entry: Entry) -> str:
    return MEASURES if isinstance(entry, Measure) else entry.topic


def _line(entry: Entry, rated: Helped | None) -> Line:
    topic = _topic(entry)
    status = STATUSES.get(entry.status, STATUSES["unverified"])
    return Line(entry, TOPICS.get(topic, Text(topic, topic)), status, rated)


def _topics(state: State) -> list[tuple[str, Text, int]]:
    """The topics there are, each with how many problems it has."""
    library = state.shelf.library
    every = [each.topic for each in library.problems().values()]
    every += [MEASURES] * len(library.measures())
    known = sorted(set(every), key=lambda each: -every.count(each))
    return [(each, TOPICS.get(each, Text(each, each)), every.count(each)) for each in known]
