"""A desk with everything a site has: its settings, texts, journal, cases and language model."""

import logging
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from assistant.desk import Desk, shelf_of
from assistant.journal import Journal
from assistant.memory import Memory, NoMemory
from assistant.settings import Settings
from assistant.shelf import Shelf
from assistant.sparing import Sparing
from assistant.storage.engine import open_engine
from assistant.storage.migrating import migrate
from assistant.storage.sealing import Seal
from assistant.voice import voice_of
from auditors.engine import VERSION
from knowledge.errors import PackError

LOG = logging.getLogger(__name__)


def open_desk(site: Path | None = None) -> Desk:
    """Open the desk of a site, of the user's own where none is named.

    A journal that cannot be opened is told in the log; questions are answered without it.

    Raises:
        OSError: its folder cannot be written to.
        PackError: a file of the pack or of the site cannot be used.
        ValueError: a setting is unknown, or has no allowed value.
    """
    settings = Settings.of(site)
    shelf = shelf_of(settings.site, **settings.index.model_dump())
    memory = _memory(settings, shelf)
    return Desk(shelf, memory, policy=settings.policy, voice=voice_of(settings, shelf))


def open_journal(
    settings: Settings, versions: Mapping[str, str] | None = None, *, make_key: bool = True
) -> Journal:
    """Open the journal of a site, its tables brought up to date.

    Raises:
        OSError: its folder cannot be written to, or there is no key and none shall be made.
        PackError: the key or the database cannot be used.
        sqlalchemy.exc.SQLAlchemyError: the database cannot be reached or changed.
    """
    seal = Seal.of(settings.site, make=make_key)
    engine = open_engine(settings.database_url)
    migrate(engine)
    return Journal(engine, seal, versions)


def versions_of(shelf: Shelf) -> dict[str, str]:
    """Return what an answer depends on beside the question."""
    return {"package": VERSION, "index": shelf.index.content}


def _memory(settings: Settings, shelf: Shelf) -> Memory:
    if not settings.journal.keep:
        return NoMemory()
    try:
        journal = open_journal(settings, versions_of(shelf))
        journal.expire(settings.journal.days)
    except (OSError, PackError, SQLAlchemyError) as fault:
        LOG.warning("the journal cannot be opened (%s); questions are answered without it", type(fault).__name__)  # fmt: skip
        return NoMemory()
    return Sparing(journal)
