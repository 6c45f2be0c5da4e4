"""No secret stands in a log, a repr, or readable in the database."""

import logging
from pathlib import Path

import pytest

from assistant.access.caller import Refused
from assistant.access.hashes import new_key
from assistant.access.opening import open_access
from assistant.settings import Settings
from assistant.storage.idempotency import Reply
from assistant.storage.users import NewUser
from tests.access.site import HASHED, PASSWORD, SECRET


def test_a_site_that_was_used_gives_no_secret_away(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Key, password, code secret and cookie are in no byte of database, log, output or repr."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("sqlalchemy.engine").setLevel(logging.INFO)  # every statement
    said: list[str] = []
    with open_access(Settings.of(tmp_path)) as access:
        key = new_key(access.seal)
        access.keys.add(key.id, key.digest, "甲公司", ["ask"], "cli")
        new = NewUser("甲公司", "li.wei", "asker", HASHED)
        user = access.users.add(new, "cli")
        entered = access.entrance.by_password("li.wei", PASSWORD, "", "203.0.113.7")
        access.users.set_totp("li.wei", access.seal.seal(SECRET.encode()), "cli")
        claim = access.idempotency.claim("甲公司", "k-1", b"x")
        reply = Reply(201, {}, key.shown.encode())
        access.idempotency.finish(claim, reply)  # type: ignore[arg-type]
        for wrong in (f"Bearer {key.shown}x", f"Basic {key.shown}"):
            with pytest.raises(Refused) as told:
                access.recogniser.recognise(wrong, None, "203.0.113.7")
            said += [repr(told.value), str(told.value), *told.value.says, *told.value.do]
        held = (access.keys.of(), access.users.credentials("li.wei"), access.log.of("甲公司"))
        said += [repr(each) for each in (key, new, user, entered, reply, claim, access, held)]
    logging.getLogger("sqlalchemy.engine").setLevel(logging.NOTSET)
    out, err = capfd.readouterr()
    words = "\n".join([*said, caplog.text, out, err])
    kept = b"".join(each.read_bytes() for each in tmp_path.glob("declarant.db*"))
    secret = key.shown.split("_", 2)[2]
    for hidden in (secret, PASSWORD, SECRET, entered.cookie):
        assert hidden not in words
        assert hidden.encode() not in kept
    assert HASHED not in words
    assert key.digest not in words
    assert "203.0.113.7" not in words
    assert key.digest.encode() in kept
