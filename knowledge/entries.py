"""Entries a person reads: problems (question and answer) and measures (schemes and trials)."""

import re
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from knowledge.citation import Citation
from knowledge.errors import PackError
from knowledge.markdown import (
    WRITE_DAYS,
    confirmed_of,
    head_and_body,
    listed,
    span_of,
    under_headings,
)
from knowledge.span import Span
from knowledge.text import Text

LABEL = re.compile(
    r"^(短答|简答|是什么|Short answer|What it is)\s*[:：]?\s*(?=\S)", flags=re.IGNORECASE
)


class Signature(NamedTuple):
    """Who wrote or reviewed something, and on which day."""

    by: str
    day: date | None


class Problem(NamedTuple):
    """A question declarants ask, and its answer."""

    id: str
    title: Text
    topic: str
    asked: tuple[str, ...]
    """How people ask it, in either language."""
    body: Text
    short: Text
    """The first paragraph of the body, fit to be sent alone."""
    cites: tuple[Citation, ...]
    rules: tuple[str, ...]
    """Codes of the rules concerned."""
    scope: Text
    span: Span
    status: str
    """The weakest status among the facts the answer rests on."""
    confirmed: date
    drafted: Signature | None
    reviewed: Signature | None
    """None until a person has reviewed it."""


class Measure(NamedTuple):
    """A scheme, a service or a trial: what it is, where, for whom, and what is not known."""

    id: str
    title: Text
    topic: str
    asked: tuple[str, ...]
    body: Text
    short: Text
    cites: tuple[Citation, ...]
    rules: tuple[str, ...]
    scope: Text
    span: Span
    status: str
    confirmed: date
    drafted: Signature | None
    reviewed: Signature | None
    origin: Text
    """Where it was reported, in plain words."""


def read_problem(file: Path) -> Problem:
    """Read one problem.

    Raises:
        PackError: the head lacks something or cannot be read.
    """
    head, body = head_and_body(file)
    return Problem(**_common(file, head, body, _title_line(file, body)))


def read_measure(file: Path) -> Measure:
    """Read one measure.

    Raises:
        PackError: the head lacks something or cannot be read.
    """
    head, body = head_and_body(file)
    title = _both(head) if "zh" in head else _title_line(file, body)
    return Measure(**_common(file, head, body, title), origin=_both(head.get("origin")))


def _common(file: Path, head: dict[str, Any], body: str, title: Text) -> dict[str, Any]:
    said = dict(under_headings(body))
    text = Text(said.get("zh", ""), said.get("en", ""))
    try:
        return {
            "id": head["id"],
            "title": title,
            "topic": str(head.get("topic") or ""),
            "asked": listed(head.get("asked")),
            "body": text,
            "short": Text(_first(text.zh), _first(text.en)),
            "cites": tuple(map(Citation.parse, listed(head.get("cites")))),
            "rules": listed(head.get("rules")),
            "scope": _both(head.get("scope")),
            "span": span_of(head),
            "status": head["status"],
            "confirmed": confirmed_of(head),
            "drafted": _signature(head.get("drafted")),
            "reviewed": _signature(head.get("reviewed")),
        }
    except KeyError as missing:
        raise PackError(file, f"the head lacks {missing}", "Add it") from None
    except ValueError as fault:
        raise PackError(file, str(fault), WRITE_DAYS) from None


def _title_line(file: Path, body: str) -> Text:
    found = re.search(r"^# +(.+?)\s+/\s+(.+?)\s*$", body, flags=re.M)
    if found is None:
        raise PackError(file, "there is no title", "Write `# 标题 / Title` above the texts")
    return Text(found[1], found[2])


def _first(text: str) -> str:
    """The first paragraph, without its label."""
    return LABEL.sub("", text.partition("\n\n")[0].strip())


def _both(value: Any) -> Text:
    if isinstance(value, dict):
        return Text(str(value.get("zh") or ""), str(value.get("en") or ""))
    return Text(str(value or ""), str(value or ""))


def _signature(value: Any) -> Signature | None:
    if isinstance(value, dict):
        return Signature(str(value["by"]), value.get("day"))
    return None if value in (None, "", "none") else Signature(str(value), None)
