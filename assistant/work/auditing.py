"""Audits the drafts of a batch, some at a time; whoever dies at it loses and doubles nothing.

A draft is settled in one transaction with its report, whose id follows from batch and number. So
whoever takes the batch over goes on with the first draft that is not settled.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple, cast

import msgspec
from sqlalchemy import Engine

from assistant.storage.batches import (
    DONE,
    KIND,
    WAITING,
    Batches,
    Item,
    Progress,
    Wanted,
    report_id,
)
from assistant.storage.jobs import Job, Jobs
from assistant.storage.report_writer import as_kept
from assistant.storage.reports import KeptReport
from assistant.storage.webhooks import add_delivery
from assistant.work.forms import form_named
from auditors.auditing import audited, our_fault
from auditors.batch import Batch
from auditors.engine import unreadable
from auditors.part import CHINA
from auditors.render.kept import keep
from auditors.report import Report
from auditors.rule import Profile
from knowledge.library import Library

AT_ONCE = 20
"""Drafts settled in one transaction."""
CAREFUL = 3
"""From this many claims without a draft settled on, drafts are settled one by one."""
DEADLY = 6
"""From this many on, the next draft is taken to be what ends the worker each time."""
FINISHED = "batch.finished"


class Taken(NamedTuple):
    """A batch that this worker has."""

    job: Job
    wanted: Wanted
    seen: Batch
    """The drafts that were audited, so that a client number used twice is found."""
    past: int
    """The number of the last draft seen."""


class BatchWork:
    """Audits batches."""

    def __init__(
        self, engine: Engine, batches: Batches, jobs: Jobs, library: Callable[[], Library]
    ) -> None:
        self._engine = engine
        self._batches = batches
        self._jobs = jobs
        self._library = library
        self._taken: Taken | None = None

    def step(self) -> bool:
        """Settle some drafts of a batch; whether there was anything to do."""
        taken = self._taken or self._claimed()
        if taken is None:
            return False
        self._taken = None
        items = self._batches.items(taken.job.subject, WAITING, _at_once(taken.job), taken.past)
        if not items:
            self._finish(taken)
            return True
        kept = self._audited(taken, items)
        if self._settle(taken.job, items, kept):
            job = taken.job._replace(attempts=0)
            self._taken = taken._replace(job=job, past=items[-1].number)
        return True

    def _claimed(self) -> Taken | None:
        job = self._jobs.claim([KIND])
        wanted = self._batches.wanted(job.subject) if job else None
        if job is None or wanted is None:
            return None
        return Taken(job, wanted, *self._seen_before(job.subject, wanted))

    def _seen_before(self, batch: str, wanted: Wanted) -> tuple[Batch, int]:
        """Look again at the drafts that another worker has settled."""
        seen, past = Batch(), 0
        while items := self._batches.items(batch, DONE, AT_ONCE, past):
            for item in items:
                seen.told_apart(self._report(item, wanted))
            past = items[-1].number
        return seen, past

    def _audited(self, taken: Taken, items: Sequence[Item]) -> list[KeptReport]:
        deadly = taken.job.attempts >= DEADLY
        return [self._kept(taken, item, deadly=deadly) for item in items]

    def _kept(self, taken: Taken, item: Item, *, deadly: bool) -> KeptReport:
        report = self._given_up(item, taken.wanted) if deadly else self._report(item, taken.wanted)
        report = taken.seen.told_apart(report)
        known = report_id(taken.job.subject, item.number)
        return as_kept(report, known, taken.wanted.organisation, keep(report)[1])

    def _report(self, item: Item, wanted: Wanted) -> Report:
        return audited(
            item.content,
            self._library(),
            item.name,
            as_of=wanted.as_of,
            profile=_profile(wanted),
            form=form_named(item.media_type),
        ).report

    def _given_up(self, item: Item, wanted: Wanted) -> Report:
        day = wanted.as_of or datetime.now(CHINA).date()
        fault = our_fault(RuntimeError("every worker that tried this draft was ended by it"))
        facts = self._library().on(day)
        return unreadable(fault, facts, _profile(wanted), name=item.name)

    def _settle(self, job: Job, items: Sequence[Item], kept: Sequence[KeptReport]) -> bool:
        """Keep the reports, unless another worker has taken over meanwhile."""
        with self._engine.begin() as connection:
            if not self._jobs.came_on(connection, job):
                return False
            for item, report in zip(items, kept, strict=True):
                self._batches.settle(connection, job.subject, item.number, report)
        return True

    def _finish(self, taken: Taken) -> None:
        with self._engine.begin() as connection:
            if not self._jobs.done(connection, taken.job):
                return
            ended = self._batches.finish(connection, taken.job.subject)
            if ended and taken.wanted.webhook:
                add_delivery(
                    connection,
                    taken.wanted.organisation,
                    ended.id,
                    taken.wanted.webhook,
                    _told(ended),
                    datetime.now(UTC),
                )


def _at_once(job: Job) -> int:
    return 1 if job.attempts >= CAREFUL else AT_ONCE


def _profile(wanted: Wanted) -> Profile:
    return cast(Profile, wanted.profile)


def _told(ended: Progress) -> bytes:
    """What the receiver of a webhook reads: counts, and nothing of any draft."""
    assert ended.finished
    moment = ended.finished.isoformat(timespec="seconds").replace("+00:00", "Z")
    data = {"id": ended.id, "total": ended.total, "counts": ended.counts}
    return msgspec.json.encode({"type": FINISHED, "timestamp": moment, "data": data})
