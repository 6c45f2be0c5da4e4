"""Long lists, a page at a time: an opaque cursor tells where the next page begins."""

import base64
import binascii
from collections.abc import Callable, Sequence
from hashlib import blake2b
from itertools import islice
from typing import Annotated, Any, Generic, NamedTuple, TypeVar

import msgspec
from fastapi import Depends, Query
from starlette.requests import Request

from assistant.web.problems import Problem
from knowledge.text import Text

MOST = 200
USUAL = 50
UNKNOWN = Text(
    "cursor 不是本列表给出的", "The cursor was not given with this list and these filters"
)
Item = TypeVar("Item")


class Mark(msgspec.Struct, frozen=True):
    """Where a page ends: the list and filters it belongs to, and what stands before the next."""

    of: str
    after: str


class Page(NamedTuple):
    """What a caller asks for of a list."""

    of: str
    """A hash of the list and its filters."""
    after: str
    """The key of the last entry seen; empty for the first page."""
    limit: int


class Cut(NamedTuple, Generic[Item]):
    """A page of a list."""

    items: Sequence[Item]
    next: str | None
    """The cursor of the next page; none where this is the last."""
    total: int


def page(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=MOST, description="Entries a page")] = USUAL,
    cursor: Annotated[
        str | None, Query(max_length=400, description="`next` of the page before")
    ] = None,
) -> Page:
    """Return which page of a list is asked for.

    Raises:
        Problem: the cursor belongs to another list.
    """
    filters = sorted(
        each for each in request.query_params.multi_items() if each[0] not in ("cursor", "limit")
    )
    of = blake2b(msgspec.json.encode([request.url.path, filters]), digest_size=8).hexdigest()
    return Page(of, _after(cursor, of) if cursor else "", limit)


Paged = Annotated[Page, Depends(page)]
"""The page a caller asks for."""


def cut(items: Sequence[Item], wanted: Page, key: Callable[[Item], str]) -> Cut[Item]:
    """Return a page of a list that stands in order of its keys.

    An entry that came or went meanwhile neither repeats others nor leaves them out.
    """
    left = (each for each in items if not wanted.after or key(each) > wanted.after)
    held = list(islice(left, wanted.limit + 1))
    shown = held[: wanted.limit]
    more = mark(wanted, key(shown[-1])) if len(held) > len(shown) else None
    return Cut(shown, more, len(items))


def mark(wanted: Page, after: str) -> str:
    """Return the cursor of the page that follows an entry."""
    told = msgspec.json.encode(Mark(wanted.of, after))
    return base64.urlsafe_b64encode(told).decode().rstrip("=")


def _after(cursor: str, of: str) -> str:
    try:
        told: Any = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        held = msgspec.json.decode(told, type=Mark)
    except (binascii.Error, ValueError, msgspec.DecodeError):
        raise Problem("invalid", UNKNOWN) from None
    if held.of != of:
        raise Problem("invalid", UNKNOWN)
    return held.after
