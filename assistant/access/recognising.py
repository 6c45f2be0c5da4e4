"""Tells who calls: by an API key, by a session, or because they sit at a fresh site's machine."""

import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock

from assistant.access.caller import (
    ROLES,
    SCOPES,
    SCOPES_OF,
    Caller,
    Refused,
    Role,
    at_home,
    loopback,
)
from assistant.access.hashes import digest_of, key_parts, same
from assistant.storage.keys import KeptKey, Keys
from assistant.storage.sealing import Seal
from assistant.storage.sessions import Sessions
from assistant.storage.users import User
from knowledge.text import Text

FRESH_SECONDS = 2.0
"""A key revoked by another process works for so long."""
REMEMBERED = 4_096
NOTHING = "0" * 64
NO_KEY = (
    "no_key",
    Text("请求没有带密钥", "The call brings no key"),
    Text("declarant key create 建密钥，或登录", "Bring a key (declarant key create), or log in"),
)
UNKNOWN = (
    "unknown_key",
    Text("密钥无效", "The key is not known"),
    Text("核对密钥，或请管理员新建", "Check the key, or ask the administrator for one"),
)
EXPIRED = (
    "expired_key",
    Text("密钥已过期或已停用", "The key has expired or was revoked"),
    Text("换用新密钥：declarant key create", "Use a new key: declarant key create"),
)


class Recogniser:
    """Recognises callers; what it read of a key it holds for two seconds."""

    def __init__(
        self,
        keys: Keys,
        sessions: Sessions,
        seal: Seal,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        fresh_seconds: float = FRESH_SECONDS,
    ) -> None:
        self._keys = keys
        self._sessions = sessions
        self._seal = seal
        self._now = now
        self._fresh_seconds = fresh_seconds
        self._held: OrderedDict[str, tuple[float, KeptKey]] = OrderedDict()
        self._none_made_until = 0.0
        self._made = False
        self._lock = Lock()

    def recognise(self, authorization: str | None, session: str | None, client_host: str) -> Caller:
        """Return the caller.

        Args:
            authorization: the header of that name; where there is one, it alone counts.
            session: the cookie of somebody who logged in.
            client_host: where the call comes from; empty where that cannot be relied on.

        Raises:
            Refused: nobody is recognised.
        """
        if authorization:
            return self._by_key(authorization)
        if session and (found := self._sessions.find(digest_of("session", session, self._seal))):
            return caller_of(found.user)
        if at_home(client_host) and not self._keys_made():
            return loopback()
        raise Refused(*NO_KEY)

    def remembered(self, authorization: str) -> Caller | None:
        """Return the caller with a key that was read a moment ago; nothing where it must be read.

        Nothing is asked of the database, so that no thread is needed.

        Raises:
            Refused: the key was read, and does not fit or is no longer good.
        """
        parts = key_parts(authorization.partition(" ")[2].strip())
        with self._lock:
            since, held = self._held.get(parts[0] if parts else "", (0.0, None))
        fresh = held is not None and time.monotonic() - since < self._fresh_seconds
        return self._by_key(authorization) if fresh else None

    def forget(self) -> None:
        """Read everything anew: a key was made, revoked or rotated here."""
        with self._lock:
            self._held.clear()
            self._none_made_until = 0.0

    def _by_key(self, authorization: str) -> Caller:
        way, _, shown = authorization.partition(" ")
        parts = key_parts(shown.strip()) if way.lower() == "bearer" else None
        if parts is None:
            raise Refused(*UNKNOWN)
        number, secret = parts
        kept = self._key(number)
        fits = same(kept.digest if kept else NOTHING, digest_of("key", secret, self._seal))
        if kept is None or not fits:
            raise Refused(*UNKNOWN)
        if not kept.good(self._now()):
            raise Refused(*EXPIRED)
        scopes = frozenset(scope for scope in SCOPES if scope in kept.scopes)
        return Caller(kept.organisation, f"key:{kept.id}", scopes)

    def _key(self, id: str) -> KeptKey | None:
        """A key as it stood two seconds ago at most; keys that do not exist are not remembered."""
        moment = time.monotonic()
        with self._lock:
            since, held = self._held.get(id, (0.0, None))
        if held and moment - since < self._fresh_seconds:
            return held
        found = self._keys.find(id)
        with self._lock:
            self._held.pop(id, None)
            if found:
                self._held[id] = (moment, found)
            while len(self._held) > REMEMBERED:
                self._held.popitem(last=False)
        return found

    def _keys_made(self) -> bool:
        """Whether a key was ever made; once there is one, there always is."""
        moment = time.monotonic()
        if not self._made and moment >= self._none_made_until:
            self._made = self._keys.any()
            self._none_made_until = moment + self._fresh_seconds
        return self._made


def caller_of(user: User) -> Caller:
    """Return the caller that a person is."""
    role: Role = next((role for role in ROLES if role == user.role), "asker")
    return Caller(user.organisation, f"user:{user.name}", SCOPES_OF[role], frozenset({role}))
