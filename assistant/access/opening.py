"""Everything that decides who may do what, over one database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from assistant.access.entrance import Entrance
from assistant.access.recognising import Recogniser
from assistant.settings import AccessSettings, Settings
from assistant.storage.audit_log import AuditLog
from assistant.storage.engine import open_engine
from assistant.storage.idempotency import Idempotency
from assistant.storage.keys import Keys
from assistant.storage.log_in_failures import LogInFailures
from assistant.storage.migrating import migrate
from assistant.storage.organisations import Organisations
from assistant.storage.reports import Reports
from assistant.storage.sealing import Seal
from assistant.storage.sessions import Sessions
from assistant.storage.users import Users

if TYPE_CHECKING:
    from assistant.access.openid import Provider


class Access:
    """Organisations, keys, people, their log-in and the audit log of a site."""

    def __init__(
        self,
        engine: Engine,
        seal: Seal,
        settings: AccessSettings,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.seal = seal
        self.log = AuditLog(engine, now)
        self.organisations = Organisations(engine, now)
        self.keys = Keys(engine, now)
        self.users = Users(engine, now)
        self.idempotency = Idempotency(engine, seal, now)
        self.reports = Reports(engine, seal, now)
        self.sessions = Sessions(
            engine,
            now,
            idle=timedelta(minutes=settings.idle_minutes),
            longest=timedelta(hours=settings.session_hours),
        )
        self._failures = LogInFailures(engine, now)
        self.entrance = Entrance(self.users, self.sessions, self._failures, self.log, seal, now)
        self.recogniser = Recogniser(self.keys, self.sessions, seal, now)
        self.provider = _provider(settings, seal)

    def tidy(self) -> dict[str, int]:
        """Remove what is over: sessions, failures, stored replies and drafts; return how many."""
        return {
            "sessions": self.sessions.purge(),
            "failures": self._failures.purge(),
            "replies": self.idempotency.purge(),
            "drafts": self.reports.purge_drafts(),
        }


def _provider(settings: AccessSettings, seal: Seal) -> "Provider | None":
    """The provider people log in at; its libraries are loaded only where there is one."""
    if not settings.openid.issuer:
        return None
    from assistant.access.openid import Provider

    return Provider(settings.openid, seal)


@contextmanager
def open_access(settings: Settings) -> Iterator[Access]:
    """Open the access of a site, its tables brought up to date.

    Raises:
        OSError: its folder cannot be written to.
        PackError: the key or the database cannot be used.
        sqlalchemy.exc.SQLAlchemyError: the database cannot be reached or changed.
    """
    seal = Seal.of(settings.site)
    engine = open_engine(settings.database_url)
    try:
        migrate(engine)
        yield Access(engine, seal, settings.access)
    finally:
        engine.dispose()
