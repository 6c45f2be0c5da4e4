"""Work to be done in the background: claimed with a lease, so that a worker may die at any moment."""

import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Table, and_, delete, or_, select, update

from assistant.storage.adding import added
from assistant.storage.service_tables import jobs

WAITING, RUNNING = "waiting", "running"


class Job(NamedTuple):
    """A piece of work that was claimed."""

    id: str
    kind: str
    subject: str
    """What it is about: the id of a batch."""
    claim: str
    attempts: int
    """How often it was claimed since it last came on, this time included."""


class Jobs:
    """The work of a site."""

    def __init__(
        self,
        engine: Engine,
        lease_seconds: float = 30.0,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Open them.

        Args:
            engine: of the database.
            lease_seconds: how long a worker that is silent is waited for.
            now: the clock.
        """
        self._engine = engine
        self._reading = engine.execution_options(reading=True)
        self._lease = timedelta(seconds=lease_seconds)
        self._now = now

    def claim(self, kinds: Sequence[str]) -> Job | None:
        """Return a piece of work that nobody else does, or nothing where there is none."""
        known, now = jobs.c, self._now()
        is_due = known.kind.in_(kinds) & due(jobs, now)
        values = {"attempts": known.attempts + 1, **leased(now, self._lease)}
        row = claimed(self._engine, self._reading, jobs, is_due, values)
        return Job(row.id, row.kind, row.subject, row.claim, row.attempts) if row else None

    def came_on(self, connection: Connection, job: Job) -> bool:
        """Renew the lease of a job within a transaction; whether it is still this worker's."""
        values = {"lease_until": self._now() + self._lease, "attempts": 0}
        return bool(connection.execute(update(jobs).where(_held(job)).values(values)).rowcount)

    def done(self, connection: Connection, job: Job) -> bool:
        """Remove a job within a transaction; whether it was still this worker's."""
        return bool(connection.execute(delete(jobs).where(_held(job))).rowcount)

    def put_off(self, job: Job, seconds: float) -> None:
        """Let somebody try again later."""
        values = {"state": WAITING, "due": self._now() + timedelta(seconds=seconds)}
        with self._engine.begin() as connection:
            connection.execute(update(jobs).where(_held(job)).values(values))


def add_job(connection: Connection, kind: str, subject: str, moment: datetime) -> bool:
    """Add work within a transaction; whether there was none of that kind about the same thing."""
    row = {
        "id": secrets.token_hex(16),
        "kind": kind,
        "subject": subject,
        "state": WAITING,
        "made": moment,
        "due": moment,
        "lease_until": None,
        "claim": "",
        "attempts": 0,
    }
    return added(connection, jobs, row)


def due(table: Table, now: datetime) -> Any:
    """Return what is true of work that waits, or whose worker has been silent for too long."""
    known = table.c
    waits = and_(known.state == WAITING, known.due <= now)
    return or_(waits, and_(known.state == RUNNING, known.lease_until < now))


def leased(now: datetime, lease: timedelta) -> dict[str, Any]:
    """Return the columns of work that is claimed."""
    return {"state": RUNNING, "claim": secrets.token_hex(16), "lease_until": now + lease}


def claimed(
    engine: Engine, reading: Engine, table: Table, is_due: Any, values: dict[str, Any]
) -> Any:
    """Claim the row that has been due for longest and return it, or nothing.

    Nothing is written where nothing is due. On PostgreSQL a row that another worker is claiming is
    passed over; on SQLite one transaction writes at a time.
    """
    first = select(table.c.id).where(is_due).order_by(table.c.due, table.c.id).limit(1)
    with reading.connect() as connection:
        if connection.execute(first).first() is None:
            return None
    chosen = first.with_for_update(skip_locked=True).scalar_subquery()
    claiming = update(table).where(table.c.id == chosen).values(values).returning(table)
    with engine.begin() as connection:
        return connection.execute(claiming).first()


def _held(job: Job) -> Any:
    return (jobs.c.id == job.id) & (jobs.c.claim == job.claim) & (jobs.c.state == RUNNING)
