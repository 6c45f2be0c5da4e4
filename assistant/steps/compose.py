"""Step three: an answer, from the first of several origins that has one.

In this order: a fixed sentence for what is no question of the field; a tool whose matter is named
outright; a published problem in its own words, where it fits best and fits well; any other tool;
a problem that fits best; the passages that fit best.
"""

from collections.abc import Callable, Sequence

from assistant.choosing import ENTRIES, fitting
from assistant.extracting import beside, from_entry, from_passages
from assistant.shelf import Shelf
from assistant.tools.tool import Tool
from assistant.turn import Sentence, Step, Turn, Worked
from assistant.wording import FIXED
from knowledge.text import Text

SURE = 0.12
"""A published entry less likely than this is asked after the tools."""


def compose(shelf: Shelf, tools: Sequence[Tool]) -> Step:
    """Build the step.

    Args:
        shelf: what answers are made from.
        tools: asked in this order.
    """
    explicit = [tool for tool in tools if tool.explicit]
    others = [tool for tool in tools if not tool.explicit]
    ways: tuple[Callable[[Turn], Turn | None], ...] = (
        _fixed,
        lambda turn: _by_tool(turn, shelf, explicit),
        lambda turn: _by_entry(turn, shelf, SURE),
        lambda turn: _by_tool(turn, shelf, others),
        lambda turn: _by_entry(turn, shelf),
        lambda turn: _by_passages(turn, shelf),
    )

    def step(turn: Turn) -> Turn:
        composed = (way(turn) for way in ways)
        return next((each for each in composed if each is not None), turn)

    return step


def _fixed(turn: Turn) -> Turn | None:
    fixed = FIXED.get(turn.understood.kind)
    if fixed is None:
        return None
    said = Sentence(fixed.says.said_in(turn.lang), fixed.cites)
    return turn._replace(
        sentences=(said,),
        status=fixed.status,
        reason=fixed.says if fixed.status == "handover" else None,
        origin=f"fixed:{turn.understood.kind}",
        confidence=1.0,
    )


def _by_tool(turn: Turn, shelf: Shelf, tools: Sequence[Tool]) -> Turn | None:
    worked = ((tool, tool.answer(turn, shelf)) for tool in tools)
    found = next(((tool, said) for tool, said in worked if said is not None), None)
    return _with_work(turn, found[1]) if found else None


def _with_work(turn: Turn, worked: Worked) -> Turn:
    said = worked.sentences
    return turn._replace(
        sentences=said,
        status=worked.status,
        reason=Text(said[0].text, said[0].text) if worked.status == "abstain" and said else None,
        origin=f"tool:{worked.tool}",
        confidence=worked.confidence,
        data=dict(worked.data),
        suggestions=worked.suggestions,
    )


def _by_entry(turn: Turn, shelf: Shelf, least: float = 0.0) -> Turn | None:
    best, *others = fitting(turn, shelf) or (None,)
    if best is None or best.passage.kind not in ENTRIES or best.score < least:
        return None
    said = from_entry(best.passage, turn, shelf)
    if not said:
        return None
    said += beside([each for each in others if each is not None], turn, shelf)
    return turn._replace(sentences=said, origin=f"entry:{best.passage.id}", confidence=best.score)


def _by_passages(turn: Turn, shelf: Shelf) -> Turn | None:
    hits = fitting(turn, shelf)
    said = from_passages(hits, turn.understood.text, turn.lang)
    if not said:
        return None
    return turn._replace(sentences=said, origin="passages", confidence=hits[0].score)
