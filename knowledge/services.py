"""Services (办事事项): where a thing is done, at which authority, and whom to call."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from knowledge.records import by_key, several
from knowledge.text import Text


class Service(NamedTuple):
    """A thing one can have done: by whom, on which way in, under which number."""

    id: str
    name: Text
    authority: Text
    path: Text
    """Where to click, or how to apply; empty where it is not known."""
    hotline: str
    asked: tuple[str, ...]
    """How people ask for it, in either language."""
    status: str
    origin: Text


def read_services(file: Path) -> Mapping[str, Service]:
    """Read the services of one file, by id.

    Raises:
        PackError: a column is missing.
    """
    return by_key(file, "id", _service)


def _service(record: Mapping[str, str]) -> Service:
    zh, _, en = (record["origin"] or "").partition(" / ")
    return Service(
        id=record["id"],
        name=Text(record["zh"], record["en"]),
        authority=Text(record["authority_zh"] or "", record["authority_en"] or ""),
        path=Text(record["path_zh"] or "", record["path_en"] or ""),
        hotline=record["hotline"] or "",
        asked=several(record["asked"]),
        status=record["status"] or "",
        origin=Text(zh, en or zh),
    )
