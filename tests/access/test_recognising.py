"""A caller is recognised by key or session, and has the organisation and scopes of these alone."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.access.caller import SCOPES, Refused
from assistant.access.hashes import key_parts
from assistant.access.opening import Access
from assistant.access.recognising import Recogniser
from tests.access.site import PASSWORD, add_key, add_user
from tests.clock import Clock

HERE, AWAY = "127.0.0.1", "203.0.113.7"


def _refused(access: Access, authorization: str | None, cookie: str | None = None, host: str = HERE) -> str:  # fmt: skip
    with pytest.raises(Refused) as told:
        access.recogniser.recognise(authorization, cookie, host)
    assert told.value.says.zh
    assert told.value.do.en
    return told.value.code


def test_a_fresh_site_knows_those_at_its_machine(access: Access) -> None:
    """Before a key is made, the machine itself may ask and audit, and nobody else anything."""
    known = access.recogniser.recognise(None, None, HERE)
    assert (known.organisation, known.scopes) == ("local", frozenset({"ask", "audit"}))
    for host in (AWAY, "", "localhost.evil.example"):
        assert _refused(access, None, None, host) == "no_key"


def test_once_there_is_a_key_the_machine_needs_one_too(access: Access) -> None:
    """The first key closes the site, also after it is revoked."""
    access.recogniser.recognise(None, None, HERE)
    key = add_key(access, "甲公司")
    access.recogniser.forget()
    assert _refused(access, None) == "no_key"
    access.keys.revoke(key.id, "cli")
    access.recogniser.forget()
    assert _refused(access, None) == "no_key"


def test_a_key_has_its_organisation_and_scopes(access: Access) -> None:
    """Whoever brings a key may do what the key may, in its organisation's name, from anywhere."""
    key = add_key(access, "甲公司", ("audit",))
    for way in ("Bearer", "bearer"):
        known = access.recogniser.recognise(f"{way} {key.shown}", None, AWAY)
        assert (known.organisation, known.name) == ("甲公司", f"key:{key.id}")
        assert known.scopes == {"audit"}
        assert not known.may("ask")


def test_what_is_no_key_is_refused(access: Access) -> None:
    """A wrong secret, an unknown id, another scheme: refused, even at the machine of a fresh site."""
    assert _refused(access, "Bearer dk_nothing") == "unknown_key"
    key = add_key(access, "甲公司")
    number, secret = key_parts(key.shown) or ("", "")
    turned = ("A" if secret[0] != "A" else "B") + secret[1:]
    for wrong in (f"dk_{number}_{turned}", f"dk_{'0' * 12}_{secret}", key.digest, key.id):
        assert _refused(access, f"Bearer {wrong}") == "unknown_key"
    assert _refused(access, f"Basic {key.shown}") == "unknown_key"
    assert _refused(access, key.shown) == "unknown_key"


def test_a_key_ends(access: Access, clock: Clock) -> None:
    """A key past its day or revoked is told to be so, only to who has its secret."""
    key = add_key(access, "甲公司", lasts=timedelta(days=1))
    other = add_key(access, "甲公司")
    access.recogniser.recognise(f"Bearer {key.shown}", None, AWAY)
    clock.go_on(days=1)
    assert _refused(access, f"Bearer {key.shown}") == "expired_key"
    access.keys.revoke(other.id, "cli")
    assert _refused(access, f"Bearer {other.shown}") == "expired_key"
    assert _refused(access, f"Bearer dk_{other.id}_{'A' * 43}") == "unknown_key"


def test_a_key_revoked_elsewhere_ends_within_seconds(access: Access) -> None:
    """What was read of a key is held for a moment only, and not at all where it is told to forget."""
    held = Recogniser(access.keys, access.sessions, access.seal, access.keys._now, 3600)
    fresh = Recogniser(access.keys, access.sessions, access.seal, access.keys._now, 0)
    key = add_key(access, "甲公司")
    told = f"Bearer {key.shown}"
    for each in (held, fresh):
        each.recognise(told, None, AWAY)
    access.keys.revoke(key.id, "cli")
    held.recognise(told, None, AWAY)
    with pytest.raises(Refused):
        fresh.recognise(told, None, AWAY)
    held.forget()
    with pytest.raises(Refused):
        held.recognise(told, None, AWAY)


def test_both_keys_work_while_they_overlap(access: Access, clock: Clock) -> None:
    """After a rotation the old key goes on for its hours, then only the new one works."""
    from assistant.access.hashes import new_key

    old, new = add_key(access, "甲公司"), new_key(access.seal)
    access.keys.rotate(old.id, (new.id, new.digest), timedelta(hours=24), "cli")
    for key in (old, new):
        access.recogniser.recognise(f"Bearer {key.shown}", None, AWAY)
    clock.go_on(hours=24)
    access.recogniser.recognise(f"Bearer {new.shown}", None, AWAY)
    assert _refused(access, f"Bearer {old.shown}") == "expired_key"


@pytest.mark.parametrize(
    ("role", "scopes"),
    [
        ("asker", {"ask", "audit"}),
        ("curator", {"ask", "audit", "curate"}),
        ("reviewer", {"ask", "audit", "curate"}),
        ("admin", set(SCOPES)),
    ],
)
def test_somebody_logged_in_may_do_what_their_role_may(
    access: Access, role: str, scopes: set[str]
) -> None:
    """A session stands for a person of one organisation, with the scopes of the role."""
    add_user(access, "li.wei", role=role)
    entered = access.entrance.by_password("li.wei", PASSWORD, "", AWAY)
    known = access.recogniser.recognise(None, entered.cookie, AWAY)
    assert (known.organisation, known.name) == ("甲公司", "user:li.wei")
    assert known.scopes == scopes
    assert known.roles == {role}


def test_a_wrong_key_is_not_saved_by_a_session(access: Access) -> None:
    """Whoever brings a key is known by it alone; a cookie nobody gave out opens nothing."""
    add_user(access, "li.wei")
    add_key(access, "甲公司")
    entered = access.entrance.by_password("li.wei", PASSWORD, "", AWAY)
    assert _refused(access, "Bearer nonsense", entered.cookie) == "unknown_key"
    assert _refused(access, None, entered.cookie[::-1]) == "no_key"
    access.entrance.out(entered.cookie)
    assert _refused(access, None, entered.cookie) == "no_key"


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    mine=st.sampled_from("甲乙"),
    scopes=st.sets(st.sampled_from(SCOPES), min_size=1),
    authorization=st.one_of(st.none(), st.text(max_size=70)),
)
def test_no_caller_is_taken_for_another_organisation(
    access: Access, mine: str, scopes: set[str], authorization: str | None
) -> None:
    """Whatever keys there are, each opens its own organisation and scopes, and made-up ones nothing."""
    key = add_key(access, mine, scopes)
    known = access.recogniser.recognise(f"Bearer {key.shown}", None, AWAY)
    assert (known.organisation, set(known.scopes)) == (mine, scopes)
    with pytest.raises(Refused):
        access.recogniser.recognise(authorization, authorization, AWAY)
