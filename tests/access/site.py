"""A site whose access is tested, on each kind of database."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Engine

from assistant.access.hashes import NewKey, new_key
from assistant.access.opening import Access
from assistant.access.passwords import hash_password
from assistant.settings import AccessSettings, OpenIdSettings
from assistant.storage.sealing import Seal
from assistant.storage.users import NewUser, User
from tests.clock import Clock

PASSWORD = "correct horse battery"
HASHED = hash_password(PASSWORD)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands still."""
    return Clock()


@pytest.fixture
def access(database: Engine, clock: Clock) -> Access:
    """Return the access of a fresh site."""
    return access_of(database, clock)


def access_of(database: Engine, clock: Clock, openid: OpenIdSettings | None = None) -> Access:
    """Return the access of a site with a key of its own."""
    settings = AccessSettings(openid=openid or OpenIdSettings())
    return Access(database, Seal(Fernet.generate_key()), settings, clock)


def add_key(
    access: Access,
    organisation: str,
    scopes: Iterable[str] = ("ask", "audit"),
    lasts: timedelta | None = None,
) -> NewKey:
    """Make a key and return it as it is shown."""
    made = new_key(access.seal)
    expires = access.keys._now() + lasts if lasts else None
    access.keys.add(made.id, made.digest, organisation, scopes, "cli", expires)
    return made


def add_user(
    access: Access,
    name: str,
    organisation: str = "甲公司",
    role: str = "asker",
    *,
    totp: bool = False,
) -> User:
    """Enter somebody with the password of all tests."""
    sealed = access.seal.seal(SECRET.encode()) if totp else None
    return access.users.add(NewUser(organisation, name, role, HASHED, sealed), "cli")
