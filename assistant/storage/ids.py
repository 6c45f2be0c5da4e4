"""Ids that cannot be guessed and stand in order of their moment, so that a table grows at its end."""

import hashlib
import os
import secrets
import time
from itertools import count


class _Unguessable:
    """Random bits from a secret and a counter: the system is asked once, and not for every call."""

    def __init__(self) -> None:
        self.anew()

    def anew(self) -> None:
        """Take another secret; a process that was forked must not repeat the ids of its parent."""
        self._secret = secrets.token_bytes(32)
        self._numbers = count()

    def digits(self) -> str:
        """Return twenty hexadecimal digits."""
        number = next(self._numbers).to_bytes(8, "big")
        return hashlib.blake2b(number, digest_size=10, key=self._secret).hexdigest()


_BITS = _Unguessable()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_BITS.anew)


def fresh(prefix: str) -> str:
    """Return a new id: milliseconds since 1970, then 80 bits that nobody can guess.

    >>> fresh("bat").startswith("bat-"), len(fresh("bat"))
    (True, 36)
    """
    return f"{prefix}-{time.time_ns() // 1_000_000:012x}{_BITS.digits()}"


def derived(prefix: str, *of: object) -> str:
    """Return an id that is the same for the same things.

    >>> derived("msg", "bat-1") == derived("msg", "bat-1") != derived("msg", "bat-2")
    True
    """
    told = "\n".join(map(str, of)).encode()
    return f"{prefix}-{hashlib.sha256(told).hexdigest()[:32]}"
