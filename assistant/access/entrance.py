"""How people log in and out: by password and code, or at their provider."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from assistant.access.caller import Refused
from assistant.access.hashes import Purpose, digest_of
from assistant.access.passwords import hash_password, outdated, password_fits
from assistant.access.totp import step_of
from assistant.settings import OpenIdSettings
from assistant.storage.audit_log import Act, AuditLog
from assistant.storage.log_in_failures import Attempt, LogInFailures
from assistant.storage.organisations import Unfit, known_name
from assistant.storage.sealing import Seal
from assistant.storage.sessions import Sessions
from assistant.storage.users import Credentials, NameTaken, NewUser, User, Users
from knowledge.text import Text

if TYPE_CHECKING:
    from assistant.access.openid import Person

WRONG = Text("姓名、密码或验证码不对", "The name, the password or the code is wrong")
TRY_AGAIN = Text(
    "核对后再试；验证码每 30 秒更换，用过的不能再用",
    "Check them and try again; codes change every 30 seconds, and none works twice",
)
NOT_ENTERED = Text("本站没有登记此人", "This site does not know this person")
ASK = Text("请管理员用 declarant user create --openid 登记", "Ask the administrator to enter you: declarant user create --openid")  # fmt: skip


class Entered(NamedTuple):
    """Somebody who just logged in."""

    user: User
    cookie: str
    """What the cookie of the session says; never kept."""

    def __repr__(self) -> str:
        return f"Entered(user={self.user.name!r})"


class Entrance:
    """Lets people in and out."""

    def __init__(
        self,
        users: Users,
        sessions: Sessions,
        failures: LogInFailures,
        log: AuditLog,
        seal: Seal,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._users = users
        self._sessions = sessions
        self._failures = failures
        self._log = log
        self._seal = seal
        self._now = now

    def by_password(
        self, name: str, password: str, code: str, address: str, cookie: str | None = None
    ) -> Entered:
        """Let somebody in.

        Args:
            name: as typed.
            password: as typed.
            code: of the authenticator app; empty for people who have none.
            address: where the call comes from.
            cookie: that of a session brought along, which ends; it is never used on.

        Raises:
            Refused: `wrong_log_in`, or `too_many_failures`.
        """
        name = _typed(name)
        attempt = Attempt(self._hash("address", address), self._hash("user", name))
        self._wait(attempt)
        held = self._users.credentials(name)
        if not self._fits(held, password, code):
            self._note_refusal(held, attempt)
            raise Refused("wrong_log_in", WRONG, TRY_AGAIN)
        assert held
        if outdated(held.password):
            self._users.rehash(held.user.id, hash_password(password))
        self._failures.succeeded(attempt)
        return self._entered(held.user, cookie, "password and code" if held.totp else "password")

    def by_provider(
        self, person: "Person", settings: OpenIdSettings, cookie: str | None = None
    ) -> Entered:
        """Let somebody in whom the provider knows.

        Raises:
            Refused: `not_entered`: nobody entered them, or they were disabled.
        """
        user = self._users.by_subject(person.issuer, person.subject) or self._linked(
            person, settings
        )
        if user is None or user.organisation != known_name(settings.organisation):
            raise Refused("not_entered", NOT_ENTERED, ASK)
        return self._entered(user, cookie, "openid")

    def out(self, cookie: str) -> bool:
        """End a session; whether there was one."""
        return self._sessions.end(self._hash("session", cookie))

    def _wait(self, attempt: Attempt) -> None:
        if wait := self._failures.begin(attempt):
            raise TooManyFailures(wait)

    def _fits(self, held: Credentials | None, password: str, code: str) -> bool:
        """Whether all that was typed is right; each part is looked at, whatever the others are."""
        right = password_fits(password, held.password if held else "")
        if held is None or held.user.disabled or not right:
            return False
        if held.totp is None:
            return True
        secret = self._seal.unseal(held.totp).decode()
        step = step_of(secret, code, self._now(), held.totp_step)
        return step is not None and self._users.use_step(held.user.id, step)

    def _entered(self, user: User, cookie: str | None, way: str) -> Entered:
        fresh = secrets.token_urlsafe(32)
        old = self._hash("session", cookie) if cookie else None
        if not self._sessions.start(user, self._hash("session", fresh), old, way):
            raise Refused("not_entered", NOT_ENTERED, ASK)
        return Entered(user, fresh)

    def _linked(self, person: "Person", settings: OpenIdSettings) -> User | None:
        """Somebody entered by the name the provider gives; or entered now, where that is wanted."""
        try:
            name = known_name(person.name)
        except Unfit:
            return None
        by = "openid"
        held = self._users.credentials(name)
        if held:
            mine = held.user.organisation == known_name(settings.organisation)
            linked = mine and self._users.link(held.user.id, person.issuer, person.subject, by)
            return held.user if linked else None
        if not settings.new_people:
            return None
        new = NewUser(
            known_name(settings.organisation),
            name,
            "asker",
            issuer=person.issuer,
            subject=person.subject,
        )
        try:
            return self._users.add(new, by)
        except NameTaken:  # by the same person, in another window
            return self._users.by_subject(person.issuer, person.subject)

    def _note_refusal(self, held: Credentials | None, attempt: Attempt) -> None:
        """Note a failure; a name nobody has may be a password in the wrong place, and is not told."""
        who = held.user if held else None
        told = {"address": attempt.address[:12]}
        organisation, name = (who.organisation, who.name) if who else ("", "")
        self._log.note(Act("nobody", organisation, "log-in refused", name, told))

    def _hash(self, purpose: Purpose, secret: str) -> str:
        return digest_of(purpose, secret, self._seal)


class TooManyFailures(Refused):
    """Somebody failed too often and has to wait."""

    def __init__(self, wait: timedelta) -> None:
        self.seconds = int(wait.total_seconds()) + 1
        super().__init__(
            "too_many_failures",
            Text("登录失败次数过多", "Too many attempts to log in have failed"),
            Text(f"请 {self.seconds} 秒后再试", f"Try again in {self.seconds} seconds"),
        )


def _typed(name: str) -> str:
    try:
        return known_name(name)
    except Unfit:
        return ""
