"""Where a message may be sent: to the public network, unless the site allows its own.

A name is resolved once and every address looked at; the message then goes to the address that was
looked at, whatever the name says a moment later.
"""

import socket
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from knowledge.text import Text

LONGEST = 2_000
DIGITS = tuple("0123456789")
NAT64 = IPv6Network("64:ff9b::/96")
Resolve = Callable[[str, int], Iterable[str]]
"""Returns the addresses of a host."""


class NoTarget(Exception):
    """A message may not, or cannot, be sent to an address; says why and what to do."""

    def __init__(self, says: Text, do: Text, *, ever: bool = False) -> None:
        super().__init__(says.en)
        self.says = says
        self.do = do
        self.ever = ever
        """Whether it may do later."""


class Target(NamedTuple):
    """Where a message goes."""

    secure: bool
    host: str
    port: int
    path: str
    """With the query."""

    @property
    def named(self) -> str:
        """The host as a header names it: with its port, where that is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"


def target_of(url: str, *, private: bool = False) -> Target:
    """Return where an address leads, without asking the network.

    >>> target_of("https://erp.example.com/hooks?to=7").path
    '/hooks?to=7'

    Args:
        url: as it was given.
        private: whether the site's own network may be meant, and `http` is good enough.

    Raises:
        NoTarget: no message may be sent there.
    """
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        raise _unfit(Text("地址含有不允许的字符或过长", "The address is too long or has odd signs"))
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _unfit(Text("地址写法有误", "The address is not well written")) from None
    secure = parts.scheme == "https"
    if not host or not (secure or (private and parts.scheme == "http")):
        raise _unfit(Text("地址须以 https:// 开头", "The address must begin with https://"))
    if parts.username is not None or parts.fragment:
        raise _unfit(Text("地址不得含用户名或 #", "The address must have no user name and no #"))
    _refuse_named(host, private=private)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(secure, host, port or (443 if secure else 80), path)


def checked(target: Target, resolve: Resolve | None = None, *, private: bool = False) -> str:
    """Return the address to connect to, once every address of the host was looked at.

    Raises:
        NoTarget: the host has none, or one that no message may be sent to.
    """
    try:
        found = list((resolve or resolved)(target.host, target.port))
    except OSError:
        found = []
    if not found:
        raise NoTarget(
            Text("域名无法解析", "The host is not known"),
            Text("核对地址", "Check the address"),
            ever=True,
        )
    if not private and not all(map(is_public, found)):
        raise _private()
    return found[0]


def resolved(host: str, port: int) -> list[str]:
    """Return the addresses of a host, as the system knows them.

    Raises:
        OSError: it knows none.
    """
    known = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in known))


def is_public(address: str) -> bool:
    """Return whether an address is of the public network, looked at through IPv6 wrappings.

    >>> [is_public(each) for each in ("8.8.8.8", "10.1.2.3", "169.254.169.254", "::1")]
    [True, False, False, False]
    >>> is_public("64:ff9b::a01:203"), is_public("::ffff:127.0.0.1"), is_public("0.0.0.0")
    (False, False, False)
    """
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _inner(known) if isinstance(known, IPv6Address) else None
    if inner is not None:
        return is_public(str(inner))
    return known.is_global and not known.is_multicast and not known.is_reserved


def _inner(address: IPv6Address) -> IPv4Address | None:
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo


def _refuse_named(host: str, *, private: bool) -> None:
    """Refuse at once what need not be resolved: an address itself, or a name of this machine."""
    if private:
        return
    try:
        public = is_public(str(ip_address(host.partition("%")[0])))
    except ValueError:
        own = host.rstrip(".").lower()
        ends = (".localhost", ".local", ".internal", ".localdomain")
        number = own.rpartition(".")[2].startswith(DIGITS)  # 127.1 and 0x7f.1 are addresses, too
        public = "." in own and not own.endswith(ends) and not number
    if not public:
        raise _private()


def _unfit(says: Text) -> NoTarget:
    return NoTarget(
        says, Text("例如 https://erp.example.com/hooks", "Such as https://erp.example.com/hooks")
    )


def _private() -> NoTarget:
    return NoTarget(
        Text("地址在内网或本机", "The address is of a private network or this machine"),
        Text(
            "改用公网地址，或由管理员设 web.private_webhooks",
            "Give a public address, or have the administrator set web.private_webhooks",
        ),
    )
