"""Time limits (期限): from what day each runs, how long, and by which parameter."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple

from knowledge.errors import PackError
from knowledge.markdown import listed
from knowledge.parameters import load_yaml
from knowledge.span import Span
from knowledge.text import Text

Unit = Literal[
    "days", "working days", "months", "hours", "working day of next month", "day of next month"
]


class TimeLimit(NamedTuple):
    """A time limit of the law."""

    id: str
    name: Text
    starts: Text
    """What it runs from, or, where it runs back, what it ends with."""
    parameter: str
    """How long it is."""
    unit: Unit
    back: bool
    """Whether it is counted back from its day: 24 hours before loading."""
    moves: bool
    """Whether a last day that is a day off moves to the next working day."""
    after: Text
    """What follows, or has to be known; may be empty."""
    cites: tuple[str, ...]
    span: Span
    """Days of its start on which it is law."""
    asked: tuple[tuple[str, ...], ...]
    """Groups of words in plain spelling; a question that holds every word of a group asks for it."""
    unless: tuple[str, ...] = ()
    """Words with which a question asks for something else."""


def read_time_limits(file: Path) -> Mapping[str, TimeLimit]:
    """Read the time limits of one file, by id.

    Raises:
        PackError: an entry lacks something.
    """
    held = {}
    for entry in load_yaml(file.read_text("utf-8")):
        try:
            held[entry["id"]] = _time_limit(entry)
        except KeyError as missing:
            raise PackError(file, f"{entry.get('id')} lacks {missing}", "Add it") from None
    return held


def _time_limit(entry: Mapping[str, Any]) -> TimeLimit:
    return TimeLimit(
        id=entry["id"],
        name=_text(entry["name"]),
        starts=_text(entry["starts"]),
        parameter=entry["parameter"],
        unit=entry["unit"],
        back=entry.get("back", False),
        moves=entry.get("moves", False),
        after=_text(entry.get("after", {"zh": "", "en": ""})),
        cites=listed(entry["cites"]),
        span=Span(entry.get("since"), entry.get("until")),
        asked=tuple(tuple(str(group).split("+")) for group in entry["asked"]),
        unless=listed(entry.get("unless")),
    )


def _text(said: Mapping[str, str]) -> Text:
    return Text(said["zh"], said["en"])


def found_in(written: str, limits: Iterable[TimeLimit], day: date) -> TimeLimit | None:
    """Return the time limit a text in plain spelling asks for: the one most of its words name."""
    marks = [(_mark(written, limit), limit) for limit in limits if limit.span.covers(day)]
    best = max(marks, key=lambda each: each[0], default=(0, None))
    return best[1] if best[0] else None


def _mark(written: str, limit: TimeLimit) -> int:
    """How many characters of the text the best group of words names; 0 where none is there."""
    if any(word in written for word in limit.unless):
        return 0
    named = (group for group in limit.asked if all(word in written for word in group))
    return max((sum(map(len, group)) for group in named), default=0)
