"""People are entered once, changed within their organisation, and sessions end in time."""

import threading

import pytest
from sqlalchemy import Engine

from assistant.storage.audit_log import AuditLog
from assistant.storage.sessions import Sessions
from assistant.storage.users import NameTaken, NewUser, User, Users
from tests.clock import Clock

ONE = NewUser("甲公司", "li.wei", "asker", "$argon2$…", b"sealed")


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands still."""
    return Clock()


@pytest.fixture
def users(database: Engine, clock: Clock) -> Users:
    """Return the people of an empty site."""
    return Users(database, clock)


@pytest.fixture
def sessions(database: Engine, clock: Clock) -> Sessions:
    """Return the sessions of the same site: two hours idle, twelve at all."""
    return Sessions(database, clock)


def test_a_name_is_taken_once(users: Users) -> None:
    """Nobody gets the name of somebody else, not even in another organisation."""
    made = users.add(ONE, "cli")
    held = users.credentials("li.wei")
    assert held
    assert held.user == made
    assert (held.password, held.totp, made.has_password, made.has_totp) == (
        "$argon2$…",
        b"sealed",
        True,
        True,
    )
    assert "argon" not in repr(held) + repr(ONE)
    with pytest.raises(NameTaken):
        users.add(ONE._replace(organisation="乙公司"), "cli")
    assert [each.name for each in users.of()] == ["li.wei"]


def test_nobody_changes_the_people_of_others(users: Users) -> None:
    """Within an organisation, another one's people can be neither listed nor changed."""
    made = users.add(ONE, "cli")
    assert users.of("乙公司") == ()
    assert not users.set_role("li.wei", "admin", "user:b", "乙公司")
    assert not users.set_password("li.wei", "x", "user:b", "乙公司")
    assert not users.set_totp("li.wei", None, "user:b", "乙公司")
    assert not users.disable("li.wei", "user:b", "乙公司")
    assert users.of() == (made,)


def test_a_code_is_used_once_however_many_come(users: Users) -> None:
    """Of several who bring the code of the same half minute together, one gets in."""
    made = users.add(ONE, "cli")
    told: list[bool] = []
    threads = [
        threading.Thread(target=lambda: told.append(users.use_step(made.id, 59))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(told) == [False] * 5 + [True]
    assert not users.use_step(made.id, 58)
    assert users.use_step(made.id, 60)


def test_somebody_is_linked_to_one_provider(users: Users) -> None:
    """Only somebody without a password who was never linked can be linked, and no two alike."""
    bare = users.add(NewUser("甲公司", "a@b.cn", "asker"), "cli")
    other = users.add(NewUser("甲公司", "c@b.cn", "asker"), "cli")
    known = users.add(ONE, "cli")
    assert not users.link(known.id, "https://id", "7", "openid")
    assert users.link(bare.id, "https://id", "7", "openid")
    assert not users.link(bare.id, "https://id", "8", "openid")
    assert users.by_subject("https://id", "7") == bare
    assert users.by_subject("https://other", "7") is None
    assert users.by_subject("https://id", "8") is None
    assert other in users.of()


def test_a_session_ends_when_it_is_left_or_old(
    users: Users, sessions: Sessions, clock: Clock
) -> None:
    """A session lasts two hours after it was last used, and twelve however it is used."""
    made = users.add(ONE, "cli")
    assert sessions.start(made, "a" * 64, None, "password")
    clock.go_on(minutes=119)
    held = sessions.find("a" * 64)
    assert held
    assert held.user == made
    clock.go_on(minutes=119)
    assert sessions.find("a" * 64)
    clock.go_on(minutes=120)
    assert sessions.find("a" * 64) is None
    assert sessions.start(made, "b" * 64, None, "password")
    for _ in range(12):
        assert sessions.find("b" * 64)
        clock.go_on(minutes=60)
    assert sessions.find("b" * 64) is None
    assert sessions.purge() == 2


def test_logging_in_ends_the_session_brought_along(users: Users, sessions: Sessions) -> None:
    """A session that somebody else may have planted is over once its bearer logs in."""
    made = users.add(ONE, "cli")
    sessions.start(made, "a" * 64, None, "password")
    sessions.start(made, "b" * 64, "a" * 64, "password")
    assert sessions.find("a" * 64) is None
    assert sessions.find("b" * 64)


@pytest.mark.parametrize(
    "change",
    [
        lambda users: users.disable("li.wei", "cli"),
        lambda users: users.set_role("li.wei", "curator", "cli"),
        lambda users: users.set_password("li.wei", "y", "cli"),
        lambda users: users.set_totp("li.wei", None, "cli"),
    ],
    ids=["disabled", "another role", "another password", "other codes"],
)
def test_a_change_ends_all_sessions(database: Engine, clock: Clock, change: object) -> None:
    """Whoever was logged in before a change of person, role or secret is so no more."""
    users, sessions = Users(database, clock), Sessions(database, clock)
    made = users.add(ONE, "cli")
    sessions.start(made, "a" * 64, None, "password")
    assert callable(change)
    assert change(users)
    assert sessions.find("a" * 64) is None


def test_nobody_disabled_gets_a_session(users: Users, sessions: Sessions) -> None:
    """Somebody disabled while logging in gets none, and one who is enabled again does."""
    made: User = users.add(ONE, "cli")
    users.disable("li.wei", "cli")
    assert not sessions.start(made, "a" * 64, None, "password")
    users.enable("li.wei", "cli")
    assert sessions.start(made, "a" * 64, None, "password")


def test_coming_and_going_is_logged(users: Users, sessions: Sessions, database: Engine) -> None:
    """Who logged in, how, and who logged out stands in the audit log."""
    sessions.start(users.add(ONE, "cli"), "a" * 64, None, "openid")
    assert sessions.end("a" * 64)
    assert not sessions.end("a" * 64)
    acts = [each.act for each in AuditLog(database).of("甲公司", limit=2)]
    assert [(act.actor, act.action) for act in acts] == [
        ("user:li.wei", "logged out"),
        ("user:li.wei", "logged in"),
    ]
    assert acts[1].data == {"way": "openid"}
