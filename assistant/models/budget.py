"""How many tokens a chat, and a site, may spend on a day.

Tokens are taken before a model is asked and what was not needed is given back, so that many who ask
at once never spend more than there is. A process that dies meanwhile leaves them taken.
"""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from threading import Lock
from typing import NamedTuple, Protocol

BEIJING = timedelta(hours=8)
"""The day begins where declarants work."""


class Uncounted(Exception):
    """Tokens can neither be counted nor looked up just now."""


class Limits(NamedTuple):
    """The most tokens a day."""

    a_chat: int
    in_all: int


class Spent(Protocol):
    """Counts tokens by day and chat; one that is kept in a database outlives the process."""

    def take(self, day: date, chat: str, tokens: int, limits: Limits) -> bool:
        """Count tokens where that keeps within limits; whether they were counted."""

    def change(self, day: date, chat: str, tokens: int) -> None:
        """Count more tokens, or fewer, whatever the limits."""


class SpentHere:
    """Counts in this process alone."""

    def __init__(self) -> None:
        self._counted: Counter[tuple[date, str]] = Counter()
        self._lock = Lock()

    def take(self, day: date, chat: str, tokens: int, limits: Limits) -> bool:
        """Count tokens where that keeps within limits; those of other days are forgotten."""
        with self._lock:
            for key in [key for key in self._counted if key[0] < day]:
                del self._counted[key]
            every = sum(held for (on, _), held in self._counted.items() if on == day)
            if not within(limits, chat, self._counted[day, chat] + tokens, every + tokens):
                return False
            self._counted[day, chat] += tokens
            return True

    def change(self, day: date, chat: str, tokens: int) -> None:
        """Count more tokens, or fewer."""
        with self._lock:
            self._counted[day, chat] += tokens


class Taken(NamedTuple):
    """Tokens set apart for a reply."""

    day: date
    chat: str
    tokens: int


class Budget:
    """Says whether a chat may still spend."""

    def __init__(
        self,
        limits: Limits,
        spent: Spent | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._limits = limits
        self._spent = spent or SpentHere()
        self._now = now

    def take(self, chat: str, tokens: int) -> Taken | None:
        """Set tokens apart for a reply; nothing where there are too few left today.

        Raises:
            Uncounted: what was spent cannot be looked up.
        """
        day = (self._now() + BEIJING).date()
        return (
            Taken(day, chat, tokens) if self._spent.take(day, chat, tokens, self._limits) else None
        )

    def settle(self, taken: Taken, tokens: int) -> None:
        """Count what a reply did cost instead of what was set apart.

        Raises:
            Uncounted: it cannot be written; what was set apart stays counted.
        """
        if tokens != taken.tokens:
            self._spent.change(taken.day, taken.chat, tokens - taken.tokens)


def within(limits: Limits, chat: str, own: int, every: int) -> bool:
    """Return whether counts keep within limits; who asks outside any chat spends of the whole."""
    return every <= limits.in_all and (not chat or own <= limits.a_chat)
