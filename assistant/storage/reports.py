"""Reports of audits, each of one organisation; drafts only where it wants them kept."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, Engine, RowMapping, and_, delete, insert, or_, select

from assistant.storage.ids import fresh
from assistant.storage.inserting import insert_together
from assistant.storage.sealing import Seal
from assistant.storage.service_tables import drafts, organisations, reports


class Draft(NamedTuple):
    """A draft as it was sent."""

    media_type: str
    content: bytes

    def __repr__(self) -> str:
        return f"Draft(media_type={self.media_type!r}, bytes={len(self.content)})"


class KeptReport(NamedTuple):
    """A report as it is kept, without the draft."""

    id: str
    organisation: str
    moment: datetime
    day: date
    """The day whose law was asked about."""
    profile: str
    state: str
    errors: int
    warnings: int
    infos: int
    content: bytes
    """JSON."""

    def __repr__(self) -> str:
        return f"KeptReport(id={self.id!r}, organisation={self.organisation!r})"


class Reports:
    """The reports of a site."""

    def __init__(
        self,
        engine: Engine,
        seal: Seal,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._engine = engine
        self._reading = engine.execution_options(reading=True)
        self._seal = seal
        self._now = now

    def keep(self, report: KeptReport, draft: Draft | None = None) -> None:
        """Keep a report, and its draft where its organisation wants drafts kept."""
        with self._engine.begin() as connection:
            self.write(connection, [(report, draft)])

    def write(
        self, connection: Connection, many: Iterable[tuple[KeptReport, Draft | None]]
    ) -> None:
        """Keep reports within a transaction, and drafts of organisations that want them kept."""
        held = list(many)
        if not held:
            return
        insert_together(connection, reports, [report._asdict() for report, _ in held])
        days = _days_kept(connection, {report.organisation for report, draft in held if draft})
        rows = [
            self._row(report, draft, days[report.organisation])
            for report, draft in held
            if draft and report.organisation in days
        ]
        if rows:
            connection.execute(insert(drafts), rows)

    def find(self, organisation: str, id: str) -> KeptReport | None:
        """Return a report of an organisation, or nothing where it has none with that id."""
        query = select(reports).where(reports.c.organisation == organisation, reports.c.id == id)
        with self._reading.connect() as connection:
            row = connection.execute(query).mappings().first()
        return _report(row) if row else None

    def of(
        self, organisation: str, before: tuple[datetime, str] | None = None, limit: int = 50
    ) -> tuple[KeptReport, ...]:
        """Return the reports of an organisation, the newest first.

        Args:
            organisation: whose.
            before: moment and id of the last one already seen.
            limit: how many at most.
        """
        table = reports.c
        query = select(reports).where(table.organisation == organisation)
        if before:
            moment, last = before
            same = and_(table.moment == moment, table.id < last)
            query = query.where(or_(table.moment < moment, same))
        query = query.order_by(table.moment.desc(), table.id.desc()).limit(limit)
        with self._reading.connect() as connection:
            return tuple(_report(row) for row in connection.execute(query).mappings())

    def draft(self, organisation: str, id: str) -> Draft | None:
        """Return the draft of a report of an organisation, while it is kept.

        Raises:
            Unsealable: it was sealed with another key.
        """
        query = (
            select(drafts.c.media_type, drafts.c.content)
            .join(reports, reports.c.id == drafts.c.report_id)
            .where(reports.c.organisation == organisation, reports.c.id == id)
            .where(drafts.c.until > self._now())
        )
        with self._reading.connect() as connection:
            row = connection.execute(query).first()
        return Draft(row.media_type, self._seal.unseal(row.content)) if row else None

    def remove(self, organisation: str, id: str) -> bool:
        """Remove a report with its draft; whether the organisation had it."""
        mine = (reports.c.organisation == organisation) & (reports.c.id == id)
        with self._engine.begin() as connection:
            return bool(connection.execute(delete(reports).where(mine)).rowcount)

    def purge_drafts(self) -> int:
        """Remove the drafts whose time is over and return how many."""
        with self._engine.begin() as connection:
            over = delete(drafts).where(drafts.c.until <= self._now())
            return connection.execute(over).rowcount

    def _row(self, report: KeptReport, draft: Draft, days: int) -> dict[str, object]:
        return {
            "report_id": report.id,
            "media_type": draft.media_type,
            "content": self._seal.seal(draft.content),
            "until": report.moment + timedelta(days=days),
        }


def new_report_id() -> str:
    """Return an id nobody can guess."""
    return fresh("r")


def _days_kept(connection: Connection, names: set[str]) -> dict[str, int]:
    """How many days the drafts of those organisations are kept that keep any.

    None of them can change its mind until we are done.
    """
    if not names:
        return {}
    table = organisations.c
    query = select(table.name, table.draft_days).where(table.keeps_drafts.is_(True))
    held = connection.execute(query.where(table.name.in_(names)).with_for_update(read=True))
    return {row.name: row.draft_days for row in held}


def _report(row: RowMapping) -> KeptReport:
    return KeptReport(**row)
