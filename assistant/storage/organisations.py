"""The organisations the service works for, and what each wants kept."""

import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, Engine, RowMapping, delete, select, update

from assistant.storage.adding import added
from assistant.storage.audit_log import Act, note
from assistant.storage.service_tables import ORGANISATION, drafts, organisations, reports
from knowledge.text import Text

MOST_DAYS = 3_650
_BARE = {"keeps_drafts": False, "draft_days": 30}


class Unfit(ValueError):
    """A name or number that cannot be taken."""

    def __init__(self, says: Text) -> None:
        super().__init__(f"{says.en} / {says.zh}")
        self.says = says


class Organisation(NamedTuple):
    """An organisation."""

    name: str
    made: datetime
    keeps_drafts: bool
    draft_days: int
    """How many days a draft is kept, where drafts are kept at all."""


class Organisations:
    """The organisations of a site."""

    def __init__(
        self, engine: Engine, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._engine = engine
        self._reading = engine.execution_options(reading=True)
        self._now = now

    def find(self, name: str) -> Organisation | None:
        """Return an organisation, or nothing where there is none of that name."""
        query = select(organisations).where(organisations.c.name == name)
        with self._reading.connect() as connection:
            row = connection.execute(query).mappings().first()
        return _organisation(row) if row else None

    def every(self) -> tuple[Organisation, ...]:
        """Return all organisations by name."""
        query = select(organisations).order_by(organisations.c.name)
        with self._reading.connect() as connection:
            return tuple(_organisation(row) for row in connection.execute(query).mappings())

    def keep_drafts(self, name: str, days: int, by: str) -> bool:
        """Keep the drafts of an organisation from now on; whether there is such an organisation.

        Args:
            name: that of the organisation.
            days: how long; 0 keeps none. Drafts already kept longer, or no longer wanted, are
                removed now or earlier than was said.
            by: who wants it.

        Raises:
            Unfit: that is no such number of days.
        """
        if not 0 <= days <= MOST_DAYS:
            raise Unfit(Text(f"天数应为 0 到 {MOST_DAYS}", f"give 0 to {MOST_DAYS} days"))
        values = {"keeps_drafts": days > 0} | ({"draft_days": days} if days else {})
        mine = organisations.c.name == name
        with self._engine.begin() as connection:
            if not connection.execute(update(organisations).where(mine).values(values)).rowcount:
                return False
            _shorten(connection, name, days)
            note(connection, Act(by, name, "drafts kept", name, {"days": days}), self._now())
        return True

    def keep_webhook_secret(self, name: str, sealed: bytes, by: str) -> bool:
        """Keep the sealed secret that webhooks are signed with; whether there is such a name."""
        changed = update(organisations).where(organisations.c.name == name)
        with self._engine.begin() as connection:
            if not connection.execute(changed.values(webhook_secret=sealed)).rowcount:
                return False
            note(connection, Act(by, name, "webhook secret changed", name), self._now())
        return True

    def webhook_secret(self, name: str) -> bytes | None:
        """Return the sealed secret that webhooks are signed with, where there is one."""
        query = select(organisations.c.webhook_secret).where(organisations.c.name == name)
        with self._reading.connect() as connection:
            return connection.execute(query).scalar()


def known_name(name: str) -> str:
    """Return the name of an organisation or a person as it is kept.

    >>> known_name(" ＡＣＭＥ 报关行 ")
    'ACME 报关行'

    Raises:
        Unfit: it is empty, too long, or holds signs that cannot be seen.
    """
    plain = unicodedata.normalize("NFKC", name).strip()
    if not plain or len(plain) > ORGANISATION or not plain.isprintable():
        most = Text(
            f"名称应为 1 到 {ORGANISATION} 个可见字符",
            f"a name has 1 to {ORGANISATION} visible signs",
        )
        raise Unfit(most)
    return plain


def make_organisation(connection: Connection, name: str, moment: datetime, by: str) -> None:
    """Make an organisation within a transaction, where there is none of that name."""
    if added(connection, organisations, {"name": name, "made": moment, **_BARE}):
        note(connection, Act(by, name, "organisation created", name), moment)


def _shorten(connection: Connection, name: str, days: int) -> None:
    """Remove the drafts that the organisation no longer wants kept, and bring forward the rest."""
    mine = select(reports.c.id, reports.c.moment).where(reports.c.organisation == name)
    if not days:
        ids = mine.with_only_columns(reports.c.id)
        connection.execute(delete(drafts).where(drafts.c.report_id.in_(ids)))
        return
    held = mine.join(drafts, drafts.c.report_id == reports.c.id).add_columns(drafts.c.until)
    for report, moment, until in connection.execute(held).all():
        end = moment + timedelta(days=days)
        if end < until:
            connection.execute(update(drafts).where(drafts.c.report_id == report).values(until=end))


def _organisation(row: RowMapping) -> Organisation:
    return Organisation(row["name"], row["made"], row["keeps_drafts"], row["draft_days"])
