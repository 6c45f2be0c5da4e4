"""Logging in at a provider (OpenID Connect, code flow with state, nonce and PKCE).

What has to be remembered until the provider sends somebody back is sealed in a cookie of their
browser: whoever brings another browser, or none, is not let in.

Source: OpenID Connect Core 1.0; RFC 7636; RFC 9207.
"""

import secrets
import time
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx2
import msgspec
from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]
from authlib.integrations.httpx_client import OAuth2Client  # type: ignore[import-untyped]
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from assistant.access.caller import Refused
from assistant.access.hashes import same
from assistant.settings import OpenIdSettings
from assistant.storage.sealing import Seal, Unsealable
from knowledge.text import Text

COOKIE = "declarant_openid"
MINUTES = 10
"""How long somebody may take at the provider."""
SECONDS_TO_ANSWER = 10.0
LEEWAY_SECONDS = 60
"""How far its clock may be off."""
KNOWN_SECONDS = 3_600.0
"""How long what it says of itself is held."""
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]  # fmt: skip
"""Signatures with a public key alone: a secret both sides know could be anybody's."""


SIGNATURES = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)


class Person(NamedTuple):
    """Somebody as the provider knows them."""

    issuer: str
    subject: str
    name: str


class Begun(NamedTuple):
    """Somebody on their way to the provider."""

    address: str
    """Where to send them."""
    cookie: str
    """What their browser is to bring back."""


class _Way(msgspec.Struct, frozen=True):
    """What has to be remembered meanwhile."""

    state: str
    nonce: str
    verifier: str
    moment: float


class Provider:
    """The provider of an organisation."""

    def __init__(self, settings: OpenIdSettings, seal: Seal) -> None:
        self._settings = settings
        self._seal = seal
        self._told: tuple[float, Mapping[str, Any]] = (0.0, {})
        self._keys: KeySet | None = None

    def begin(self) -> Begun:
        """Return where to send somebody who wants to log in.

        Raises:
            Refused: the provider cannot be reached, or says what it should not.
        """
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        way = _Way(state, nonce, verifier, time.time())
        with self._client() as client:
            address, _ = client.create_authorization_url(
                self._endpoint("authorization_endpoint"),
                state=way.state,
                nonce=way.nonce,
                code_verifier=way.verifier,
            )
        return Begun(address, self._seal.seal(msgspec.json.encode(way)).decode())

    def finish(self, query: Mapping[str, str], cookie: str | None) -> Person:
        """Return whom the provider has sent back.

        Args:
            query: what it added to our address.
            cookie: what the browser brought back.

        Raises:
            Refused: this is not somebody who began here, or the provider does not vouch for them.
        """
        way = self._way(cookie)
        if not same(query.get("state", ""), way.state):
            raise _refused(Text("登录请求不是从本页发起的", "The log-in was not begun here"))
        if query.get("iss", self._settings.issuer) != self._settings.issuer or "code" not in query:
            raise _refused(Text("提供方没有确认身份", "The provider did not vouch for you"))
        try:
            return self._person(self._claims(query["code"], way))
        except (AuthlibBaseError, JoseError, httpx2.HTTPError, ValueError) as fault:
            raise _refused(_unproven(fault)) from None

    def _claims(self, code: str, way: _Way) -> Mapping[str, Any]:
        """What the provider says of somebody, proven to be its word to us about this log-in."""
        with self._client() as client:
            token = client.fetch_token(
                self._endpoint("token_endpoint"), code=code, code_verifier=way.verifier
            )
        signed = jwt.decode(
            token["id_token"], self._key_set(token["id_token"]), registry=SIGNATURES
        )
        known = self._settings
        options = {
            "iss": {"essential": True, "value": known.issuer},
            "aud": {"essential": True, "value": known.client_id},
        }
        params = {
            "nonce": way.nonce,
            "client_id": known.client_id,
            "access_token": token.get("access_token"),
        }
        claims = CodeIDToken(signed.claims, signed.header, options, params)
        claims.validate(leeway=LEEWAY_SECONDS)
        held: Mapping[str, Any] = dict(claims)
        return held

    def _person(self, claims: Mapping[str, Any]) -> Person:
        name = claims.get(self._settings.name_claim)
        if self._settings.name_claim == "email" and claims.get("email_verified") is not True:
            name = None
        return Person(self._settings.issuer, str(claims["sub"]), str(name or ""))

    def _way(self, cookie: str | None) -> _Way:
        try:
            content = self._seal.unseal((cookie or "").encode("utf-8", "replace"))
            way = msgspec.json.decode(content, type=_Way)
        except (Unsealable, msgspec.DecodeError):
            raise _refused(
                Text("登录请求不是从本页发起的", "The log-in was not begun here")
            ) from None
        if not 0 <= time.time() - way.moment <= MINUTES * 60:
            raise _refused(Text("登录超时", "The log-in took too long"))
        return way

    def _endpoint(self, name: str) -> str:
        address = str(self._discovered().get(name, ""))
        if not safe(address):
            raise _refused(Text(f"提供方的 {name} 不是 https 地址", f"The provider's {name} is no https address"))  # fmt: skip
        return address

    def _discovered(self) -> Mapping[str, Any]:
        """What the provider says of itself."""
        since, told = self._told
        if told and time.monotonic() - since < KNOWN_SECONDS:
            return told
        issuer = self._settings.issuer
        told = self._fetched(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if told.get("issuer") != issuer:
            raise _refused(Text("提供方自称另一地址", "The provider names itself otherwise"))
        self._told = (time.monotonic(), told)
        return told

    def _key_set(self, token: str) -> KeySet:
        """The keys of the provider, read anew where the token names one we do not know."""
        header = msgspec.json.decode(_first_part(token))
        named = header.get("kid") if isinstance(header, dict) else None
        known = self._keys
        if known is None or (named and named not in {key.kid for key in known.keys}):
            known = KeySet.import_key_set(self._fetched(self._endpoint("jwks_uri")))  # type: ignore[arg-type]
            self._keys = known
        return known

    def _fetched(self, address: str) -> Mapping[str, Any]:
        if not safe(address):
            raise _refused(Text("提供方地址须为 https", "The provider's address must be https"))
        try:
            reply = httpx2.get(address, timeout=SECONDS_TO_ANSWER, follow_redirects=False)
            reply.raise_for_status()
            told = msgspec.json.decode(reply.content, type=dict[str, Any])
        except (httpx2.HTTPError, msgspec.DecodeError) as fault:
            raise _refused(_unproven(fault)) from None
        return told

    def _client(self) -> Any:
        known = self._settings
        return OAuth2Client(
            client_id=known.client_id,
            client_secret=known.client_secret.get_secret_value() or None,
            redirect_uri=known.redirect,
            scope="openid email profile",
            code_challenge_method="S256",
            timeout=SECONDS_TO_ANSWER,
            follow_redirects=False,
        )


def safe(address: str) -> bool:
    """Return whether nobody between can read or change what is sent to an address.

    >>> safe("https://id.example.com/x"), safe("http://127.0.0.1:9/x"), safe("http://id.example.com")
    (True, True, False)
    """
    try:
        parts = urlsplit(address)
        here = parts.scheme == "http" and ip_address(parts.hostname or "").is_loopback
    except ValueError:
        here = False
    return here or (address.startswith("https://") and bool(urlsplit(address).hostname))


def _first_part(token: str) -> bytes:
    part = token.partition(".")[0]
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _unproven(fault: Exception) -> Text:
    name = type(fault).__name__
    return Text(
        f"提供方的答复无法核实（{name}）", f"What the provider said cannot be proven ({name})"
    )


def _refused(says: Text) -> Refused:
    return Refused("openid", says, Text("请重新登录；仍不行，请管理员检查设置 access.openid", "Log in again; if that fails, ask the administrator to check the setting access.openid"))  # fmt: skip
