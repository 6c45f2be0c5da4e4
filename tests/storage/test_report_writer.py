"""Reports kept in groups: safe when they are told to be, and one that fails costs no other."""

import threading
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Connection, Engine

from assistant.storage.report_writer import ReportWriter, ToKeep
from assistant.storage.reports import KeptReport, Reports, new_report_id
from assistant.storage.sealing import Seal
from tests.clock import Clock


class Told:
    """Remembers what the writer tells."""

    def __init__(self, wanted: int) -> None:
        self.faults: dict[int, Exception | None] = {}
        self.groups = 0
        self._wanted = wanted
        self._whole = threading.Event()

    def __call__(self, tickets: Sequence[Any], fault: Exception | None) -> None:
        """Note a group."""
        self.groups += 1
        self.faults |= dict.fromkeys(tickets, fault)
        if len(self.faults) >= self._wanted:
            self._whole.set()

    def wait(self) -> None:
        """Wait until everything was told."""
        assert self._whole.wait(20)


@pytest.fixture
def held(database: Engine) -> Reports:
    """Return the reports of a site."""
    return Reports(database, Seal(Fernet.generate_key()))


def report(id: str) -> KeptReport:
    """Return a report to keep."""
    day = date(2026, 11, 20)
    return KeptReport(id, "甲公司", Clock().now, day, "default", "clean", 0, 0, 0, b"{}")


def test_reports_that_came_together_are_kept_together(database: Engine, held: Reports) -> None:
    """Many reports take few transactions, and each can be read once its ticket is settled."""
    told = Told(300)
    writer = ReportWriter(database, held, told)
    ids = [new_report_id() for _ in range(300)]
    for ticket, id in enumerate(ids):  # noqa: A001
        writer.put(ToKeep(report(id), None, ticket))
    told.wait()
    writer.close()
    assert set(told.faults.values()) == {None}
    assert told.groups < 100
    assert {each.id for each in held.of("甲公司", limit=400)} == set(ids)


def test_a_report_that_cannot_be_kept_costs_no_other(database: Engine, held: Reports) -> None:
    """The same id twice, or a thing to write with it that fails, concerns that report alone."""
    told = Told(4)

    def fails(connection: Connection) -> None:
        raise KeyError("lost")

    gate = threading.Lock()
    gate.acquire()
    slow = _Slow(held, gate)
    writer = ReportWriter(database, slow, told)
    writer.put(ToKeep(report("r-0"), None, 0))
    for ticket, wanted in enumerate(("r-1", "r-0", "r-2"), 1):
        also = fails if wanted == "r-2" else None
        writer.put(ToKeep(report(wanted), None, ticket, also))
    gate.release()
    told.wait()
    writer.close()
    assert [told.faults[ticket] is None for ticket in range(4)] == [True, True, False, False]
    assert {each.id for each in held.of("甲公司")} == {"r-0", "r-1"}


class _Slow(Reports):
    """Reports that are not written before a gate opens, so that others gather meanwhile."""

    def __init__(self, held: Reports, gate: threading.Lock) -> None:
        self._held = held
        self._gate = gate

    def write(self, connection: Connection, many: Any) -> None:
        """Write them once the gate is open."""
        with self._gate:
            self._held.write(connection, many)


def test_a_closed_writer_keeps_what_waits_and_takes_nothing_more(
    database: Engine, held: Reports
) -> None:
    """Nothing that was put is lost at the end, and what comes later is refused."""
    told = Told(20)
    writer = ReportWriter(database, held, told)
    for ticket in range(20):
        writer.put(ToKeep(report(f"r-{ticket}"), None, ticket))
    writer.close()
    assert len(held.of("甲公司", limit=50)) == 20
    with pytest.raises(RuntimeError, match="closed"):
        writer.put(ToKeep(report("r-99"), None, 99))
