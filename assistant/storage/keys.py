"""The API keys of a site: made, rotated, revoked; none is ever removed."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, Engine, RowMapping, Select, insert, select, update

from assistant.storage.adding import Also
from assistant.storage.audit_log import Act, note
from assistant.storage.organisations import make_organisation
from assistant.storage.service_tables import api_keys


class KeptKey(NamedTuple):
    """What is kept of a key."""

    id: str
    organisation: str
    digest: str
    scopes: tuple[str, ...]
    made: datetime
    expires: datetime | None
    revoked: datetime | None
    successor: str
    """The key that takes its place; empty where it was not rotated."""

    def good(self, moment: datetime) -> bool:
        """Return whether the key opens anything at a moment."""
        return self.revoked is None and (self.expires is None or moment < self.expires)

    def __repr__(self) -> str:
        return f"KeptKey(id={self.id!r}, organisation={self.organisation!r})"


class NotRotated(Exception):
    """A key that is not good any more, or was rotated before, gets no successor."""


class Keys:
    """The API keys of a site."""

    def __init__(
        self, engine: Engine, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._engine = engine
        self._reading = engine.execution_options(reading=True)
        self._now = now

    def add(
        self,
        id: str,
        digest: str,
        organisation: str,
        scopes: Iterable[str],
        by: str,
        expires: datetime | None = None,
        also: Also | None = None,
    ) -> KeptKey:
        """Keep a new key; its organisation is made where there is none of that name."""
        made = KeptKey(
            id, organisation, digest, tuple(sorted(scopes)), self._now(), expires, None, ""
        )
        with self._engine.begin() as connection:
            make_organisation(connection, organisation, made.made, by)
            _write(connection, made, by, "key created")
            if also:
                also(connection)
        return made

    def any(self) -> bool:
        """Return whether a key was ever made."""
        with self._reading.connect() as connection:
            return connection.execute(select(api_keys.c.id).limit(1)).first() is not None

    def find(self, id: str) -> KeptKey | None:
        """Return a key, or nothing where there is none."""
        with self._reading.connect() as connection:
            return _one(connection, select(api_keys).where(api_keys.c.id == id))

    def of(self, organisation: str | None = None) -> tuple[KeptKey, ...]:
        """Return the keys of an organisation, or of all, the oldest first."""
        query = select(api_keys).order_by(api_keys.c.made, api_keys.c.id)
        if organisation is not None:
            query = query.where(api_keys.c.organisation == organisation)
        with self._reading.connect() as connection:
            return tuple(_key(row) for row in connection.execute(query).mappings())

    def revoke(self, id: str, by: str, organisation: str | None = None) -> bool:
        """Revoke a key at once; whether there was such a key, revoked or not.

        Args:
            id: that of the key.
            by: who wants it.
            organisation: the only one whose keys may be touched.
        """
        with self._engine.begin() as connection:
            held = _one(connection, _mine(id, organisation).with_for_update())
            if held is None:
                return False
            if held.revoked is None:
                _change(connection, id, revoked=self._now())
                note(connection, Act(by, held.organisation, "key revoked", id), self._now())
        return True

    def rotate(
        self,
        id: str,
        successor: tuple[str, str],
        overlap: timedelta,
        by: str,
        organisation: str | None = None,
        also: Also | None = None,
    ) -> KeptKey | None:
        """Give a key a successor and return it; nothing where there is no such key.

        Args:
            id: that of the key.
            successor: id and digest of the new key; it may do the same and lasts as long.
            overlap: how long the old key goes on, at most.
            by: who wants it.
            organisation: the only one whose keys may be touched.
            also: something to be done in the same transaction.

        Raises:
            NotRotated: the key is not good any more, or was rotated before.
        """
        now = self._now()
        with self._engine.begin() as connection:
            held = _one(connection, _mine(id, organisation).with_for_update())
            if held is None:
                return None
            if held.successor or not held.good(now):
                raise NotRotated(id)
            new, digest = successor
            until = now + (held.expires - held.made) if held.expires else None
            made = KeptKey(new, held.organisation, digest, held.scopes, now, until, None, "")
            _write(connection, made, by, "key created")
            end = min(held.expires or now + overlap, now + overlap)
            _change(connection, id, expires=end, successor=new)
            told = {"successor": new, "until": end.isoformat()}
            note(connection, Act(by, held.organisation, "key rotated", id, told), now)
            if also:
                also(connection)
            return made


def _write(connection: Connection, key: KeptKey, by: str, action: str) -> None:
    row = key._asdict() | {"scopes": list(key.scopes)}
    connection.execute(insert(api_keys).values(row))
    end = key.expires.isoformat() if key.expires else ""
    told = {"scopes": list(key.scopes), "expires": end}
    note(connection, Act(by, key.organisation, action, key.id, told), key.made)


def _change(connection: Connection, id: str, **values: object) -> None:
    connection.execute(update(api_keys).where(api_keys.c.id == id).values(values))


def _mine(id: str, organisation: str | None) -> Select[tuple[object, ...]]:
    query = select(api_keys).where(api_keys.c.id == id)
    return query if organisation is None else query.where(api_keys.c.organisation == organisation)


def _one(connection: Connection, query: Select[tuple[object, ...]]) -> KeptKey | None:
    row = connection.execute(query).mappings().first()
    return _key(row) if row else None


def _key(row: RowMapping) -> KeptKey:
    return KeptKey(**{**row, "scopes": tuple(row["scopes"])})
