"""Ids that cannot be guessed and stand in order of their moment."""

import hashlib
import secrets
import time


def fresh(prefix: str) -> str:
    """Return a new id: milliseconds since 1970, then 80 random bits.

    >>> fresh("bat").startswith("bat-"), len(fresh("bat"))
    (True, 36)
    """
    return f"{prefix}-{time.time_ns() // 1_000_000:012x}{secrets.token_hex(10)}"


def derived(prefix: str, *of: object) -> str:
    """Return an id that is the same for the same things.

    >>> derived("msg", "bat-1") == derived("msg", "bat-1") != derived("msg", "bat-2")
    True
    """
    told = "\n".join(map(str, of)).encode()
    return f"{prefix}-{hashlib.sha256(told).hexdigest()[:32]}"
