"""The audit log: who did what, when and to what.

It is only added to. Each row carries the hash of the one before it, so that whoever changes,
removes or inserts a row breaks the chain from there on.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, RowMapping, insert, select, text

from assistant.storage.service_tables import ACTOR, SUBJECT, audit_log
from knowledge.curation.columns import storable
from knowledge.text import Text

FIRST = "0" * 64
"""What the first row has as the hash before it."""
LOCK_NUMBER = 0x6C6F6763
"""The advisory lock of PostgreSQL: `logc`. SQLite lets one transaction write at a time anyway."""
ROWS_AT_ONCE = 1_000


class Act(NamedTuple):
    """Something somebody did; never with a secret in it."""

    actor: str
    """`key:3f9a…`, `user:li.wei` or `cli`."""
    organisation: str
    action: str
    """`key created`, `logged in`, …"""
    subject: str = ""
    """What it was done to."""
    data: Mapping[str, Any] = {}


class Logged(NamedTuple):
    """An act as it stands in the log."""

    number: int
    moment: datetime
    act: Act


class Verified(NamedTuple):
    """What checking the log has shown."""

    rows: int
    """Rows that fit, from the first on."""
    head: str
    """The hash of the last row that fits."""
    broken: int | None = None
    """The number of the first row that does not fit."""
    why: Text = Text("", "")
    seen: bool = True
    """Whether the hash that was known before is still in the chain."""


class AuditLog:
    """The audit log of a site."""

    def __init__(
        self, engine: Engine, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._engine = engine
        self._reading = engine.execution_options(reading=True)
        self._now = now

    def note(self, act: Act) -> None:
        """Add an act."""
        with self._engine.begin() as connection:
            note(connection, act, self._now())

    def of(self, organisation: str, before: int = 0, limit: int = 50) -> tuple[Logged, ...]:
        """Return what was done within an organisation, the newest first.

        Args:
            organisation: whose acts.
            before: only those with a smaller number; 0 for all.
            limit: how many at most.
        """
        query = select(audit_log).where(audit_log.c.organisation == organisation)
        if before:
            query = query.where(audit_log.c.number < before)
        query = query.order_by(audit_log.c.number.desc()).limit(limit)
        with self._reading.connect() as connection:
            return tuple(_logged(row) for row in connection.execute(query).mappings())

    def verify(self, seen: str = "") -> Verified:
        """Return whether every row fits the one before it.

        Args:
            seen: a hash that an earlier check gave; a log cut short since lacks it.
        """
        head, rows, known = FIRST, 0, seen in ("", FIRST)
        for row in self._rows():
            fault = _fault(row, rows + 1, head)
            if fault:
                return Verified(rows, head, row["number"], fault, known)
            head, rows = row["hash"], rows + 1
            known = known or head == seen
        return Verified(rows, head, seen=known)

    def _rows(self) -> Iterator[RowMapping]:
        """All rows in order, a thousand at a time."""
        last = -(2**62)
        while True:
            query = select(audit_log).where(audit_log.c.number > last)
            with self._reading.connect() as connection:
                part = query.order_by(audit_log.c.number).limit(ROWS_AT_ONCE)
                rows = connection.execute(part).mappings().all()
            yield from rows
            if len(rows) < ROWS_AT_ONCE:
                return
            last = rows[-1]["number"]


def note(connection: Connection, act: Act, moment: datetime) -> None:
    """Add an act within a transaction: it is logged if and only if it happens."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK_NUMBER})"))
    last = select(audit_log.c.number, audit_log.c.hash).order_by(audit_log.c.number.desc()).limit(1)
    number, previous = connection.execute(last).one_or_none() or (0, FIRST)
    row = {
        "number": number + 1,
        "moment": moment.astimezone(UTC),
        "actor": storable(act.actor)[:ACTOR],
        "organisation": act.organisation,
        "action": act.action,
        "subject": storable(act.subject)[:SUBJECT],
        "data": dict(act.data),
        "previous": previous,
    }
    connection.execute(insert(audit_log).values(row | {"hash": hash_of(row)}))


def hash_of(row: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a row and of the hash before it."""
    told = {name: row[name] for name in HASHED} | {"moment": row["moment"].isoformat()}
    plain = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(storable(plain).encode()).hexdigest()


HASHED = ("number", "actor", "organisation", "action", "subject", "data", "previous")


def _fault(row: RowMapping, number: int, head: str) -> Text | None:
    if row["number"] != number:
        return Text(f"缺第 {number} 行", f"row {number} is missing")
    if row["previous"] != head:
        return Text("与前一行的散列不符", "it does not carry the hash of the row before it")
    if row["hash"] != hash_of(dict(row)):
        return Text("内容被改动", "its content was changed")
    return None


def _logged(row: RowMapping) -> Logged:
    act = Act(row["actor"], row["organisation"], row["action"], row["subject"], row["data"])
    return Logged(row["number"], row["moment"], act)
