"""Days in force."""

from datetime import date
from typing import NamedTuple


class Span(NamedTuple):
    """First and last day something is in force; None leaves that end open."""

    since: date | None = None
    until: date | None = None

    @classmethod
    def parse(cls, since: str | None, until: str | None) -> "Span":
        """Read two ISO days; an empty one leaves that end open.

        >>> Span.parse("2024-04-10", "").covers(date(2024, 4, 9))
        False
        """
        return cls(
            date.fromisoformat(since) if since else None,
            date.fromisoformat(until) if until else None,
        )

    def covers(self, day: date) -> bool:
        """Return whether the day lies within, both ends included."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )
