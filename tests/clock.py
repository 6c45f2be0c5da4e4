"""A clock that stands still until it is told to go on."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Tells the time."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the moment it is."""
        return self.now

    def go_on(self, **time: float) -> None:
        """Let some time pass, as `timedelta` takes it."""
        self.now += timedelta(**time)
