"""What the desk answers from, for programs: law as of a day, common problems, and the search."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from assistant.web.api.reference import listed, missing
from assistant.web.callers import Known
from assistant.web.etags import tagged
from assistant.web.paging import UNKNOWN, Paged, cut, mark
from assistant.web.problems import Problem
from assistant.web.reading import Day
from assistant.web.schemas import Listed, answers
from assistant.web.shown import ProblemLine, ProblemShown, near, problem_line, problem_shown
from assistant.web.shown_law import (
    HitShown,
    SourceLine,
    SourceShown,
    hit_shown,
    source_line,
    source_shown,
)
from assistant.web.state import state_of, today
from knowledge.passage import Kind
from knowledge.text import Language, Text

DEEPEST = 500
"""Passages a search goes through, page by page."""
Words = Annotated[str, Query(max_length=500)]
router = APIRouter(tags=["reference"])
LAW: dict[str, Any] = {
    "id": "cn-law-customs",
    "title": {"zh": "中华人民共和国海关法", "en": "Customs Law"},
    "number": "",
    "issuer": "",
    "since": "2021-04-29",
    "until": None,
    "status": "verified",
}
LAW_SHOWN = LAW | {
    "citation": "cn-law-customs#24",
    "place": "24",
    "as_of": "2026-11-21",
    "in_force": True,
    "instead": [],
    "digest": {"zh": "如实申报；进口14日内", "en": "Declare truthfully; imports within 14 days"},
    "text": "",
    "under": [],
    "warning": {"zh": "", "en": ""},
    "marks": {
        "digest_zh": {"sentence": [0, 4], "words": [[0, 4]]},
        "digest_en": None,
        "text": None,
    },
    "places": ["24"],
    "versions": [],
    "url": "",
}
PROBLEM: dict[str, Any] = {
    "id": "cn-light-parcel-weight",
    "title": {"zh": "净重不足一千克怎么填", "en": "Weights below one kilogram"},
    "topic": "weights",
    "status": "verified",
    "confirmed": "2026-11-21",
    "reviewed": False,
}
PROBLEM_SHOWN = PROBLEM | {
    "short": {"zh": "保留两位小数", "en": "Two decimals"},
    "body": {"zh": "短答：保留两位小数", "en": "Short answer: two decimals"},
    "asked": ["净重0.456千克怎么填"],
    "cites": ["cn-gacc-2024-30#1"],
    "rules": ["CN-W006"],
    "scope": {"zh": "", "en": ""},
    "since": None,
    "until": None,
}
HIT: dict[str, Any] = {
    "id": "cn-law-customs#24",
    "entry": "cn-law-customs",
    "place": "24",
    "kind": "source",
    "title": {"zh": "中华人民共和国海关法", "en": "Customs Law"},
    "text": {"zh": "如实申报；进口14日内", "en": "Declare truthfully; imports within 14 days"},
    "since": "2021-04-29",
    "until": None,
    "status": "verified",
    "jurisdiction": "cn",
    "score": 0.93,
    "why": ["=cn-law-customs#24"],
    "marks_zh": {"sentence": [0, 4], "words": [[0, 4]]},
    "marks_en": None,
}


@router.get(
    "/v1/sources",
    operation_id="list_sources",
    summary="List the instruments / 列出法规",
    response_class=Response,
    responses=answers(Listed[SourceLine], listed(LAW), "invalid"),
)
def list_sources(
    request: Request,
    known: Known,
    wanted: Paged,
    as_of: Annotated[Day | None, Query(description="Only those in force on this day")] = None,
) -> Response:
    """Return the instruments of the pack in order of their ids."""
    library = state_of(request).shelf.library
    every = filter(None, map(library.source, library.sources()))
    sources = [each for each in every if as_of is None or each.span.covers(as_of)]
    held = cut(sources, wanted, lambda each: each.id)
    return tagged(request, Listed(tuple(map(source_line, held.items)), held.next, held.total))


@router.get(
    "/v1/sources/{citation}",
    operation_id="get_source",
    summary="An article as of a day / 按日查法条",
    response_class=Response,
    responses=answers(SourceShown, LAW_SHOWN, "not_found", "invalid"),
)
def get_source(
    request: Request,
    citation: Annotated[
        str,
        Path(
            max_length=200,
            description="`cn-law-customs`, `cn-law-customs#24` with the # written %23, or "
            "`cn-law-customs@2021-04-29#24` for a version",
        ),
    ],
    known: Known,
    as_of: Annotated[Day | None, Query(description="By default today")] = None,
    q: Annotated[Words, Query(description="A question whose words are marked")] = "",
) -> Response:
    """Return an article with its days in force, or what is law that day instead."""
    shelf = state_of(request).shelf
    held = source_shown(citation, as_of, today(), shelf, q)
    if held is None:
        name = citation.partition("#")[0]
        raise missing(
            Text("法规或条文", "instrument or article"), near(name, shelf.library.sources())
        )
    return tagged(request, held)


@router.get(
    "/v1/problems",
    operation_id="list_problems",
    summary="List the common problems / 列出常见问题",
    response_class=Response,
    responses=answers(Listed[ProblemLine], listed(PROBLEM), "invalid"),
)
def list_problems(
    request: Request,
    known: Known,
    wanted: Paged,
    topic: Annotated[str, Query(max_length=40)] = "",
    rule: Annotated[str, Query(max_length=20, description="Code of a rule concerned")] = "",
) -> Response:
    """Return the common problems in order of their ids."""
    every = sorted(state_of(request).shelf.library.problems().items())
    problems = [
        each
        for _, each in every
        if topic in ("", each.topic) and (not rule or rule.upper() in each.rules)
    ]
    held = cut(problems, wanted, lambda each: each.id)
    return tagged(request, Listed(tuple(map(problem_line, held.items)), held.next, held.total))


@router.get(
    "/v1/problems/{id}",
    operation_id="get_problem",
    summary="A common problem and its answer / 查看常见问题",
    response_class=Response,
    responses=answers(ProblemShown, PROBLEM_SHOWN, "not_found", "invalid"),
)
def get_problem(
    request: Request, id: Annotated[str, Path(max_length=120)], known: Known
) -> Response:
    """Return a common problem with its answer in both languages."""
    problems = state_of(request).shelf.library.problems()
    if id not in problems:
        raise missing(Text("常见问题", "problem"), near(id, problems))
    return tagged(request, problem_shown(problems[id]))


@router.get(
    "/v1/search",
    operation_id="search",
    summary="Search law, problems, codes, fields and rules / 检索",
    response_class=Response,
    responses=answers(Listed[HitShown], listed(HIT), "invalid"),
)
def search(
    request: Request,
    known: Known,
    wanted: Paged,
    q: Annotated[str, Query(min_length=1, max_length=500, description="What to look for")],
    as_of: Annotated[Day | None, Query(description="By default today")] = None,
    lang: Annotated[Language | None, Query(description="Only passages in this language")] = None,
    kind: Annotated[list[Kind] | None, Query(max_length=7)] = None,
    status: Annotated[list[str] | None, Query(max_length=10)] = None,
    jurisdiction: Annotated[list[str] | None, Query(max_length=10)] = None,
) -> Response:
    """Return what is in force on a day and may answer the question, the best first, at most 500."""
    index = state_of(request).shelf.index
    hits = index.find(q, as_of or today(), lang, kind, DEEPEST, status, jurisdiction)
    if not (wanted.after or "0").isdecimal():
        raise Problem("invalid", UNKNOWN)
    start = int(wanted.after or 0)
    shown = hits[start : start + wanted.limit]
    end = start + len(shown)
    more = mark(wanted, str(end)) if end < len(hits) else None
    return tagged(request, Listed(tuple(map(hit_shown, shown)), more, len(hits)))
