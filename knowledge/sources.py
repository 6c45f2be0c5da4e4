"""Sources: laws, announcements and standards, in digest, by place."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

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


class Source(NamedTuple):
    """An instrument: title, days in force, official site, and digests of its places."""

    id: str
    title: Text
    number: str
    issuer: str
    span: Span
    url: str
    status: str
    confirmed: date
    places: Mapping[str, Text]
    """What an article or item says, in our own words, by its number."""
    short: tuple[str, ...] = ()
    """What people call it: 关税法, Tariff Law."""
    statuses: Mapping[str, str] = {}
    """How well each place is known: verified, secondary, unverified."""
    replaces: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()


def read_source(file: Path) -> Source:
    """Read one source.

    Raises:
        PackError: the head lacks something, or the file has no head.
    """
    head, body = head_and_body(file)
    pieces = under_headings(body)
    try:
        return Source(
            id=head["id"],
            title=Text(head["zh"], head["en"]),
            number=str(head.get("number") or ""),
            issuer=str(head.get("issuer") or ""),
            span=span_of(head),
            url=head.get("url") or "",
            status=head["status"],
            confirmed=confirmed_of(head),
            places={name: Text(_line("zh", said), _line("en", said)) for name, said in pieces},
            short=_short(head.get("short")),
            statuses={name: _line("status", said) or head["status"] for name, said in pieces},
            replaces=listed(head.get("replaces")),
            replaced_by=listed(head.get("replaced_by")),
            amends=listed(head.get("amends")),
        )
    except KeyError as missing:
        raise PackError(file, f"the head lacks {missing}", "Add it") from None
    except ValueError as fault:
        raise PackError(file, str(fault), WRITE_DAYS) from None


def _short(names: Any) -> tuple[str, ...]:
    """Short names, as one list or as one of each language."""
    if isinstance(names, dict):
        return tuple(name for each in names.values() for name in listed(each))
    return listed(names)


def _line(language: str, said: str) -> str:
    found = re.search(rf"^{language}: *(.+)$", said, flags=re.M)
    return found[1].strip() if found else ""
