"""Keys and people on the command line: made, listed, rotated, revoked, and all of it on record."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pyotp
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from assistant.access.caller import Refused
from assistant.access.opening import open_access
from assistant.cli import access, people
from assistant.settings import Settings
from assistant.storage.engine import open_engine

KEY = re.compile(r"dk_[0-9a-f]{12}_\S{43}\n")
PASSWORD = "correct horse battery"


def run(command: click.Command, site: Path, *arguments: str, typed: str = "") -> Result:
    """Run a command on a site within this process."""
    return CliRunner().invoke(command, [*arguments, "--site", str(site)], input=typed)


def _made(site: Path, *arguments: str) -> str:
    done = run(access.key, site, "create", "--organisation", "甲公司", *arguments)
    assert done.exit_code == 0, done.output
    assert KEY.fullmatch(done.stdout)
    return done.stdout.strip()


def test_a_key_is_shown_once_and_works(tmp_path: Path) -> None:
    """The new key alone stands on standard output, opens the service, and is not listed again."""
    first = run(access.key, tmp_path, "create", "--organisation", "甲公司", "--lang", "en")
    shown = first.stdout.strip()
    assert "this once only" in first.stderr
    assert "from now on" in first.stderr
    with open_access(Settings.of(tmp_path)) as held:
        known = held.recogniser.recognise(f"Bearer {shown}", None, "203.0.113.7")
    assert (known.organisation, set(known.scopes)) == ("甲公司", {"ask", "audit"})
    listed = run(access.key, tmp_path, "list")
    assert shown.split("_")[1] in listed.stdout
    assert "ask,audit" in listed.stdout
    assert shown.split("_", 2)[2] not in listed.output
    assert oct((tmp_path / "journal.key").stat().st_mode)[-3:] == "600"


def test_a_key_lasts_to_the_end_of_its_day(tmp_path: Path) -> None:
    """The last day is a day in China; a day that is over is refused."""
    day = (datetime.now(UTC) + timedelta(days=30)).date()
    _made(tmp_path, "--expires", day.isoformat(), "--scopes", "audit")
    listed = run(access.key, tmp_path, "list", "--organisation", "甲公司", "--lang", "en").stdout
    assert f"audit  until {day + timedelta(days=1)} 00:00" in listed
    over = run(access.key, tmp_path, "create", "--organisation", "甲", "--expires", "2020-01-01")
    assert over.exit_code == 2


@pytest.mark.parametrize("scopes", ["", "ask,everything", ","])
def test_a_scope_there_is_not_is_named(tmp_path: Path, scopes: str) -> None:
    """Nothing is made, and the scopes there are are listed."""
    done = run(access.key, tmp_path, "create", "--organisation", "甲公司", "--scopes", scopes)
    assert done.exit_code == 2
    assert "ask, audit, curate, admin" in done.stderr
    assert run(access.key, tmp_path, "list").stdout == ""


def test_a_key_is_rotated_and_revoked(tmp_path: Path) -> None:
    """The old key goes on for its hours, the new one until it is revoked; neither goes twice."""
    old = _made(tmp_path)
    done = run(access.key, tmp_path, "rotate", old.split("_")[1], "--overlap", "0")
    new = done.stdout.strip()
    assert KEY.fullmatch(done.stdout)
    with open_access(Settings.of(tmp_path)) as held:
        held.recogniser.recognise(f"Bearer {new}", None, "")
        with pytest.raises(Refused):
            held.recogniser.recognise(f"Bearer {old}", None, "")
    again = run(access.key, tmp_path, "rotate", old.split("_")[1])
    assert again.exit_code == 2
    assert run(access.key, tmp_path, "revoke", new.split("_")[1]).exit_code == 0
    assert "已停用" in run(access.key, tmp_path, "list").stdout
    for command in ("revoke", "rotate"):
        assert run(access.key, tmp_path, command, "0" * 12).exit_code == 2


def test_a_password_is_asked_for_twice(tmp_path: Path) -> None:
    """It is never an argument; it is not shown; a short one or a slip is refused."""
    create = ("create", "li.wei", "--organisation", "甲公司", "--role", "curator")
    slip = run(people.user, tmp_path, *create, typed=f"{PASSWORD}\nother\n")
    assert slip.exit_code != 0
    short = run(people.user, tmp_path, *create, typed="short\nshort\n")
    assert short.exit_code == 2
    assert "12" in short.stderr
    done = run(people.user, tmp_path, *create, typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert done.exit_code == 0
    assert PASSWORD not in done.output
    assert "li.wei  甲公司  curator  密码" in run(people.user, tmp_path, "list").stdout
    taken = run(people.user, tmp_path, *create, typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert taken.exit_code == 2
    assert not [option for option in people.create_user.params if "password" in option.name]


def test_the_secret_of_codes_is_shown_once(tmp_path: Path) -> None:
    """What is shown can be scanned, and its codes let in."""
    create = ("create", "li.wei", "--organisation", "甲公司", "--totp")
    done = run(people.user, tmp_path, *create, typed=f"{PASSWORD}\n{PASSWORD}\n")
    address = next(line for line in done.stdout.splitlines() if line.startswith("otpauth://"))
    with open_access(Settings.of(tmp_path)) as held:
        code = pyotp.TOTP(pyotp.parse_uri(address).secret).at(datetime.now(UTC))
        held.entrance.by_password("li.wei", PASSWORD, code, "203.0.113.7")
    assert "验证码" in run(people.user, tmp_path, "list").stdout
    secret = pyotp.parse_uri(address).secret
    assert secret not in run(people.user, tmp_path, "list").stdout
    other = run(people.user, tmp_path, "totp", "li.wei")
    assert secret not in other.stdout
    assert run(people.user, tmp_path, "totp", "li.wei", "--off").stdout == ""
    assert "验证码" not in run(people.user, tmp_path, "list").stdout


def test_people_are_changed(tmp_path: Path) -> None:
    """A person gets another password, is disabled, and one nobody knows is told so."""
    made = run(people.user, tmp_path, "create", "a@b.cn", "--organisation", "甲公司", "--openid")
    assert made.exit_code == 0
    assert "统一登录" in run(people.user, tmp_path, "list").stdout
    typed = f"{PASSWORD}\n{PASSWORD}\n"
    assert run(people.user, tmp_path, "password", "a@b.cn", typed=typed).exit_code == 0
    assert run(people.user, tmp_path, "disable", "a@b.cn").exit_code == 0
    assert "已停用" in run(people.user, tmp_path, "list").stdout
    assert run(people.user, tmp_path, "disable", "nobody").exit_code == 2
    both = ("create", "x", "--organisation", "甲", "--openid", "--totp")
    assert run(people.user, tmp_path, *both).exit_code == 2


def test_an_organisation_says_how_long_drafts_are_kept(tmp_path: Path) -> None:
    """None are kept by default; an organisation there is not is told so."""
    _made(tmp_path)
    assert "甲公司  草稿保存 0 天" in run(people.organisation, tmp_path, "list").stdout
    assert run(people.organisation, tmp_path, "keep-drafts", "甲公司", "7").exit_code == 0
    assert "甲公司  草稿保存 7 天" in run(people.organisation, tmp_path, "list").stdout
    assert run(people.organisation, tmp_path, "keep-drafts", "乙公司", "7").exit_code == 2


def test_the_log_is_verified(tmp_path: Path) -> None:
    """A sound log says how long it is and gives its hash; the first row that was changed is named."""
    _made(tmp_path)
    _made(tmp_path)
    sound = run(access.verify_log, tmp_path, "--lang", "en")
    assert sound.exit_code == 0
    said, head = sound.stdout.split("\n")[:2]
    assert said == "3 rows, sound"
    assert run(access.verify_log, tmp_path, "--seen", head).exit_code == 0
    assert run(access.verify_log, tmp_path, "--seen", "0" * 63 + "1").exit_code == 1
    engine = open_engine(Settings.of(tmp_path).database_url)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_log_UPDATE"))
        connection.execute(text("UPDATE audit_log SET actor = 'nobody' WHERE number = 2"))
    engine.dispose()
    broken = run(access.verify_log, tmp_path)
    assert broken.exit_code == 1
    assert "第 2 行" in broken.stdout


def test_a_database_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    """No trace of a fault, but what to look at."""
    (tmp_path / "declarant.db").write_bytes(b"no database" * 100)
    done = run(access.key, tmp_path, "list")
    assert done.exit_code == 1
    assert "数据库" in done.stderr
    (tmp_path / "declarant.toml").write_text("[access]\nno_such = 1\n", "utf-8")
    assert run(access.key, tmp_path, "list").exit_code == 2
