"""How many calls a caller may make: a bucket of tokens for each, in every worker process.

Source: draft-ietf-httpapi-ratelimit-headers-07 for the three fields; RFC 9110 for Retry-After.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

MOST = 20_000
"""Buckets held at the same time; the one longest unused goes first."""


class Standing(NamedTuple):
    """How a caller stands after a call."""

    allowed: bool
    limit: int
    remaining: int
    reset_seconds: int
    """Until the bucket is full again."""
    wait_seconds: int
    """Until the next call is allowed."""

    @property
    def headers(self) -> dict[str, str]:
        """What a response tells of it."""
        told = {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset_seconds),
        }
        return told if self.allowed else {**told, "Retry-After": str(self.wait_seconds)}


class Limits:
    """A bucket for each caller: so many calls at once, refilled at a steady pace."""

    def __init__(
        self, a_minute: int, at_once: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._pace = a_minute / 60
        self._most = max(at_once, 1)
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, caller: str) -> Standing | None:
        """Take a call from a caller's bucket and return how it stands; nothing where none is limited.

        >>> limits = Limits(a_minute=60, at_once=2, clock=lambda: 0.0)
        >>> [limits.take("key").allowed for _ in range(3)]
        [True, True, False]
        """
        if not self._pace:
            return None
        now = self._clock()
        held = self._held(caller, now)
        allowed = held >= 1
        left = held - 1 if allowed else held
        self._buckets[caller] = (left, now)
        self._buckets.move_to_end(caller)
        while len(self._buckets) > MOST:
            self._buckets.popitem(last=False)
        return self._standing(left, allowed=allowed)

    def _held(self, caller: str, now: float) -> float:
        left, since = self._buckets.get(caller, (float(self._most), now))
        return min(self._most, left + (now - since) * self._pace)

    def _standing(self, left: float, *, allowed: bool) -> Standing:
        full = math.ceil((self._most - left) / self._pace)
        wait = 0 if allowed else max(1, math.ceil((1 - left) / self._pace))
        return Standing(allowed, self._most, int(left), full, wait)
