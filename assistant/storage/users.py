"""The people who log in; none is ever removed, so that the audit log can name them."""

import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, delete, select, update

from assistant.storage.adding import Also, added
from assistant.storage.audit_log import Act, note
from assistant.storage.organisations import make_organisation
from assistant.storage.service_tables import sessions, users


class User(NamedTuple):
    """Somebody who may log in."""

    id: str
    organisation: str
    name: str
    role: str
    made: datetime
    disabled: datetime | None = None
    has_password: bool = False
    has_totp: bool = False


class Credentials(NamedTuple):
    """What somebody who logs in is measured by."""

    user: User
    password: str
    """Hashed; empty for those who have none."""
    totp: bytes | None
    """Sealed."""
    totp_step: int

    def __repr__(self) -> str:
        return f"Credentials(user={self.user.name!r})"


class NewUser(NamedTuple):
    """Somebody to be entered."""

    organisation: str
    name: str
    role: str
    password: str = ""
    """Hashed; empty for those who log in elsewhere."""
    totp: bytes | None = None
    issuer: str | None = None
    subject: str | None = None

    def __repr__(self) -> str:
        return f"NewUser(organisation={self.organisation!r}, name={self.name!r})"


class NameTaken(Exception):
    """There is somebody of that name already."""


class Users:
    """The people of a site."""

    def __init__(
        self, engine: Engine, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._engine = engine
        self._reading = engine.execution_options(reading=True)
        self._now = now

    def add(self, new: NewUser, by: str, also: Also | None = None) -> User:
        """Enter somebody; the organisation is made where there is none of that name.

        Raises:
            NameTaken: there is somebody of that name already, in whichever organisation.
        """
        row = new._asdict() | {"id": secrets.token_hex(16), "made": self._now(), "totp_step": 0}
        with self._engine.begin() as connection:
            make_organisation(connection, new.organisation, row["made"], by)
            if not added(connection, users, row):
                raise NameTaken(new.name)
            told = {"role": new.role, "totp": new.totp is not None}
            note(connection, Act(by, new.organisation, "user created", new.name, told), row["made"])
            if also:
                also(connection)
            query = select(users).where(users.c.id == row["id"])
            return _user(connection.execute(query).mappings().one())

    def credentials(self, name: str) -> Credentials | None:
        """Return what somebody is measured by, or nothing where there is nobody of that name."""
        return self._credentials(users.c.name == name)

    def by_subject(self, issuer: str, subject: str) -> User | None:
        """Return somebody who logs in elsewhere."""
        held = self._credentials((users.c.issuer == issuer) & (users.c.subject == subject))
        return held.user if held else None

    def of(self, organisation: str | None = None) -> tuple[User, ...]:
        """Return the people of an organisation, or all, by name."""
        query = select(users).order_by(users.c.name)
        if organisation is not None:
            query = query.where(users.c.organisation == organisation)
        with self._reading.connect() as connection:
            return tuple(_user(row) for row in connection.execute(query).mappings())

    def link(self, id: str, issuer: str, subject: str, by: str) -> bool:
        """Let somebody without a password log in elsewhere; whether nobody else was linked so."""
        free = (users.c.id == id) & (users.c.issuer.is_(None)) & (users.c.password == "")
        values = {"issuer": issuer, "subject": subject}
        with self._engine.begin() as connection:
            linked = connection.execute(update(users).where(free).values(values)).rowcount > 0
            if linked:
                self._log(connection, users.c.id == id, by, "user linked", {"issuer": issuer})
        return linked

    def use_step(self, id: str, step: int) -> bool:
        """Use up a code's half minute; whether it had not been used, even by somebody quicker."""
        unused = (users.c.id == id) & (users.c.totp_step < step)
        with self._engine.begin() as connection:
            return (
                connection.execute(update(users).where(unused).values(totp_step=step)).rowcount > 0
            )

    def set_role(self, name: str, role: str, by: str, organisation: str | None = None) -> bool:
        """Give somebody another role; whether there is such a person."""
        return self._change(name, organisation, {"role": role}, by, "role changed", {"role": role})

    def set_password(
        self, name: str, hashed: str, by: str, organisation: str | None = None
    ) -> bool:
        """Give somebody another password; whether there is such a person."""
        return self._change(name, organisation, {"password": hashed}, by, "password changed", {})

    def rehash(self, id: str, hashed: str) -> None:
        """Keep the same password hashed with better parameters."""
        with self._engine.begin() as connection:
            connection.execute(update(users).where(users.c.id == id).values(password=hashed))

    def set_totp(
        self, name: str, sealed: bytes | None, by: str, organisation: str | None = None
    ) -> bool:
        """Give somebody another secret for codes, or none; whether there is such a person."""
        values = {"totp": sealed, "totp_step": 0}
        told = {"totp": sealed is not None}
        return self._change(name, organisation, values, by, "codes changed", told)

    def disable(self, name: str, by: str, organisation: str | None = None) -> bool:
        """Keep somebody from logging in; whether there is such a person."""
        return self._change(name, organisation, {"disabled": self._now()}, by, "user disabled", {})

    def enable(self, name: str, by: str, organisation: str | None = None) -> bool:
        """Let somebody log in again; whether there is such a person."""
        return self._change(name, organisation, {"disabled": None}, by, "user enabled", {})

    def _change(
        self,
        name: str,
        organisation: str | None,
        values: Mapping[str, object],
        by: str,
        action: str,
        told: Mapping[str, object],
    ) -> bool:
        """Change somebody, who then has to log in anew."""
        one = users.c.name == name
        if organisation is not None:
            one &= users.c.organisation == organisation
        with self._engine.begin() as connection:
            changed = update(users).where(one).values(values).returning(users.c.id)
            known = connection.execute(changed).scalar()
            if known is None:
                return False
            connection.execute(delete(sessions).where(sessions.c.user_id == known))
            self._log(connection, users.c.id == known, by, action, told)
        return True

    def _log(
        self,
        connection: Connection,
        one: ColumnElement[bool],
        by: str,
        action: str,
        told: Mapping[str, object],
    ) -> None:
        query = select(users.c.organisation, users.c.name).where(one)
        organisation, name = connection.execute(query).one()
        note(connection, Act(by, organisation, action, name, told), self._now())

    def _credentials(self, one: ColumnElement[bool]) -> Credentials | None:
        with self._reading.connect() as connection:
            row = connection.execute(select(users).where(one)).mappings().first()
        if row is None:
            return None
        return Credentials(_user(row), row["password"], row["totp"], row["totp_step"])


def _user(row: RowMapping) -> User:
    known = {name: row[name] for name in ("id", "organisation", "name", "role", "made", "disabled")}
    return User(**known, has_password=bool(row["password"]), has_totp=row["totp"] is not None)
