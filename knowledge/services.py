"""Services (办事事项): where a thing is done, at which authority, and whom to call."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from knowledge.errors import PackError
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
    with file.open(encoding="utf-8", newline="") as text:
        try:
            return {record["id"]: _service(record) for record in csv.DictReader(text)}
        except KeyError as missing:
            raise PackError(file, f"there is no column {missing}", "Add it") from None


def _service(record: Mapping[str, str]) -> Service:
    zh, _, en = (record["origin"] or "").partition(" / ")
    return Service(
        id=record["id"],
        name=Text(record["zh"], record["en"]),
        authority=Text(record["authority_zh"] or "", record["authority_en"] or ""),
        path=Text(record["path_zh"] or "", record["path_en"] or ""),
        hotline=record["hotline"] or "",
        asked=tuple(filter(None, map(str.strip, (record["asked"] or "").split(";")))),
        status=record["status"] or "",
        origin=Text(zh, en or zh),
    )
