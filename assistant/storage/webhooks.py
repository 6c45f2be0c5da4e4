"""Messages to the addresses of organisations: what is to be sent, and how its delivery stands."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, delete, select, update

from assistant.storage.adding import added
from assistant.storage.ids import derived
from assistant.storage.jobs import WAITING, claimed, due, leased
from assistant.storage.service_tables import webhook_deliveries

DELIVERED, FAILED = "delivered", "failed"
DAYS = 30
"""How long it is remembered what was sent."""


class Delivery(NamedTuple):
    """A message that was claimed."""

    id: str
    """The same at every attempt: whoever gets it twice knows it by that."""
    organisation: str
    url: str
    payload: bytes
    claim: str
    attempts: int
    """This one included."""


class Standing(NamedTuple):
    """How a delivery stands."""

    state: str
    attempts: int
    status: int | None
    """What the receiver answered last."""
    fault: str
    """Why it could not be delivered; empty where it was."""
    due: datetime | None
    """When it is tried again."""


class Deliveries:
    """The messages of a site."""

    def __init__(
        self,
        engine: Engine,
        lease_seconds: float = 60.0,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._engine = engine
        self._reading = engine.execution_options(reading=True)
        self._lease = timedelta(seconds=lease_seconds)
        self._now = now

    def claim(self) -> Delivery | None:
        """Return a message to send now, which nobody else sends meanwhile."""
        known, now = webhook_deliveries.c, self._now()
        values = {"attempts": known.attempts + 1, **leased(now, self._lease)}
        is_due = due(webhook_deliveries, now)
        row = claimed(self._engine, self._reading, webhook_deliveries, is_due, values)
        if row is None:
            return None
        return Delivery(row.id, row.organisation, row.url, row.payload, row.claim, row.attempts)

    def delivered(self, delivery: Delivery, status: int) -> None:
        """Note that a message was taken."""
        done = {"state": DELIVERED, "status": status, "fault": "", "delivered": self._now()}
        self._note(delivery, done)

    def failed(
        self, delivery: Delivery, status: int | None, fault: str, wait_seconds: float | None
    ) -> None:
        """Note that a message was not taken, and when to try again; never, where that is nothing."""
        again = timedelta(seconds=wait_seconds or 0)
        state = FAILED if wait_seconds is None else WAITING
        told = {"status": status, "fault": fault[:200]}
        self._note(delivery, {"state": state, "due": self._now() + again, **told})

    def standing(self, subject: str) -> Standing | None:
        """Return how the message about something stands, or nothing where there is none."""
        known = webhook_deliveries.c
        query = select(known.state, known.attempts, known.status, known.fault, known.due)
        with self._reading.connect() as connection:
            row = connection.execute(query.where(known.subject == subject)).first()
        if row is None:
            return None
        ended = row.state in (DELIVERED, FAILED)
        return Standing(*row[:4], None if ended else row.due)

    def expire(self) -> int:
        """Forget what was sent, or given up, long ago; how many."""
        known, old = webhook_deliveries.c, self._now() - timedelta(days=DAYS)
        over = known.state.in_((DELIVERED, FAILED)) & (known.made < old)
        with self._engine.begin() as connection:
            return connection.execute(delete(webhook_deliveries).where(over)).rowcount

    def _note(self, delivery: Delivery, values: dict[str, Any]) -> None:
        known = webhook_deliveries.c
        mine = (known.id == delivery.id) & (known.claim == delivery.claim)
        with self._engine.begin() as connection:
            connection.execute(update(webhook_deliveries).where(mine).values(values))


def add_delivery(
    connection: Connection,
    organisation: str,
    subject: str,
    url: str,
    payload: bytes,
    moment: datetime,
) -> bool:
    """Add a message within a transaction; whether there was none about the same thing."""
    row = {
        "id": derived("msg", subject),
        "organisation": organisation,
        "subject": subject,
        "url": url,
        "payload": payload,
        "state": WAITING,
        "made": moment,
        "due": moment,
        "lease_until": None,
        "claim": "",
        "attempts": 0,
        "status": None,
        "fault": "",
        "delivered": None,
    }
    return added(connection, webhook_deliveries, row)
