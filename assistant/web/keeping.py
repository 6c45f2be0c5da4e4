"""What a process keeps of audits, and the work it does in the background."""

import asyncio
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from assistant.settings import WebSettings
from assistant.storage.batches import Batches
from assistant.storage.idempotency import Idempotency
from assistant.storage.organisations import Organisations, make_organisation
from assistant.storage.report_writer import Also, ReportWriter, ToKeep
from assistant.storage.reports import Draft, KeptReport, Reports
from assistant.storage.sealing import Seal
from assistant.storage.webhooks import Deliveries
from assistant.work.background import Background, posts_of
from assistant.work.webhooks import new_secret
from knowledge.library import Library

TURN_SECONDS = 0.001
"""How long a thread may keep others from running: the one that writes reports needs few turns, but
callers wait for it."""


class Keeping:
    """The reports and batches of a site, and the threads that see to them."""

    def __init__(
        self,
        engine: Engine,
        site: Path,
        library: Callable[[], Library],
        settings: WebSettings,
        tidies: Callable[[], int] = lambda: 0,
    ) -> None:
        """Open them and start the threads.

        Args:
            engine: of the database.
            site: the folder with the key that seals drafts.
            library: returns the pack to audit by, as it is now.
            settings: of the service.
            tidies: removes what else is over, now and then.

        Raises:
            OSError: the key of the site cannot be read or made.
            PackError: it is no key.
        """
        sys.setswitchinterval(TURN_SECONDS)
        self._engine = engine
        self.seal = Seal.of(site)
        self.reports = Reports(engine, self.seal)
        self.batches = Batches(engine, self.seal)
        self.deliveries = Deliveries(engine)
        self.organisations = Organisations(engine)
        self.background = Background(posts_of(engine, self.seal, library, settings, tidies))
        self.idempotency = Idempotency(engine, self.seal)
        self._writer = ReportWriter(engine, self.reports, _settled)

    async def keep(
        self, report: KeptReport, draft: Draft | None = None, also: Also | None = None
    ) -> None:
        """Keep a report, and its draft where its organisation wants that; it is safe on return.

        Args:
            report: what is kept.
            draft: what it was made from.
            also: what is to be written with it, both or neither.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: it could not be kept.
        """
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._writer.put(ToKeep(report, draft, kept, also))
        await kept

    def new_secret(self, organisation: str, by: str) -> str | None:
        """Make the secret that webhooks of an organisation are signed with, and return it."""
        with self._engine.begin() as connection:
            make_organisation(connection, organisation, datetime.now(UTC), by)
        return new_secret(self.organisations, self.seal, organisation, by)

    def close(self) -> None:
        """Keep what waits, and end the threads."""
        self._writer.close()
        self.background.close()


def _settled(tickets: Sequence[asyncio.Future[None]], fault: Exception | None) -> None:
    """Wake those who wait, all at once: called in the writer's thread."""
    try:
        tickets[0].get_loop().call_soon_threadsafe(_wake, tickets, fault)
    except RuntimeError:  # the loop has ended, and nobody waits any more
        return


def _wake(tickets: Sequence[asyncio.Future[None]], fault: Exception | None) -> None:
    for ticket in tickets:
        if ticket.done():  # the caller went away
            continue
        if fault:
            ticket.set_exception(fault)
        else:
            ticket.set_result(None)
