"""Answers that seldom change: an ETag with each, and nothing sent where the caller has it already.

Source: RFC 9110, sections 8.8.3 and 13.1.2.
"""

from hashlib import blake2b
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

AGE = "private, max-age=0, must-revalidate"
"""Kept by the caller and no proxy, and asked for anew each time, which a 304 makes cheap."""


def tagged(request: Request, held: Any, media_type: str = "application/json") -> Response:
    """Return what is held as JSON with its tag; 304 where the caller has just this."""
    content = held if isinstance(held, bytes) else msgspec.json.encode(held)
    tag = f'"{blake2b(content, digest_size=16).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": AGE, "Vary": "Authorization, Cookie"}
    if _has(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=media_type)


def _has(known: str, tag: str) -> bool:
    """Whether one of the tags a caller knows is this one; compared weakly, as the RFC has it."""
    named = (each.strip().removeprefix("W/") for each in known.split(","))
    return known.strip() == "*" or tag in named
