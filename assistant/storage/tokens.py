"""Tokens spent on a language model, counted in the database of a site.

Counting is atomic between threads and processes, and outlives them.
"""

import contextlib
import hashlib
from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection, Engine, delete, func, insert, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from assistant.models.budget import Limits, Uncounted, within
from assistant.storage.tables import model_tokens

LOCK_NUMBER = 0x746F6B6E
"""The advisory lock of PostgreSQL: `tokn`. SQLite lets one transaction write at a time anyway."""


class SpentInDatabase:
    """Counts by day and chat; what was spent before today is forgotten."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def take(self, day: date, chat: str, tokens: int, limits: Limits) -> bool:
        """Count tokens where that keeps within limits; whether they were counted.

        Raises:
            Uncounted: it cannot be read or written.
        """
        known = model_tokens.c
        with _told(), self._engine.begin() as connection:
            _alone(connection)
            connection.execute(delete(model_tokens).where(known.day < day))
            of_day = select(func.coalesce(func.sum(known.tokens), 0)).where(known.day == day)
            every = int(connection.execute(of_day).scalar_one())
            own = int(connection.execute(of_day.where(known.chat == _hash(chat))).scalar_one())
            if not within(limits, chat, own + tokens, every + tokens):
                return False
            _count(connection, day, _hash(chat), tokens)
        return True

    def change(self, day: date, chat: str, tokens: int) -> None:
        """Count more tokens, or fewer.

        Raises:
            Uncounted: it cannot be written.
        """
        with _told(), self._engine.begin() as connection:
            _alone(connection)
            _count(connection, day, _hash(chat), tokens)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as fault:
        raise Uncounted(type(fault).__name__) from None


def _alone(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK_NUMBER})"))


def _count(connection: Connection, day: date, chat: str, tokens: int) -> None:
    known = model_tokens.c
    mine = (known.day == day) & (known.chat == chat)
    more = update(model_tokens).where(mine).values(tokens=known.tokens + tokens)
    if connection.execute(more).rowcount == 0:
        row = {"day": day, "chat": chat, "tokens": tokens}
        connection.execute(insert(model_tokens).values(row))


def _hash(chat: str) -> str:
    return hashlib.sha256(chat.encode("utf-8", "replace")).hexdigest()
