"""Who is logged in. A session is known by the hash of its cookie, which is new at each log-in."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Engine, delete, insert, or_, select, update

from assistant.storage.audit_log import Act, note
from assistant.storage.service_tables import sessions, users
from assistant.storage.users import User

TOUCH = timedelta(minutes=1)
"""How exactly it is kept when somebody was last seen."""


class Session(NamedTuple):
    """Somebody who is logged in."""

    user: User
    made: datetime
    expires: datetime


class Sessions:
    """The sessions of a site."""

    def __init__(
        self,
        engine: Engine,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        idle: timedelta = timedelta(hours=2),
        longest: timedelta = timedelta(hours=12),
    ) -> None:
        """Take how long a session lasts unused, and how long at all."""
        self._engine = engine
        self._reading = engine.execution_options(reading=True)
        self._now = now
        self._idle = idle
        self._longest = longest

    def start(self, user: User, digest: str, old: str | None, way: str) -> bool:
        """Begin a session and end the one before it; whether the person may still log in.

        Args:
            user: whose.
            digest: what is kept of the new cookie, which nobody had before.
            old: what is kept of the cookie brought along, if any.
            way: how somebody logged in, for the audit log.
        """
        now = self._now()
        row = {
            "digest": digest,
            "user_id": user.id,
            "made": now,
            "seen": now,
            "expires": now + self._longest,
        }
        able = select(users.c.id).where(users.c.id == user.id, users.c.disabled.is_(None))
        with self._engine.begin() as connection:
            if connection.execute(able.with_for_update()).first() is None:
                return False
            connection.execute(delete(sessions).where(sessions.c.digest == (old or "")))
            connection.execute(insert(sessions).values(row))
            act = Act(f"user:{user.name}", user.organisation, "logged in", user.name, {"way": way})
            note(connection, act, now)
        return True

    def find(self, digest: str) -> Session | None:
        """Return a session that is neither too old nor left too long, and note that it is used."""
        known = (*(users.c[name] for name in User._fields[:6]), users.c.password != "")
        query = (
            select(
                *known,
                users.c.totp.is_not(None),
                sessions.c.made,
                sessions.c.seen,
                sessions.c.expires,
            )
            .join(users, users.c.id == sessions.c.user_id)
            .where(sessions.c.digest == digest, users.c.disabled.is_(None))
        )
        with self._reading.connect() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        *of_user, made, seen, expires = row
        now = self._now()
        if now >= expires or now - seen >= self._idle:
            return None
        if now - seen >= TOUCH:
            self._touch(digest, now)
        return Session(User(*of_user), made, expires)

    def end(self, digest: str) -> bool:
        """End a session; whether there was one."""
        with self._engine.begin() as connection:
            gone = delete(sessions).where(sessions.c.digest == digest).returning(sessions.c.user_id)
            owner = connection.execute(gone).scalar()
            if owner is None:
                return False
            query = select(users.c.name, users.c.organisation).where(users.c.id == owner)
            name, organisation = connection.execute(query).one()
            note(connection, Act(f"user:{name}", organisation, "logged out", name), self._now())
        return True

    def purge(self) -> int:
        """Remove the sessions that are over and return how many."""
        now = self._now()
        over = or_(sessions.c.expires <= now, sessions.c.seen <= now - self._idle)
        with self._engine.begin() as connection:
            return connection.execute(delete(sessions).where(over)).rowcount

    def _touch(self, digest: str, now: datetime) -> None:
        with self._engine.begin() as connection:
            connection.execute(update(sessions).where(sessions.c.digest == digest).values(seen=now))
