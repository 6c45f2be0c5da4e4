"""Sources: laws, announcements and standards, in digest, by place."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from knowledge.errors import PackError
from knowledge.parameters import load_yaml
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


def read_source(file: Path) -> Source:
    """Read one source.

    Raises:
        PackError: the head lacks something, or the file has no head.
    """
    parts = re.split(r"^---\s*$", file.read_text("utf-8"), maxsplit=2, flags=re.M)
    if len(parts) != 3:
        raise PackError(file, "there is no head", "Begin with a YAML head between --- lines")
    head: dict[str, Any] = load_yaml(parts[1])
    try:
        return Source(
            id=head["id"],
            title=Text(head["zh"], head["en"]),
            number=str(head.get("number") or ""),
            issuer=str(head.get("issuer") or ""),
            span=Span(head.get("since"), head.get("until")),
            url=head.get("url") or "",
            status=head["status"],
            confirmed=head["confirmed"],
            places=dict(_places(parts[2])),
        )
    except KeyError as missing:
        raise PackError(file, f"the head lacks {missing}", "Add it") from None


def _places(body: str) -> list[tuple[str, Text]]:
    pieces = re.split(r"^## +(.+?)\s*$", body, flags=re.M)[1:]
    return [
        (name, Text(_line("zh", said), _line("en", said)))
        for name, said in zip(pieces[::2], pieces[1::2], strict=True)
    ]


def _line(language: str, said: str) -> str:
    found = re.search(rf"^{language}: *(.+)$", said, flags=re.M)
    return found[1].strip() if found else ""
