"""Which of the passages found an answer is made from."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from assistant.demanded import lacking
from assistant.holding import covered
from assistant.odds import logit
from assistant.shelf import Shelf
from assistant.tools.asking import asked_in
from assistant.turn import Turn
from knowledge.index.index import Hit
from knowledge.index.terms import plain
from knowledge.passage import Kind, Passage
from knowledge.span import Span

ENTRIES = frozenset(("problem", "measure"))
"""Kinds of passage that were written as answers."""
LEANING: Mapping[Kind, float] = {"problem": 0.2, "measure": 0.2, "term": -1.5, "service": -1.5}
"""Log-odds a kind of passage is given or denied: words written as an answer; a name or a place to
go to, where neither is asked for."""
ASKED_FOR: Mapping[Kind, tuple[float, re.Pattern[str]]] = {
    "term": (
        0.0,
        re.compile(
            r"代码|编号|什么意思|是什么|叫什么|英文|"
            r"\b(?:codes?|mean|means|meaning|what is an?|abbreviation)\b"
        ),
    ),
    "service": (
        0.5,
        re.compile(
            r"在哪|哪里|哪儿|去哪|入口|找谁|问谁|向谁|交给谁|递给谁|归谁|哪个(?:部门|机关|网站|系统|菜单|平台)|"
            r"什么(?:网站|系统|平台)|电话|热线|网址|"
            r"\b(?:where|who|whom|hotline|phone|website|"
            r"which (?:authority|body|office|ministry|department|system|website|menu))\b"
        ),
    ),
    "source": (
        1.0,
        re.compile(
            r"哪[一1]?号令|第几号|第几条|哪[一1]?条(?!件)|哪个文件|什么文件|哪个公告|法律依据|"
            r"\b(?:which|what) (?:order|article|law|announcement|decree)\b|\blegal basis\b"
        ),
    ),
    "field": (0.0, re.compile(r"定义|含义|是指|\bdefin\w+")),
}
"""What asks for a kind of passage, and the log-odds that are worth."""
WANTED: Mapping[Kind, str] = {"term": "code", "service": "where"}
"""The kinds of question that ask for a kind of passage."""
HELD = 2.0
"""What it is worth that a passage holds all that the question's terms tell."""
OUTRIGHT = 3.0
"""What it is worth that a question names a passage of the kind it asks for."""
TOLD_BY_ALL = frozenset(("country", "currency"))
"""Tables whose names are said of any goods; other codes are named for what they stand for."""
EARLY = -2.0
"""What it costs that a passage leans on law that is not yet in force on the day."""
UNDATED: Mapping[Kind, float] = {"service": -2.0, "problem": -0.5, "measure": -0.5}
"""What it costs to bear no days, where law was found that has been replaced since."""
LOOKED_AT, NAMED_LOOKED_AT = 5, 12
SECOND = 0.6
"""A passage is said beside the first where it fits worse by no more log-odds than this."""
MOST = 2
CITED = re.compile(r"\[([^\[\]]+)\]")


def fitting(turn: Turn, shelf: Shelf) -> tuple[Hit, ...]:
    """Return the passage that fits a question best, and those that fit about as well."""
    written = plain(asked_in(turn))
    near = turn.hits[:LOOKED_AT]
    since = any(hit.passage.kind == "source" and hit.passage.span.until for hit in near)
    fits = [
        (
            _fitness(hit, turn, written)
            + _dated(hit.passage, turn.day, shelf, replaced=since)
            + lacking(written, hit.passage, turn.lang),
            hit,
        )
        for hit in _candidates(turn, written)
    ]
    fits.sort(key=lambda each: -each[0])
    return tuple(hit for fit, hit in fits[:MOST] if fit >= fits[0][0] - SECOND)


def _candidates(turn: Turn, written: str) -> Iterator[Hit]:
    """The passages that come first and those named outright, but no name that nobody asked for."""
    named = _named(turn)
    for place, hit in enumerate(turn.hits[:NAMED_LOOKED_AT]):
        passage = hit.passage
        outright = passage.id in named and passage.entry not in TOLD_BY_ALL
        mere_name = passage.kind == "term" and not outright and not _wanted(hit, turn, written)
        if not mere_name and not _blank(passage) and (place < LOOKED_AT or passage.id in named):
            yield hit


def _blank(passage: Passage) -> bool:
    """Whether all that is said of a field is which part of the form it stands in."""
    return passage.kind == "field" and "\n" not in passage.text.zh.strip()


def _named(turn: Turn) -> frozenset[str]:
    return frozenset((*turn.understood.mentions.codes, *turn.understood.mentions.fields))


def _wanted(hit: Hit, turn: Turn, written: str) -> bool:
    """Whether a question asks for a passage of that kind."""
    kind = hit.passage.kind
    if turn.understood.kind == WANTED.get(kind):
        return True
    return kind in ASKED_FOR and ASKED_FOR[kind][1].search(written) is not None


def _fitness(hit: Hit, turn: Turn, written: str) -> float:
    """How well a passage fits by what it says, in log-odds."""
    kind = hit.passage.kind
    if not _wanted(hit, turn, written):
        return _found(hit) + LEANING.get(kind, 0.0)
    worth = ASKED_FOR[kind][0] if kind in ASKED_FOR else 0.0
    return _found(hit) + worth + (OUTRIGHT if hit.passage.id in _named(turn) else 0.0)


def _found(hit: Hit) -> float:
    return logit(hit.score) + HELD * covered(hit)


def _dated(passage: Passage, day: date, shelf: Shelf, *, replaced: bool) -> float:
    """How well a passage fits the day, in log-odds; none above 0."""
    if passage.kind in ENTRIES and too_early(_leans_on(passage), day, shelf):
        return EARLY
    return UNDATED.get(passage.kind, 0.0) if replaced and passage.span == Span() else 0.0


def _leans_on(problem: Passage) -> Iterable[str]:
    """The places that the short answer of a problem cites."""
    first = problem.text.zh.partition("\n")[0]
    return [each for found in CITED.findall(first) for each in re.split(r"[,;，；\s]+", found)]


def too_early(places: Iterable[str], day: date, shelf: Shelf) -> bool:
    """Return whether there are sources among places, and none has come into force by a day."""
    held = [shelf.passages[each] for each in places if each in shelf.passages]
    begin = [each.span.since for each in held if each.kind == "source"]
    return bool(begin) and all(since is not None and since > day for since in begin)
