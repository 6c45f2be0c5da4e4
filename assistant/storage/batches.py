"""Batches: many drafts sent at once, each of them a row of its own."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Row, and_, delete, func, insert, select, update

from assistant.storage.adding import added
from assistant.storage.ids import derived, fresh
from assistant.storage.jobs import add_job
from assistant.storage.reports import KeptReport
from assistant.storage.sealing import Seal
from assistant.storage.service_tables import batch_items, batches, jobs, reports, webhook_deliveries

DAYS = 30
"""How long a batch can be fetched."""
COMING, WAITING, FINISHED, DONE = "coming", "waiting", "finished", "done"
"""A batch is coming, waiting and finished; a draft of it is waiting and done."""
KIND = "batch"
PAGE = 50
"""Results read at a time."""


class Wanted(NamedTuple):
    """How the drafts of a batch are to be audited, and who wants it."""

    organisation: str
    caller: str
    as_of: date | None
    profile: str
    webhook: str = ""


class Item(NamedTuple):
    """A draft of a batch."""

    number: int
    """From 1, in the order they came."""
    name: str
    media_type: str
    content: bytes


class Progress(NamedTuple):
    """How a batch stands."""

    id: str
    state: str
    total: int
    done: int
    counts: dict[str, int]
    """Reports by their state: clean, findings, incomplete, unreadable."""
    made: datetime
    finished: datetime | None
    until: datetime


class Result(NamedTuple):
    """What became of a draft."""

    number: int
    name: str
    report_id: str
    content: bytes | None
    """The report as it is kept; nothing where it was removed since."""


class Batches:
    """The batches of a site."""

    def __init__(
        self, engine: Engine, seal: Seal, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._engine = engine
        self._reading = engine.execution_options(reading=True)
        self._seal = seal
        self._now = now

    def begin(self, wanted: Wanted) -> str:
        """Make a batch that drafts can be added to, and return its id."""
        now, name = self._now(), fresh("bat")
        day = wanted.as_of.isoformat() if wanted.as_of else None
        row = {
            "id": name,
            "organisation": wanted.organisation,
            "caller": wanted.caller,
            "made": now,
            "finished": None,
            "until": now + timedelta(days=DAYS),
            "state": COMING,
            "total": 0,
            "options": {"as_of": day, "profile": wanted.profile},
            "webhook": wanted.webhook,
        }
        with self._engine.begin() as connection:
            connection.execute(insert(batches).values(row))
        return name

    def add(self, batch: str, items: Sequence[Item]) -> None:
        """Add drafts to a batch that is coming."""
        rows = [
            {
                "batch_id": batch,
                "number": each.number,
                "name": each.name,
                "media_type": each.media_type,
                "draft": self._seal.seal(each.content),
                "state": WAITING,
                "report_id": report_id(batch, each.number),
                "finished": None,
            }
            for each in items
        ]
        with self._engine.begin() as connection:
            connection.execute(insert(batch_items), rows)

    def begun(
        self, batch: str, total: int, also: Callable[[Connection], None] | None = None
    ) -> None:
        """Have a batch audited, now that all its drafts came.

        Args:
            batch: its id.
            total: how many drafts it has.
            also: what is to be written with it, both or neither.
        """
        now = self._now()
        with self._engine.begin() as connection:
            mine = update(batches).where(batches.c.id == batch)
            connection.execute(mine.values(state=WAITING, total=total))
            add_job(connection, KIND, batch, now)
            if also:
                also(connection)

    def find(self, organisation: str, batch: str) -> Progress | None:
        """Return how a batch of an organisation stands, or nothing where it has none such."""
        known = batches.c
        mine = (known.id == batch) & (known.organisation == organisation) & (known.state != COMING)
        with self._reading.connect() as connection:
            row = connection.execute(select(batches).where(mine)).first()
            return _progress(connection, row) if row else None

    def listed(self, organisation: str, limit: int, before: str = "") -> tuple[Progress, ...]:
        """Return batches of an organisation, the newest first, older than one of them."""
        known = batches.c
        mine = and_(known.organisation == organisation, known.state != COMING)
        query = select(batches).where(mine).order_by(known.id.desc()).limit(limit)
        if before:
            query = query.where(known.id < before)
        with self._reading.connect() as connection:
            rows = connection.execute(query).all()
            return tuple(_progress(connection, row) for row in rows)

    def pages(self, batch: str) -> Iterator[Sequence[Result]]:
        """Give the results there are, in order, some at a time."""
        last = 0
        while page := self._page(batch, last):
            yield page
            last = page[-1].number

    def wanted(self, batch: str) -> Wanted | None:
        """Return how a batch is to be audited; nothing where it was removed."""
        with self._reading.connect() as connection:
            row = connection.execute(select(batches).where(batches.c.id == batch)).first()
        if row is None:
            return None
        day = row.options["as_of"]
        return Wanted(
            row.organisation,
            row.caller,
            date.fromisoformat(day) if day else None,
            row.options["profile"],
            row.webhook,
        )

    def items(self, batch: str, state: str, limit: int, after: int = 0) -> tuple[Item, ...]:
        """Return drafts of a batch in a state, in order, from behind a number on."""
        known = batch_items.c
        query = (
            select(known.number, known.name, known.media_type, known.draft)
            .where(known.batch_id == batch, known.state == state, known.number > after)
            .order_by(known.number)
            .limit(limit)
        )
        with self._reading.connect() as connection:
            rows = connection.execute(query).all()
        return tuple(
            Item(row.number, row.name, row.media_type, self._seal.unseal(row.draft or b""))
            for row in rows
        )

    def settle(self, connection: Connection, batch: str, number: int, report: KeptReport) -> None:
        """Keep the report of a draft within a transaction, once however often it is tried."""
        known = batch_items.c
        mine = (known.batch_id == batch) & (known.number == number) & (known.state == WAITING)
        values = {"state": DONE, "finished": self._now()}
        if connection.execute(update(batch_items).where(mine).values(values)).rowcount:
            added(connection, reports, report._asdict())

    def finish(self, connection: Connection, batch: str) -> Progress | None:
        """Finish a batch within a transaction: its drafts go, its results stay."""
        mine = batch_items.c.batch_id == batch
        connection.execute(update(batch_items).where(mine).values(draft=None))
        ending = update(batches).where(batches.c.id == batch, batches.c.state == WAITING)
        ended = ending.values(state=FINISHED, finished=self._now()).returning(batches)
        row = connection.execute(ended).first()
        return _progress(connection, row) if row else None

    def remove(self, organisation: str, batch: str) -> bool:
        """Remove a batch with its reports; whether the organisation had it."""
        known = batches.c
        mine = (known.id == batch) & (known.organisation == organisation)
        with self._engine.begin() as connection:
            if connection.execute(select(known.id).where(mine)).first() is None:
                return False
            _remove(connection, [batch])
        return True

    def expire(self) -> int:
        """Remove batches whose time is over, and those that never came whole; how many."""
        known, now = batches.c, self._now()
        stale = and_(known.state == COMING, known.made < now - timedelta(hours=1))
        with self._engine.begin() as connection:
            over = connection.execute(select(known.id).where((known.until < now) | stale))
            ids = list(over.scalars())
            if ids:
                _remove(connection, ids)
        return len(ids)

    def _page(self, batch: str, after: int) -> list[Result]:
        known = batch_items.c
        query = (
            select(known.number, known.name, known.report_id, reports.c.content)
            .select_from(batch_items.outerjoin(reports, known.report_id == reports.c.id))
            .where(known.batch_id == batch, known.state == DONE, known.number > after)
            .order_by(known.number)
            .limit(PAGE)
        )
        with self._reading.connect() as connection:
            return [Result(*row) for row in connection.execute(query)]


def report_id(batch: str, number: int) -> str:
    """Return the id of the report of a draft of a batch: the same, however often it is audited."""
    return derived("r", batch, number)


def _progress(connection: Connection, row: Row[Any]) -> Progress:
    known = batch_items.c
    joined = batch_items.outerjoin(reports, known.report_id == reports.c.id)
    counting = (
        select(func.coalesce(reports.c.state, "removed"), func.count())
        .select_from(joined)
        .where(known.batch_id == row.id, known.state == DONE)
        .group_by(reports.c.state)
    )
    counts = {str(state): int(number) for state, number in connection.execute(counting)}
    done = sum(counts.values())
    told = dict(sorted(counts.items()))
    return Progress(row.id, row.state, row.total, done, told, row.made, row.finished, row.until)


def _remove(connection: Connection, ids: Sequence[str]) -> None:
    theirs = select(batch_items.c.report_id).where(batch_items.c.batch_id.in_(ids))
    connection.execute(delete(reports).where(reports.c.id.in_(theirs)))
    connection.execute(delete(jobs).where(jobs.c.kind == KIND, jobs.c.subject.in_(ids)))
    connection.execute(delete(webhook_deliveries).where(webhook_deliveries.c.subject.in_(ids)))
    connection.execute(delete(batches).where(batches.c.id.in_(ids)))
