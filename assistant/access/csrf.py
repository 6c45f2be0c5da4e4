"""Tokens that prove a form came from our own page.

A token is made from the cookie of whoever sees the form, logged in or not, with the key of the
site: another site can neither read the cookie nor make a token for it.
"""

import secrets

from assistant.access.hashes import digest_of, same
from assistant.storage.sealing import Seal

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
VISIT = "declarant_visit"
"""The cookie of somebody who has not logged in."""


def new_visit() -> str:
    """Return what the cookie of a new visitor says."""
    return secrets.token_urlsafe(32)


def token_for(cookie: str, seal: Seal) -> str:
    """Return the token that belongs to a cookie."""
    return digest_of("csrf", cookie, seal)


def token_fits(cookie: str | None, token: str | None, seal: Seal) -> bool:
    """Return whether a token belongs to a cookie; never where either is missing."""
    return bool(cookie and token) and same(token_for(cookie or "", seal), token or "")
