"""How often somebody failed to log in, by name and by address, so that guessing becomes slow.

An attempt counts before it is looked at: many at once cannot slip through together.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple

from sqlalchemy import Connection, Engine, delete, select, update

from assistant.storage.adding import added
from assistant.storage.service_tables import log_in_failures

Kind = Literal["address", "user"]
FREE: dict[Kind, int] = {"address": 20, "user": 5}
"""Failures before one has to wait."""
LONGEST = timedelta(minutes=15)
FORGOTTEN = timedelta(hours=24)
DOUBLINGS = 20


class Attempt(NamedTuple):
    """Somebody who tries to log in, by hash."""

    address: str
    user: str


class LogInFailures:
    """The failures of a site."""

    def __init__(
        self, engine: Engine, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._engine = engine
        self._now = now

    def begin(self, attempt: Attempt) -> timedelta:
        """Count an attempt as failed and return nought; or how long to wait, and count nothing."""
        now = self._now()
        with self._engine.begin() as connection:
            held = [(kind, _held(connection, kind, getattr(attempt, kind), now)) for kind in FREE]
            wait = max(until for _, (_, until) in held) - now
            if wait > timedelta():
                return wait
            for kind, (failures, _) in held:
                until = now + wait_after(kind, failures + 1)
                _write(connection, kind, getattr(attempt, kind), failures + 1, now, until)
        return timedelta()

    def succeeded(self, attempt: Attempt) -> None:
        """Forget the failures of a name, and take this attempt back from its address.

        An address is not forgiven the rest: whoever guesses may have a name of their own.
        """
        now = self._now()
        with self._engine.begin() as connection:
            failures, _ = _held(connection, "address", attempt.address, now)
            _held(connection, "user", attempt.user, now)
            left = max(failures - 1, 0)
            until = now + wait_after("address", left) if left >= FREE["address"] else now
            _write(connection, "address", attempt.address, left, now, until)
            _write(connection, "user", attempt.user, 0, now, now)

    def purge(self) -> int:
        """Remove what is forgotten anyway and return how many rows."""
        old = log_in_failures.c.last < self._now() - FORGOTTEN
        with self._engine.begin() as connection:
            return connection.execute(delete(log_in_failures).where(old)).rowcount


def wait_after(kind: Kind, failures: int) -> timedelta:
    """Return how long to wait after so many failures: it doubles with each.

    >>> [int(wait_after("user", failures).total_seconds()) for failures in (4, 5, 6, 10, 99)]
    [0, 1, 2, 32, 900]
    """
    if failures < FREE[kind]:
        return timedelta()
    return min(LONGEST, timedelta(seconds=2 ** min(failures - FREE[kind], DOUBLINGS)))


def _held(connection: Connection, kind: Kind, subject: str, now: datetime) -> tuple[int, datetime]:
    """The failures of one subject, which nobody else changes until we are done."""
    table = log_in_failures
    row = {"kind": kind, "subject": subject, "failures": 0, "last": now, "barred_until": now}
    if added(connection, table, row):
        return 0, now
    query = select(table.c.failures, table.c.last, table.c.barred_until)
    query = query.where(table.c.kind == kind, table.c.subject == subject).with_for_update()
    failures, last, until = connection.execute(query).one()
    return (0, now) if last < now - FORGOTTEN else (failures, until)


def _write(
    connection: Connection, kind: Kind, subject: str, failures: int, last: datetime, until: datetime
) -> None:
    table = log_in_failures
    one = update(table).where(table.c.kind == kind, table.c.subject == subject)
    connection.execute(one.values(failures=failures, last=last, barred_until=until))
