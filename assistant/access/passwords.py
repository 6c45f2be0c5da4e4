"""Passwords: hashed slowly with argon2, since people's passwords can be guessed."""

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from knowledge.text import Text

SHORTEST, LONGEST = 12, 512
TOO_SHORT = Text(f"密码至少 {SHORTEST} 位", f"a password has at least {SHORTEST} characters")
TOO_LONG = Text(f"密码最多 {LONGEST} 位", f"a password has at most {LONGEST} characters")
_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash("nobody has this password")
"""Checked where a person does not exist, so that finding out takes as long."""
_AT_ONCE = BoundedSemaphore(2)
"""Each check takes 64 MiB; more at once would be a way to exhaust the machine."""


class Unfit(ValueError):
    """A password that cannot be taken."""

    def __init__(self, says: Text) -> None:
        super().__init__(f"{says.en} / {says.zh}")
        self.says = says


def hash_password(password: str) -> str:
    """Return what is kept of a password.

    Raises:
        Unfit: it is shorter than twelve characters, or absurdly long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise Unfit(TOO_SHORT if len(password) < SHORTEST else TOO_LONG)
    with _AT_ONCE:
        return _HASHER.hash(_written(password))


def password_fits(password: str, kept: str) -> bool:
    """Return whether a password is the one kept; as slow where none is kept."""
    if len(password) > LONGEST:
        return False
    try:
        with _AT_ONCE:
            return _HASHER.verify(kept or _NOBODY, _written(password)) and bool(kept)
    except (Argon2Error, InvalidHashError):
        return False


def outdated(kept: str) -> bool:
    """Return whether a password was hashed with weaker parameters than those of today."""
    return _HASHER.check_needs_rehash(kept)


def _written(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
