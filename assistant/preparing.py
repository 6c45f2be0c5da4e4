"""Makes a site ready to serve, once, before the processes that serve it start.

They would else build the index and bring the tables up to date all at the same time.
"""

from typing import NamedTuple

from assistant.desk import shelf_of
from assistant.settings import Settings
from assistant.storage.engine import open_engine
from assistant.storage.keys import Keys
from assistant.storage.migrating import migrate
from assistant.storage.sealing import Seal


class Prepared(NamedTuple):
    """What a site was found to hold."""

    passages: int
    keys: bool
    """Whether a key was ever made."""


def prepare(settings: Settings) -> Prepared:
    """Make what a site lacks, its folder, key, tables and index, and return what it holds.

    Raises:
        OSError: the folder of the site cannot be written to.
        PackError: a file of the pack or of the site cannot be used.
        sqlalchemy.exc.SQLAlchemyError: the database cannot be reached or brought up to date.
    """
    if not settings.site.exists():
        settings.site.mkdir(parents=True)
        settings.site.chmod(0o700)
    keys = _with_tables(settings)
    Seal.of(settings.site)
    shelf = shelf_of(settings.site, **settings.index.model_dump())
    return Prepared(len(shelf.index.passages), keys)


def _with_tables(settings: Settings) -> bool:
    engine = open_engine(settings.database_url)
    try:
        migrate(engine)
        return Keys(engine).any()
    finally:
        engine.dispose()
