"""API keys are kept by hash, found by id, expire, rotate and are revoked within one organisation."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from assistant.storage.audit_log import AuditLog
from assistant.storage.keys import KeptKey, Keys, NotRotated
from assistant.storage.organisations import Organisations
from tests.clock import Clock

DIGEST = "d" * 64


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands still."""
    return Clock()


@pytest.fixture
def keys(database: Engine, clock: Clock) -> Keys:
    """Return the keys of an empty site."""
    return Keys(database, clock)


def _add(keys: Keys, id: str, organisation: str = "甲公司", days: int = 0) -> KeptKey:
    expires = keys._now() + timedelta(days=days) if days else None
    return keys.add(id, DIGEST, organisation, ["audit", "ask"], "cli", expires)


def test_a_key_is_kept_with_its_organisation(keys: Keys, database: Engine, clock: Clock) -> None:
    """A new key reads back as it was made; its organisation and both acts are on record."""
    assert not keys.any()
    made = _add(keys, "k1", days=30)
    assert keys.any()
    assert keys.find("k1") == made
    assert keys.find("k2") is None
    assert made.scopes == ("ask", "audit")
    assert [each.name for each in Organisations(database).every()] == ["local", "甲公司"]
    acts = [each.act.action for each in AuditLog(database).of("甲公司")]
    assert acts == ["key created", "organisation created"]
    assert DIGEST not in repr(made)


def test_a_key_expires_and_is_revoked(keys: Keys, clock: Clock) -> None:
    """A key is good until the moment it expires, and not at all once revoked."""
    key = _add(keys, "k1", days=1)
    assert key.good(clock.now + timedelta(days=1, microseconds=-1))
    assert not key.good(clock.now + timedelta(days=1))
    assert keys.revoke("k1", "cli")
    clock.go_on(hours=1)
    assert keys.revoke("k1", "cli")
    held = keys.find("k1")
    assert held
    assert held.revoked == clock.now - timedelta(hours=1)
    assert not held.good(clock.now)


def test_nobody_touches_the_keys_of_others(keys: Keys, clock: Clock) -> None:
    """Within an organisation, another one's key can be neither listed, revoked nor rotated."""
    theirs = _add(keys, "k1", "乙公司")
    _add(keys, "k2", "甲公司")
    assert [key.id for key in keys.of("甲公司")] == ["k2"]
    assert not keys.revoke("k1", "user:a", "甲公司")
    assert keys.rotate("k1", ("k3", DIGEST), timedelta(), "user:a", "甲公司") is None
    assert keys.find("k1") == theirs
    assert keys.find("k3") is None


def test_a_rotated_key_goes_on_for_a_while(keys: Keys, clock: Clock) -> None:
    """The successor may do the same and lasts as long; the old key ends with the overlap."""
    _add(keys, "k1", days=90)
    clock.go_on(days=80)
    made = keys.rotate("k1", ("k2", DIGEST), timedelta(hours=24), "cli")
    old = keys.find("k1")
    assert made
    assert old
    assert (made.organisation, made.scopes) == ("甲公司", ("ask", "audit"))
    assert made.expires == clock.now + timedelta(days=90)
    assert (old.successor, old.expires) == ("k2", clock.now + timedelta(hours=24))
    with pytest.raises(NotRotated):
        keys.rotate("k1", ("k3", DIGEST), timedelta(), "cli")


def test_an_overlap_makes_no_key_last_longer(keys: Keys, clock: Clock) -> None:
    """A key that ends before the overlap does still ends then."""
    _add(keys, "k1", days=1)
    keys.rotate("k1", ("k2", DIGEST), timedelta(days=7), "cli")
    old = keys.find("k1")
    assert old
    assert old.expires == clock.now + timedelta(days=1)


def test_a_key_rotated_by_many_at_once_has_one_successor(keys: Keys) -> None:
    """Of several who rotate a key together, one does and the others are told."""
    _add(keys, "k1")
    told: list[str] = []

    def rotate(name: str) -> None:
        try:
            keys.rotate("k1", (name, DIGEST), timedelta(hours=1), "cli")
            told.append(name)
        except NotRotated:
            told.append("refused")

    threads = [threading.Thread(target=rotate, args=(f"n{number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert told.count("refused") == 5
    assert len(keys.of()) == 2
