"""Markdown files of the pack: a YAML head between `---` lines, then pieces under headings."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import PackError
from knowledge.parameters import load_yaml
from knowledge.span import Span

WRITE_DAYS = "Write days as YYYY-MM-DD, YYYY-MM or YYYY"


def head_and_body(file: Path) -> tuple[dict[str, Any], str]:
    """Part a file into its head and what follows.

    Raises:
        PackError: there is no head, or it is not YAML.
    """
    parts = re.split(r"^---\s*$", file.read_text("utf-8"), maxsplit=2, flags=re.M)
    if len(parts) != 3 or parts[0].strip():
        raise PackError(file, "there is no head", "Begin with a YAML head between --- lines")
    try:
        head = load_yaml(parts[1])
    except yaml.YAMLError as fault:
        told = " ".join(str(fault).split())
        raise PackError(file, f"the head is not YAML: {told}", "Quote texts with colons") from None
    if not isinstance(head, dict):
        raise PackError(file, "the head is no list of `name: value`", "Write `id: …` and so on")
    return head, parts[2]


def under_headings(body: str) -> list[tuple[str, str]]:
    r"""Return each level-two heading with the text below it.

    >>> under_headings("# Title\n## zh\n一\n## en\none\n")
    [('zh', '一'), ('en', 'one')]
    """
    pieces = re.split(r"^## +(.+?)\s*$", body, flags=re.M)[1:]
    return [(name, said.strip()) for name, said in zip(pieces[::2], pieces[1::2], strict=True)]


def listed(value: object) -> tuple[str, ...]:
    """Return a head's value as texts: of a list, of one text, or of nothing.

    >>> listed(None), listed("a"), listed(["a", 1])
    ((), ('a',), ('a', '1'))
    """
    if value is None or value == "":
        return ()
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def confirmed_of(head: Mapping[str, Any]) -> date:
    """Return the day a head was last compared with the original.

    Raises:
        KeyError: it does not say.
        ValueError: it says no day.
    """
    if not isinstance(head["confirmed"], date):
        raise ValueError(f"confirmed is no day: {head['confirmed']!r}")  # noqa: TRY004 (of a file)
    return head["confirmed"]


def span_of(head: Mapping[str, Any]) -> Span:
    """Return the days in force a head gives; a year or a month stands for all its days.

    >>> span_of({"since": "2014", "until": "2024-02"}).until
    datetime.date(2024, 2, 29)

    Raises:
        ValueError: an end is no day, month or year.
    """
    return Span(_day(head.get("since"), last=False), _day(head.get("until"), last=True))


def _day(value: Any, *, last: bool) -> date | None:
    if value is None or value == "" or isinstance(value, date):
        return value or None
    parts = [int(part) for part in str(value).split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = parts[0], parts[1] if len(parts) > 1 else 1
    if not last:
        return date(year, month, 1)
    year, month = (year + 1, 1) if len(parts) == 1 or month == 12 else (year, month + 1)
    return date(year, month, 1) - timedelta(days=1)
