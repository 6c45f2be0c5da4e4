"""Keeps reports: those that came while the last ones were written go in one transaction.

A commit waits for the disk, so a thousand a second would not do; a hundred for a dozen reports each
do. Whoever sends a report learns when it is safe.
"""

import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from assistant.storage.reports import Draft, KeptReport, Reports
from auditors.report import Report

MOST = 500
"""Reports of one transaction."""
GATHER_SECONDS = 0.004
"""How long others are waited for, where a group follows another: a commit takes as long."""
Also = Callable[[Connection], None]
Told = Callable[[Sequence[Any], Exception | None], None]
"""Is told which tickets are settled, and what went wrong where their reports are not kept."""


class ToKeep(NamedTuple):
    """A report to keep, with its draft for organisations that want drafts kept."""

    report: KeptReport
    draft: Draft | None
    ticket: Any
    """Whatever its sender knows it by."""
    also: Also | None = None
    """What is to be written with it: both or neither."""


class ReportWriter:
    """A thread that writes reports in groups."""

    def __init__(self, engine: Engine, reports: Reports, told: Told) -> None:
        """Start the thread.

        Args:
            engine: of the database.
            reports: of the same database.
            told: called in the thread, once for a group.
        """
        self._engine = engine
        self._reports = reports
        self._told = told
        self._waiting: list[ToKeep] = []
        self._something = threading.Condition(threading.Lock())
        self._ending = False
        self._thread = threading.Thread(target=self._run, name="reports", daemon=True)
        self._thread.start()

    def put(self, wanted: ToKeep) -> None:
        """Have a report kept; its ticket is settled once it is, or cannot be.

        Raises:
            RuntimeError: the writer was closed.
        """
        with self._something:
            if self._ending:
                raise RuntimeError("the writer of reports was closed")
            self._waiting.append(wanted)
            if len(self._waiting) == 1:
                self._something.notify()

    def close(self) -> None:
        """Write what waits, and end the thread."""
        with self._something:
            self._ending = True
            self._something.notify()
        self._thread.join()

    def _run(self) -> None:
        while group := self._next():
            try:
                self._write(group)
            except OperationalError as fault:
                self._settle(group, fault)
            except Exception as fault:
                self._one_by_one(group, fault)
            else:
                self._settle(group, None)
            if len(group) > 1:
                time.sleep(GATHER_SECONDS)  # other processes write meanwhile

    def _next(self) -> list[ToKeep]:
        with self._something:
            while not self._waiting and not self._ending:
                self._something.wait()
            group, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            return group

    def _write(self, group: Sequence[ToKeep]) -> None:
        with self._engine.begin() as connection:
            self._reports.write(connection, [(each.report, each.draft) for each in group])
            for each in group:
                if each.also:
                    each.also(connection)

    def _one_by_one(self, group: Sequence[ToKeep], fault: Exception) -> None:
        """Keep each alone: one that the database does not take must not cost the others."""
        if len(group) == 1:
            self._settle(group, fault)
            return
        for each in group:
            try:
                self._write([each])
            except Exception as its_own:
                self._settle([each], its_own)
            else:
                self._settle([each], None)

    def _settle(self, group: Sequence[ToKeep], fault: Exception | None) -> None:
        self._told([each.ticket for each in group], fault)


def as_kept(report: Report, id: str, organisation: str, content: bytes) -> KeptReport:
    """Return a report as it is kept.

    Args:
        report: what was found.
        id: its id.
        organisation: whose it is.
        content: what is kept of it, as `auditors.render.kept` makes it.
    """
    counts = report.summary
    return KeptReport(
        id=id,
        organisation=organisation,
        moment=datetime.now(UTC),
        day=report.day,
        profile=report.profile,
        state=state_of(report),
        errors=counts["error"],
        warnings=counts["warning"],
        infos=counts["info"],
        content=content,
    )


def state_of(report: Report) -> str:
    """Return how an audit ended; only `clean` says that nothing was found."""
    if not report.readable:
        return "unreadable"
    if not report.complete:
        return "incomplete"
    return "findings" if report.findings else "clean"
