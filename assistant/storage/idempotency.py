"""Calls that are done once, however often they are sent.

A call claims its key; whoever comes meanwhile is told so, and whoever comes later gets the reply
that was kept. A claim whose process died is free again when its lease ends.

Source: draft-ietf-httpapi-idempotency-key-header.
"""

import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    Update,
    and_,
    delete,
    select,
    update,
)

from assistant.storage.adding import added
from assistant.storage.sealing import Seal
from assistant.storage.service_tables import idempotency

KEPT = timedelta(hours=24)
LEASE = timedelta(seconds=60)
TRIES = 3


class Reply(NamedTuple):
    """What was answered to a call."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def __repr__(self) -> str:
        return f"Reply(status={self.status})"


class Claim(NamedTuple):
    """The right to do a call."""

    organisation: str
    key: str
    token: str


class KeyReused(Exception):
    """The key was used for another call."""


class InProgress(Exception):
    """The same call is being done; says after how many seconds to come again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"come again in {seconds} s")
        self.seconds = seconds


class ClaimLost(Exception):
    """The lease ended, and somebody else does the call: what was done for it must not stay."""


class Idempotency:
    """The claims and replies of a site."""

    def __init__(
        self,
        engine: Engine,
        seal: Seal,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        lease: timedelta = LEASE,
    ) -> None:
        self._engine = engine
        self._seal = seal
        self._now = now
        self._lease = lease

    def claim(self, organisation: str, key: str, request: bytes) -> Claim | Reply:
        """Claim a call, or return what was answered to it.

        Args:
            organisation: of the caller; others may use the same key.
            key: as the caller sent it.
            request: all that makes the call what it is: method, path, query, type and body.

        Raises:
            InProgress: somebody does it.
            KeyReused: the key belongs to another call.
        """
        hashed = self._seal.hash(b"idempotency\0" + key.encode("utf-8", "surrogatepass"))
        told = self._seal.hash(b"request\0" + request)
        for _ in range(TRIES):
            with self._engine.begin() as connection:
                done = self._claimed(connection, Claim(organisation, hashed, ""), told)
            if done:
                return done
        raise InProgress(1)  # it was removed under our eyes each time

    def renew(self, claim: Claim) -> None:
        """Hold a claim for another lease.

        Raises:
            ClaimLost: somebody else has it.
        """
        values = {"lease_until": self._now() + self._lease}
        with self._engine.begin() as connection:
            if not connection.execute(_own(claim, values)).rowcount:
                raise ClaimLost

    def finish(self, claim: Claim, reply: Reply) -> None:
        """Keep the reply of a call.

        Raises:
            ClaimLost: somebody else has it.
        """
        with self._engine.begin() as connection:
            self.write(connection, claim, reply)

    def write(self, connection: Connection, claim: Claim, reply: Reply) -> None:
        """Keep the reply in the transaction that stores what the call stores: both or neither.

        Raises:
            ClaimLost: somebody else has it, and the transaction must be undone.
        """
        values = {
            "status": reply.status,
            "headers": dict(reply.headers),
            "body": self._seal.seal(reply.body),
        }
        if not connection.execute(_own(claim, values)).rowcount:
            raise ClaimLost

    def drop(self, claim: Claim) -> None:
        """Give a claim back: the call failed and stored nothing, and may be sent again at once."""
        with self._engine.begin() as connection:
            connection.execute(delete(idempotency).where(_running(claim)))

    def purge(self) -> int:
        """Remove what is older than a day and return how many."""
        old = idempotency.c.expires <= self._now()
        with self._engine.begin() as connection:
            return connection.execute(delete(idempotency).where(old)).rowcount

    def _claimed(self, connection: Connection, wanted: Claim, request: str) -> Claim | Reply | None:
        mine = wanted._replace(token=secrets.token_hex(16))
        row = {"organisation": mine.organisation, "key": mine.key, **self._fresh(mine, request)}
        if added(connection, idempotency, row):
            return mine
        query = select(idempotency).where(_same(mine)).with_for_update()
        held = connection.execute(query).mappings().first()
        if held is None:
            return None
        if held["expires"] > self._now():
            if held["request"] != request:
                raise KeyReused
            if held["status"] is not None:
                return self._reply(held)
            if (left := held["lease_until"] - self._now()) > timedelta():
                raise InProgress(max(1, int(left.total_seconds())))
        fresh = self._fresh(mine, request)
        connection.execute(update(idempotency).where(_same(mine)).values(fresh))
        return mine

    def _fresh(self, claim: Claim, request: str) -> dict[str, object]:
        now = self._now()
        return {
            "request": request,
            "claim": claim.token,
            "lease_until": now + self._lease,
            "expires": now + KEPT,
            "status": None,
            "headers": {},
            "body": None,
        }

    def _reply(self, row: RowMapping) -> Reply:
        return Reply(row["status"], row["headers"], self._seal.unseal(row["body"]))


def _same(claim: Claim) -> ColumnElement[bool]:
    table = idempotency.c
    return and_(table.organisation == claim.organisation, table.key == claim.key)


def _running(claim: Claim) -> ColumnElement[bool]:
    return and_(_same(claim), idempotency.c.claim == claim.token, idempotency.c.status.is_(None))


def _own(claim: Claim, values: Mapping[str, object]) -> Update:
    return update(idempotency).where(_running(claim)).values(values)
