"""A site of two organisations, with keys and people, to be attacked."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.access.hashes import new_key
from assistant.access.opening import Access
from assistant.access.passwords import hash_password
from assistant.settings import Settings, WebSettings
from assistant.storage.users import NewUser
from assistant.web.app import create_app

HOME = Path(__file__).parents[2]
PASSWORD = "correct horse battery"
ALL = ("ask", "audit", "curate", "admin")
FAULTY = (HOME / "examples" / "import_sea_faulty.json").read_bytes()
JSON = {"Content-Type": "application/json"}


class Site(NamedTuple):
    """A service, and how two organisations are recognised by it."""

    app: FastAPI
    client: TestClient
    """Brings no key."""
    first: dict[str, str]
    second: dict[str, str]

    @property
    def access(self) -> Access:
        """Who may do what."""
        access: Access = self.app.state.held.access
        return access


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return a service where each of two organisations has a key and an administrator."""
    settings = Settings(site=tmp_path_factory.mktemp("attacked"), web=WebSettings(calls_a_minute=0))
    app = create_app(settings)
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
        access: Access = app.state.held.access
        keys = [_entered(access, name, who) for name, who in (("甲公司", "wang"), ("乙公司", "li"))]
        access.recogniser.forget()
        yield Site(app, client, *keys)


def _entered(access: Access, organisation: str, who: str) -> dict[str, str]:
    made = new_key(access.seal)
    access.keys.add(made.id, made.digest, organisation, ALL, "cli", None)
    access.users.add(NewUser(organisation, who, "admin", hash_password(PASSWORD), None), "cli")
    return {"Authorization": f"Bearer {made.shown}"}


def routes_of(app: FastAPI) -> list[tuple[str, str]]:
    """Return every method and path of a service, the pages' too."""
    return sorted(set(_routes(app.routes)))


def _routes(routes: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for route in routes:
        if inner := getattr(route, "original_router", None):
            yield from _routes(inner.routes)
        else:
            yield from ((method, route.path) for method in route.methods)


def log_in(client: TestClient, who: str, password: str = PASSWORD) -> Any:
    """Log somebody in as a browser does, and return the reply."""
    page = client.get("/log-in")
    return client.post(
        "/log-in", data={"name": who, "password": password, "csrf_token": token_in(page.text)}
    )


def token_in(page: str) -> str:
    """Return the token of the forms of a page."""
    for mark in ('name="csrf_token" value="', 'X-CSRF-Token": "', "X-CSRF-Token&#34;: &#34;"):
        if mark in page:
            return page.partition(mark)[2][:64]
    raise AssertionError(page[:2_000])


def filled_path(path: str, given: dict[str, str] | None = None) -> str:
    """Return an address of a route; names nobody has are made up."""
    known = given or {}
    return re.sub(r"{(\w+)(?::\w+)?}", lambda found: known.get(found[1], "0" * 12), path)
