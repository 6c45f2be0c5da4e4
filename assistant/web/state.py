"""What a worker process holds to answer calls: made once, when it starts."""

from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from sqlalchemy import Engine
from starlette.requests import HTTPConnection

from assistant.access.caller import Caller
from assistant.access.opening import Access
from assistant.desk import Desk
from assistant.hearing import Feedback, Heard, heard
from assistant.journal import Journal
from assistant.memory import Memory, NoMemory
from assistant.opening import open_desk, versions_of
from assistant.settings import Settings
from assistant.shelf import Shelf
from assistant.sparing import Sparing
from assistant.storage.engine import open_engine
from assistant.storage.migrating import migrate
from assistant.storage.sealing import Seal
from assistant.web.keeping import Keeping
from assistant.web.limits import Limits
from assistant.web.metrics import Metrics
from assistant.web.shown import Shown
from assistant.web.working import Work
from auditors.engine import VERSION
from auditors.part import CHINA

if TYPE_CHECKING:
    from assistant.web.callers import Recognises

Channel = Literal["api", "openai", "mcp", "web"]
CHANNELS: tuple[Channel, ...] = ("api", "openai", "mcp", "web")
ORGANISATIONS = 256
"""Desks kept ready; another one is made in a millisecond."""


class State:
    """The desk, the database and what else a process shares among its calls."""

    def __init__(self, settings: Settings, recognises: "Recognises | None" = None) -> None:
        """Open everything.

        Args:
            settings: of the site.
            recognises: tells who calls; by default the keys and sessions of the site.

        Raises:
            OSError: the folder of the site cannot be written to.
            PackError: a file of the pack or of the site cannot be used.
            sqlalchemy.exc.SQLAlchemyError: the database cannot be reached or brought up to date.
        """
        web = settings.web
        self.settings = settings
        self.engine = _database(settings)
        self.access = Access(self.engine, Seal.of(settings.site), settings.access)
        self.recognises: Recognises = recognises or self.access.recogniser
        self._desk = open_desk(settings.site)
        self.journal = self._journal()
        self.shown = Shown(self.shelf.library)
        self.work = Work(web.threads, web.waiting)
        self.limits = Limits(web.calls_a_minute, web.calls_at_once)
        self.metrics = Metrics(web.metrics_folder)
        self.keeping = Keeping(
            self.engine, settings.site, lambda: self.shelf.library, web, self._tidy
        )
        self._of_organisation = lru_cache(maxsize=ORGANISATIONS)(self._desk_of)

    @property
    def shelf(self) -> Shelf:
        """What answers are made from."""
        return self._desk.shelf

    @property
    def stamp(self) -> str:
        """A hash of the knowledge and the program that answers are made with."""
        return f"{VERSION}-{self.shelf.index.stamp[:16]}"

    def desk(self, known: Caller, channel: Channel) -> Desk:
        """Return the desk of a caller's organisation, which remembers nothing of any other."""
        return self._of_organisation(known.organisation, channel)

    def hear(self, known: Caller, feedback: Feedback) -> Heard | None:
        """Keep what a caller thinks of an answer; nothing where its organisation was given none such."""
        if self.journal is None:
            return None
        of = self.journal.within
        journals: dict[str, Journal] = {
            channel: of(known.organisation, channel) for channel in CHANNELS
        }
        return heard(feedback, known.organisation, journals)

    def take_up(self, desk: Desk) -> None:
        """Answer from another desk from now on; calls that have begun end with the one they have."""
        self._desk = desk
        self.shown = Shown(self.shelf.library)
        self.journal = self._journal()
        self._of_organisation.cache_clear()

    def _tidy(self) -> int:
        """Remove sessions, failures and turns that are over; return how many."""
        removed = sum(self.access.tidy().values())
        return removed + (self.journal.expire(self.settings.journal.days) if self.journal else 0)

    def close(self) -> None:
        """Let go of the database, once what waits is kept."""
        self.keeping.close()
        self.engine.dispose()

    def _journal(self) -> Journal | None:
        if not self.settings.journal.keep:
            return None
        return Journal(self.engine, self.access.seal, versions_of(self.shelf))

    def _desk_of(self, organisation: str, channel: Channel) -> Desk:
        memory: Memory = NoMemory()
        if self.journal:
            memory = Sparing(self.journal.within(organisation, channel))
        return self._desk.remembering(memory)


def state_of(request: HTTPConnection) -> State:
    """Return what the process holds."""
    state: State = request.app.state.held
    return state


def chat_of(known: Caller, chat: str) -> str:
    """Return the id of a caller's conversation, which no other organisation's can equal.

    >>> chat_of(Caller("甲/乙", "key:1", frozenset()), "7")
    '%E7%94%B2%2F%E4%B9%99/7'
    """
    return f"{quote(known.organisation, safe='')}/{chat}" if chat else ""


def today() -> date:
    """Return the day it is in China."""
    return datetime.now(CHINA).date()


def _database(settings: Settings) -> Engine:
    engine = open_engine(settings.database_url)
    migrate(engine)
    return engine
