"""Keys, passwords, codes and form tokens: made at random, kept as hashes, compared in constant time."""

import hmac
from datetime import timedelta

import pyotp
import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from assistant.access.csrf import new_visit, token_fits, token_for
from assistant.access.hashes import digest_of, key_parts, new_key, same
from assistant.access.passwords import LONGEST, Unfit, hash_password, outdated, password_fits
from assistant.access.totp import SECONDS, address_of, new_secret, step_of
from assistant.storage.sealing import Seal
from tests.clock import Clock

SEAL, OTHER = Seal(Fernet.generate_key()), Seal(Fernet.generate_key())
WORDS = "正确 horse battery 钉书机"


def test_a_key_is_known_by_its_hash_at_one_site_alone() -> None:
    """The hash of a key depends on its secret, its purpose and the site; the secret is not in it."""
    key = new_key(SEAL)
    parts = key_parts(key.shown)
    assert parts
    assert parts[0] == key.id
    assert digest_of("key", parts[1], SEAL) == key.digest
    assert digest_of("key", parts[1], OTHER) != key.digest
    assert digest_of("session", parts[1], SEAL) != key.digest
    assert new_key(SEAL).shown != key.shown
    assert parts[1] not in f"{key!r}{key.digest}"


@given(st.text(max_size=80))
def test_nothing_but_a_key_has_the_shape_of_one(text: str) -> None:
    """Whatever is sent as a key is either taken apart whole or refused."""
    parts = key_parts(text)
    assert parts is None or text == f"dk_{parts[0]}_{parts[1]}"


def test_secrets_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every comparison goes through the one that tells nothing by its duration."""
    seen: list[tuple[bytes, bytes]] = []
    known = hmac.compare_digest

    def counting(one: bytes, other: bytes) -> bool:
        seen.append((one, other))
        return known(one, other)

    monkeypatch.setattr(hmac, "compare_digest", counting)
    assert same("a", "a")
    assert not same("a", "b")
    assert not same("é\ud800", "e")
    token_fits("cookie", "token", SEAL)
    step_of(new_secret(), "000000", Clock()(), 0)
    assert len(seen) == 3 + 1 + 3


def test_a_password_is_hashed_slowly_and_fits_itself_alone() -> None:
    """argon2id with a salt of its own; another password, or none kept, does not fit."""
    kept = hash_password(WORDS)
    assert kept.startswith("$argon2id$")
    assert kept != hash_password(WORDS)
    assert password_fits(WORDS, kept)
    assert not password_fits(WORDS + " ", kept)
    assert not password_fits("nobody has this password", "")
    assert not password_fits(WORDS, "no hash")
    assert not password_fits("x" * (LONGEST + 1), kept)
    assert not outdated(kept)
    assert outdated(kept.replace("t=3", "t=1"))


@pytest.mark.parametrize("password", ["", "short", "十一个字的密码不算长", "x" * (LONGEST + 1)])
def test_a_weak_or_endless_password_is_refused(password: str) -> None:
    """Fewer than twelve signs are too easily guessed; more than five hundred are an attack."""
    with pytest.raises(Unfit) as told:
        hash_password(password)
    assert told.value.says.zh
    assert not password or password not in str(told.value)


def test_a_code_works_in_its_half_minute_and_once() -> None:
    """A code of now or of the step before or after works; a used one and older ones do not."""
    clock, secret = Clock(), new_secret()
    codes = pyotp.TOTP(secret)
    now = int(clock.now.timestamp()) // SECONDS
    for near in (-1, 0, 1):
        assert step_of(secret, codes.generate_otp(now + near), clock(), 0) == now + near
    for far in (-2, 2):
        assert step_of(secret, codes.generate_otp(now + far), clock(), 0) is None
    assert step_of(secret, codes.generate_otp(now), clock(), now) is None
    assert step_of(secret, codes.generate_otp(now - 1), clock(), now) is None
    assert step_of(secret, codes.generate_otp(now + 1), clock(), now) == now + 1


@pytest.mark.parametrize("wrong", ["", "0", "abcdef", "1234567", "\ud800"])
def test_what_is_no_code_does_not_work(wrong: str) -> None:
    """Whatever is typed instead of a code is refused without a fault."""
    assert step_of(new_secret(), wrong, Clock()(), 0) is None


def test_a_code_may_be_typed_with_blanks_and_wide_digits() -> None:
    """A Chinese keyboard types wide digits, and apps show a gap in the middle."""
    clock, secret = Clock(), new_secret()
    code = pyotp.TOTP(secret).at(clock.now)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    assert step_of(secret, f" {wide[:3]} {wide[3:]}", clock() + timedelta(seconds=1), 0)


def test_an_app_can_scan_the_secret() -> None:
    """The address names the program and the person."""
    secret = new_secret()
    told = pyotp.parse_uri(address_of(secret, "li.wei"))
    assert (told.issuer, told.name, told.secret) == ("declarant", "li.wei", secret)


def test_a_form_token_belongs_to_one_cookie_and_site() -> None:
    """A token fits its own cookie; not another's, not none, and not one made elsewhere."""
    cookie = new_visit()
    token = token_for(cookie, SEAL)
    assert token_fits(cookie, token, SEAL)
    assert not token_fits(new_visit(), token, SEAL)
    assert not token_fits(cookie, token_for(cookie, OTHER), SEAL)
    assert not token_fits(cookie, "", SEAL)
    assert not token_fits(None, token, SEAL)
    assert not token_fits("", token_for("", SEAL), SEAL)
