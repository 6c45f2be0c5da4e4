"""A small OpenID provider on this machine, which can be told to lie."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

CLIENT, CLIENT_SECRET = "declarant", "client secret of the tests"
REDIRECT = "http://127.0.0.1:8000/log-in/openid/back"


class SmallProvider:
    """What a provider knows, and the lies it tells in its tokens."""

    def __init__(self) -> None:
        self.key = ECKey.generate_key("P-256", {"kid": "one"})
        self.issuer = ""
        self.claims: dict[str, Any] = {}
        """Claims that take the place of true ones; those of value None are left out."""
        self.told: dict[str, Any] = {}
        """What takes the place of the truth in its discovery document."""
        self.signed_with: Any = None
        self.algorithm = "ES256"
        self.person = {"sub": "subject-7", "email": "li.wei@acme.cn", "email_verified": True}
        self.asked: dict[str, dict[str, str]] = {}
        """What was asked with each code."""
        self.used: set[str] = set()
        self.fetched: list[str] = []

    def discovery(self) -> dict[str, Any]:
        """Return what it says of itself."""
        known = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }
        return known | self.told

    def log_in(self, address: str) -> dict[str, str]:
        """Return the query a person is sent back with who logs in at an address."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["redirect_uri"] == REDIRECT
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = f"code-{len(self.asked)}"
        self.asked[code] = asked
        return {"code": code, "state": asked["state"], "iss": self.issuer}

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """Return what the token endpoint answers."""
        code = form.get("code", "")
        asked = self.asked.get(code)
        basic = base64.b64encode(f"{CLIENT}:{CLIENT_SECRET}".replace(" ", "+").encode()).decode()
        plain = base64.b64encode(f"{CLIENT}:{CLIENT_SECRET}".encode()).decode()
        if authorization not in (f"Basic {basic}", f"Basic {plain}"):
            return 401, {"error": "invalid_client"}
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if asked is None or code in self.used or challenge != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        self.used.add(code)
        return 200, {"access_token": "at", "token_type": "Bearer", "id_token": self._id(asked)}

    def _id(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        true = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.person,
        }
        claims = {name: told for name, told in (true | self.claims).items() if told is not None}
        header = {"alg": self.algorithm, "kid": self.key.kid}
        if self.algorithm == "none":
            return f"{_part(header)}.{_part(claims)}."
        return jwt.encode(header, claims, self.signed_with or self.key, algorithms=[self.algorithm])

    def keys(self) -> dict[str, Any]:
        """Return its public keys."""
        return {"keys": [{**self.key.as_dict(private=False), "kid": self.key.kid}]}


def _part(told: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")


def as_secret(known: SmallProvider) -> OctKey:
    """Return a shared secret made of the public key, as forgers do it."""
    told = json.dumps(known.key.as_dict(private=False)).encode()
    return OctKey.import_key(told)


@contextmanager
def serving(known: SmallProvider) -> Iterator[SmallProvider]:
    """Serve a provider on a free port of this machine."""

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known.fetched.append(self.path)
            if self.path == "/.well-known/openid-configuration":
                self._answer(200, known.discovery())
            elif self.path == "/keys":
                self._answer(200, known.keys())
            else:
                self._answer(404, {})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._answer(*known.token(form, self.headers.get("Authorization", "")))

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

        def _answer(self, status: int, told: dict[str, Any]) -> None:
            content = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    known.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        assert httpx2.get(f"{known.issuer}/keys").status_code == 200
        known.fetched.clear()
        yield known
    finally:
        server.shutdown()
        thread.join(timeout=20)
        server.server_close()
