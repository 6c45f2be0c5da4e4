"""People get in with all they were given, once a code, and guessing gets them nowhere."""

import pyotp
import pytest
from sqlalchemy import Engine, select

from assistant.access import entrance as door
from assistant.access.caller import Refused
from assistant.access.entrance import Entered, TooManyFailures
from assistant.access.opening import Access
from assistant.access.passwords import password_fits
from assistant.storage.log_in_failures import FREE
from assistant.storage.service_tables import sessions
from tests.access.site import PASSWORD, SECRET, add_user
from tests.clock import Clock

AWAY = "203.0.113.7"


def _code(clock: Clock) -> str:
    return pyotp.TOTP(SECRET).at(clock.now)


def _refusal(access: Access, name: str, password: str, code: str = "", address: str = AWAY) -> str:
    with pytest.raises(Refused) as told:
        access.entrance.by_password(name, password, code, address)
    return told.value.code


def test_somebody_with_all_they_were_given_gets_in(access: Access, clock: Clock) -> None:
    """Name, password and code together open a session, with names as they are typed."""
    add_user(access, "li.wei", totp=True)
    entered = access.entrance.by_password(" ｌｉ.wei ", PASSWORD, _code(clock), AWAY)
    assert entered.user.name == "li.wei"
    assert access.recogniser.recognise(None, entered.cookie, AWAY).name == "user:li.wei"
    assert entered.cookie not in repr(entered)


@pytest.mark.parametrize(
    ("name", "password", "code"),
    [
        ("li.wei", "wrong horse battery", True),
        ("li.wei", PASSWORD, False),
        ("li.wei", "", True),
        ("nobody", PASSWORD, True),
        ("", PASSWORD, True),
        ("gone", PASSWORD, False),
        ("elsewhere", "", False),
        ("elsewhere", PASSWORD, False),
    ],
)
def test_whatever_is_wrong_is_told_alike(
    access: Access, clock: Clock, name: str, password: str, code: bool
) -> None:
    """A wrong name, password, code, and somebody disabled or without password get the same words."""
    add_user(access, "li.wei", totp=True)
    add_user(access, "gone")
    access.users.disable("gone", "cli")
    from assistant.storage.users import NewUser

    access.users.add(NewUser("甲公司", "elsewhere", "asker"), "cli")
    assert _refusal(access, name, password, _code(clock) if code else "") == "wrong_log_in"


def test_a_name_nobody_has_takes_as_long(access: Access, monkeypatch: pytest.MonkeyPatch) -> None:
    """The slow hash is worked out whether the person exists or not."""
    add_user(access, "li.wei")
    seen: list[str] = []
    known = password_fits

    def counting(password: str, kept: str) -> bool:
        seen.append(kept[:9])
        return known(password, kept)

    monkeypatch.setattr(door, "password_fits", counting)
    _refusal(access, "li.wei", "wrong horse battery")
    _refusal(access, "nobody", "wrong horse battery")
    assert seen == ["$argon2id", ""]


def test_a_code_lets_in_once(access: Access, clock: Clock) -> None:
    """Whoever looked over the shoulder cannot use the same code, even within its half minute."""
    add_user(access, "li.wei", totp=True)
    code = _code(clock)
    access.entrance.by_password("li.wei", PASSWORD, code, AWAY)
    assert _refusal(access, "li.wei", PASSWORD, code) == "wrong_log_in"
    clock.go_on(seconds=30)
    access.entrance.by_password("li.wei", PASSWORD, _code(clock), AWAY)


def test_a_wrong_password_uses_up_no_code(access: Access, clock: Clock) -> None:
    """Somebody who mistyped the password may use the code again."""
    add_user(access, "li.wei", totp=True)
    code = _code(clock)
    _refusal(access, "li.wei", "wrong horse battery", code)
    access.entrance.by_password("li.wei", PASSWORD, code, AWAY)


def test_each_log_in_has_a_new_cookie_and_ends_the_old(access: Access) -> None:
    """A cookie planted before is neither taken over nor left open."""
    add_user(access, "li.wei")
    add_user(access, "mallory", "乙公司")
    planted = access.entrance.by_password("mallory", PASSWORD, "", AWAY)
    entered = access.entrance.by_password("li.wei", PASSWORD, "", AWAY, planted.cookie)
    assert entered.cookie != planted.cookie
    with pytest.raises(Refused):
        access.recogniser.recognise(None, planted.cookie, AWAY)
    made_up: Entered = access.entrance.by_password("li.wei", PASSWORD, "", AWAY, "made up")
    assert made_up.cookie != "made up"


def test_the_cookie_is_kept_as_a_hash(access: Access, database: Engine) -> None:
    """Whoever reads the database cannot log in with what stands there."""
    add_user(access, "li.wei")
    entered = access.entrance.by_password("li.wei", PASSWORD, "", AWAY)
    with database.connect() as connection:
        kept = connection.execute(select(sessions.c.digest)).scalar_one()
    assert entered.cookie not in kept
    with pytest.raises(Refused):
        access.recogniser.recognise(None, kept, AWAY)


def test_guessing_is_slowed_down_also_for_the_right_password(access: Access, clock: Clock) -> None:
    """After five failures even the right password waits, from any address; then it gets in."""
    add_user(access, "li.wei")
    for number in range(FREE["user"]):
        assert _refusal(access, "li.wei", f"guess number {number}", address=f"10.0.0.{number}") == "wrong_log_in"  # fmt: skip
    with pytest.raises(TooManyFailures) as told:
        access.entrance.by_password("li.wei", PASSWORD, "", AWAY)
    assert told.value.code == "too_many_failures"
    clock.go_on(seconds=told.value.seconds)
    access.entrance.by_password("li.wei", PASSWORD, "", AWAY)
    access.entrance.by_password("li.wei", PASSWORD, "", AWAY)


def test_one_address_cannot_try_all_names(access: Access, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty names with one password each, and the address has to wait."""
    monkeypatch.setattr(door, "password_fits", lambda password, kept: False)
    for number in range(FREE["address"]):
        assert _refusal(access, f"name-{number}", PASSWORD) == "wrong_log_in"
    assert _refusal(access, "another", PASSWORD) == "too_many_failures"
    assert _refusal(access, "another", PASSWORD, address="203.0.113.8") == "wrong_log_in"


def test_refusals_are_logged_without_what_was_typed(access: Access) -> None:
    """A known name is told to its organisation; an unknown one may be a password and is not."""
    add_user(access, "li.wei")
    _refusal(access, "li.wei", "wrong horse battery")
    _refusal(access, "my secret password typed as name", "wrong horse battery")
    known = access.log.of("甲公司")[0].act
    unknown = access.log.of("")[0].act
    assert (known.action, known.subject) == ("log-in refused", "li.wei")
    assert (unknown.action, unknown.subject) == ("log-in refused", "")
    told = f"{access.log.of('甲公司')}{access.log.of('')}"
    assert "secret" not in told
    assert "horse" not in told
    assert AWAY not in told
    assert access.log.verify().broken is None
