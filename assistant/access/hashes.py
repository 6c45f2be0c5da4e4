"""API keys and other random secrets: how they are made, and what is kept of them.

Such a secret has 256 random bits, so it is not hashed slowly; it is hashed with the key of the site,
so that whoever reads or writes the database can neither use nor forge one.
"""

import hmac
import re
import secrets
from typing import Literal, NamedTuple

from assistant.storage.sealing import Seal

PREFIX = "dk"
SHAPE = re.compile(rf"{PREFIX}_([0-9a-f]{{12}})_([A-Za-z0-9_-]{{43}})")
Purpose = Literal["key", "session", "csrf", "user", "address", "idempotency", "request"]


class NewKey(NamedTuple):
    """A key as it is shown once, and what is kept of it."""

    id: str
    shown: str
    """`dk_<id>_<secret>`; never kept."""
    digest: str

    def __repr__(self) -> str:
        return f"NewKey(id={self.id!r})"


def new_key(seal: Seal) -> NewKey:
    """Return a fresh API key."""
    number, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    return NewKey(number, f"{PREFIX}_{number}_{secret}", digest_of("key", secret, seal))


def key_parts(shown: str) -> tuple[str, str] | None:
    """Return the id and the secret of a key, or nothing where it has not the shape of one.

    >>> key_parts("dk_0123456789ab_" + "s" * 43) == ("0123456789ab", "s" * 43)
    True
    >>> key_parts("sk-0123456789ab")
    """
    shaped = SHAPE.fullmatch(shown)
    return (shaped[1], shaped[2]) if shaped else None


def digest_of(purpose: Purpose, secret: str, seal: Seal) -> str:
    """Return what is kept of a secret: 64 hex digits, others for each purpose and site."""
    return seal.hash(f"{purpose}\0{secret}".encode("utf-8", "surrogatepass"))


def same(one: str, other: str) -> bool:
    """Compare two digests or codes in constant time."""
    return hmac.compare_digest(
        one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass")
    )
