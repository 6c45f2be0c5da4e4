"""Whoever calls: an organisation, what it may do, and in whose name."""

from ipaddress import ip_address
from typing import Literal, NamedTuple

from knowledge.text import Text

Scope = Literal["ask", "audit", "curate", "admin"]
Role = Literal["asker", "curator", "reviewer", "admin"]
SCOPES: tuple[Scope, ...] = ("ask", "audit", "curate", "admin")
ROLES: tuple[Role, ...] = ("asker", "curator", "reviewer", "admin")
SCOPES_OF: dict[Role, frozenset[Scope]] = {
    "asker": frozenset(("ask", "audit")),
    "curator": frozenset(("ask", "audit", "curate")),
    "reviewer": frozenset(("ask", "audit", "curate")),
    "admin": frozenset(SCOPES),
}
"""What a person may do by role; a reviewer differs from a curator on the desk, not in scope."""
LOCAL = "local"
"""The organisation of a site that has made no key yet, and of the command line."""


class Caller(NamedTuple):
    """Somebody who was recognised."""

    organisation: str
    name: str
    """`key:3f9a…` or `user:li.wei`, for journal and audit log; no secret."""
    scopes: frozenset[Scope]
    roles: frozenset[Role] = frozenset()

    def may(self, scope: Scope) -> bool:
        """Return whether this caller may do a thing."""
        return scope in self.scopes


class Refused(Exception):
    """Somebody may not do a thing; says why and what to do."""

    def __init__(self, code: str, says: Text, do: Text) -> None:
        super().__init__(says.en)
        self.code = code
        """`no_key`, `unknown_key`, `expired_key`; at log-in `wrong_log_in`, `too_many_failures`,
        `not_entered`, `openid`."""
        self.says = says
        self.do = do


def loopback() -> Caller:
    """Return the caller of a fresh site, who sits at the same machine."""
    return Caller(LOCAL, "loopback", frozenset(("ask", "audit")))


def at_home(host: str) -> bool:
    """Return whether an address is this machine's own.

    >>> at_home("127.0.0.1"), at_home("::ffff:127.0.0.1"), at_home("10.0.0.1"), at_home("")
    (True, True, False, False)
    """
    try:
        address = ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)
