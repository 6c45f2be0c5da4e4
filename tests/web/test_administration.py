"""Administrators manage keys, people and drafts of their own organisation over HTTP, and no others."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.access.csrf import HEADER, token_for
from assistant.access.hashes import new_key
from assistant.access.opening import Access, open_access
from assistant.storage.users import NewUser
from assistant.web.app import create_app
from assistant.web.callers import SESSION
from tests.access.site import HASHED, PASSWORD
from tests.web.serving import settings_of

OURS, THEIRS = "甲公司", "乙公司"
AWAY = ("203.0.113.7", 50_000)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a site of its own."""
    return tmp_path_factory.mktemp("administered")


@pytest.fixture(scope="module")
def keys(home: Path) -> dict[str, str]:
    """Return the headers' worth of an administrator of each organisation, and of a mere auditor."""
    with open_access(settings_of(home)) as access:
        return {
            "ours": _key(access, OURS, "admin", "ask"),
            "theirs": _key(access, THEIRS, "admin"),
            "audits": _key(access, OURS, "audit"),
        }


def _key(access: Access, organisation: str, *scopes: str) -> str:
    made = new_key(access.seal)
    access.keys.add(made.id, made.digest, organisation, scopes, "cli")
    return made.shown


@pytest.fixture(scope="module")
def service(home: Path, keys: dict[str, str]) -> Iterator[TestClient]:
    """Return a client of a service that knows its callers by real keys and sessions."""
    app = create_app(settings_of(home))
    with TestClient(app, raise_server_exceptions=False, client=AWAY) as held:
        yield held


@pytest.fixture
def ours(keys: dict[str, str]) -> dict[str, str]:
    """Return the header of our administrator."""
    return {"Authorization": f"Bearer {keys['ours']}"}


@pytest.fixture
def theirs(keys: dict[str, str]) -> dict[str, str]:
    """Return the header of their administrator."""
    return {"Authorization": f"Bearer {keys['theirs']}"}


def _listed(service: TestClient, path: str, headers: dict[str, str]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = service.get(path, headers=headers).json()["items"]
    return items


def test_a_key_is_made_used_rotated_and_revoked(
    service: TestClient, ours: dict[str, str], theirs: dict[str, str]
) -> None:
    """A key works from the moment it is shown to the moment it is revoked, and only for its owner."""
    made = service.post("/v1/keys", json={"scopes": ["audit"]}, headers=ours)
    assert made.status_code == 201
    assert made.headers["cache-control"] == "no-store"
    number, shown = made.json()["id"], made.json()["key"]
    mine = {"Authorization": f"Bearer {shown}"}
    assert service.get("/v1/organisation", headers=mine).json()["name"] == OURS
    assert service.get("/v1/keys", headers=mine).status_code == 403
    for way in ("delete", "post"):
        path = f"/v1/keys/{number}" + ("/rotate" if way == "post" else "")
        sent: dict[str, Any] = {"json": {}} if way == "post" else {}
        assert service.request(way, path, headers=theirs, **sent).status_code == 404
    rotated = service.post(f"/v1/keys/{number}/rotate", json={"overlap_hours": 0}, headers=ours)
    assert rotated.status_code == 201
    assert service.get("/v1/organisation", headers=mine).json()["code"] == "expired_key"
    again = service.post(f"/v1/keys/{number}/rotate", json={}, headers=ours)
    assert again.status_code == 422
    mine = {"Authorization": f"Bearer {rotated.json()['key']}"}
    assert service.get("/v1/organisation", headers=mine).status_code == 200
    assert service.delete(f"/v1/keys/{rotated.json()['id']}", headers=ours).status_code == 204
    assert service.get("/v1/organisation", headers=mine).json()["code"] == "expired_key"
    states = {each["id"]: each["state"] for each in _listed(service, "/v1/keys", ours)}
    assert states[number] == "expired"
    assert states[rotated.json()["id"]] == "revoked"
    assert number not in str(_listed(service, "/v1/keys", theirs))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/keys"),
        ("POST", "/v1/keys"),
        ("DELETE", "/v1/keys/0123456789ab"),
        ("POST", "/v1/keys/0123456789ab/rotate"),
        ("GET", "/v1/users"),
        ("POST", "/v1/users"),
        ("PATCH", "/v1/users/li.wei"),
        ("PATCH", "/v1/organisation"),
        ("GET", "/v1/audit-log"),
    ],
)
def test_who_is_no_administrator_is_refused(
    service: TestClient, keys: dict[str, str], method: str, path: str
) -> None:
    """Without a key 401, with a key that may only audit 403, before the body is looked at."""
    assert service.request(method, path).json()["code"] == "no_key"
    mine = {"Authorization": f"Bearer {keys['audits']}"}
    assert service.request(method, path, headers=mine).json()["code"] == "not_allowed"


@pytest.mark.parametrize(
    "body",
    [
        {"scopes": []},
        {"scopes": ["everything"]},
        {"scopes": ["ask"], "organisation": THEIRS},
        {"scopes": ["ask"], "expires": "2020-01-01"},
        {"scopes": "ask"},
    ],
)
def test_a_body_cannot_choose_what_the_caller_is(
    service: TestClient, ours: dict[str, str], body: dict[str, Any]
) -> None:
    """No other organisation, no scope there is not, no day that is over."""
    before = len(_listed(service, "/v1/keys?limit=200", ours))
    assert service.post("/v1/keys", json=body, headers=ours).json()["code"] == "invalid"
    assert len(_listed(service, "/v1/keys?limit=200", ours)) == before


def test_a_key_sent_for_twice_is_made_once(service: TestClient, ours: dict[str, str]) -> None:
    """The same call with the same Idempotency-Key gets the same key; another body is refused."""
    before = len(_listed(service, "/v1/keys?limit=200", ours))
    sent = ours | {"Idempotency-Key": "once"}
    replies = [service.post("/v1/keys", json={"scopes": ["ask"]}, headers=sent) for _ in range(2)]
    assert replies[0].json() == replies[1].json()
    assert [each.status_code for each in replies] == [201, 201]
    assert len(_listed(service, "/v1/keys?limit=200", ours)) == before + 1
    other = service.post("/v1/keys", json={"scopes": ["audit"]}, headers=sent)
    assert other.json()["code"] == "key_reused"


def test_people_are_entered_and_changed_by_their_own(
    service: TestClient, ours: dict[str, str], theirs: dict[str, str], home: Path
) -> None:
    """A person can log in with what was given, is out once changed, and no other may change them."""
    body = {"name": "zhang.san", "password": PASSWORD, "role": "curator"}
    made = service.post("/v1/users", json=body, headers=ours)
    assert made.status_code == 201
    assert PASSWORD not in made.text
    assert service.post("/v1/users", json=body, headers=theirs).json()["code"] == "invalid"
    with open_access(settings_of(home)) as access:
        entered = access.entrance.by_password("zhang.san", PASSWORD, "", "203.0.113.9")
    cookies = {"Cookie": f"declarant_session={entered.cookie}"}
    assert service.get("/v1/organisation", headers=cookies).json()["name"] == OURS
    path = "/v1/users/zhang.san"
    assert service.patch(path, json={"disabled": True}, headers=theirs).status_code == 404
    assert service.get("/v1/organisation", headers=cookies).status_code == 200
    changed = service.patch(path, json={"role": "asker"}, headers=ours)
    assert (changed.json()["role"], changed.json()["password"]) == ("asker", True)
    assert service.get("/v1/organisation", headers=cookies).status_code == 401
    assert service.patch(path, json={"disabled": True}, headers=ours).json()["disabled"]
    assert service.patch(path, json={"disabled": False}, headers=ours).json()["disabled"] is None
    assert "zhang.san" in str(_listed(service, "/v1/users", ours))
    assert _listed(service, "/v1/users", theirs) == []


def test_codes_and_providers_exclude_passwords_where_they_must(
    service: TestClient, ours: dict[str, str]
) -> None:
    """Somebody has a password, or logs in at the provider; the secret of codes is shown once."""
    totp = {"name": "wang.wu", "password": PASSWORD, "totp": True}
    made = service.post("/v1/users", json=totp, headers=ours).json()
    assert made["totp_address"].startswith("otpauth://")
    assert made["totp_secret"] not in str(_listed(service, "/v1/users", ours))
    for wrong in (
        {"name": "x"},
        {"name": "x", "openid": True, "password": PASSWORD},
        {"name": "x", "password": "short"},
        {"name": "\u202e", "password": PASSWORD},
    ):
        reply = service.post("/v1/users", json=wrong, headers=ours)
        assert reply.json()["code"] == "invalid"
        assert "short" not in reply.json()["detail"].replace("shorter", "")
    assert service.post("/v1/users", json={"name": "x", "openid": True}, headers=ours).is_success


@pytest.mark.parametrize("name", ["nobody", "%00", "%E2%80%AE", "a" * 80])
def test_somebody_there_is_not_is_not_found(
    service: TestClient, ours: dict[str, str], name: str
) -> None:
    """Whatever the name is, it is answered with a problem and never with a fault."""
    reply = service.patch(f"/v1/users/{name}", json={"role": "asker"}, headers=ours)
    assert reply.json()["code"] == "not_found"


def test_an_administrator_does_not_lock_themselves_out(service: TestClient, home: Path) -> None:
    """Somebody logged in can neither disable themselves nor take their own role away."""
    with open_access(settings_of(home)) as access:
        access.users.add(NewUser(OURS, "chief", "admin", HASHED), "cli")
        entered = access.entrance.by_password("chief", PASSWORD, "", "203.0.113.9")
        token = token_for(entered.cookie, access.seal)
    cookies = {"Cookie": f"declarant_session={entered.cookie}", HEADER: token}
    for change in ({"disabled": True}, {"role": "asker"}):
        reply = service.patch("/v1/users/chief", json=change, headers=cookies)
        assert reply.status_code in (403, 422)
    assert service.get("/v1/keys", headers=cookies).status_code == 200


def test_drafts_are_kept_where_an_administrator_wants_it(
    service: TestClient, ours: dict[str, str], theirs: dict[str, str]
) -> None:
    """Off by default; on for our organisation only; off again."""
    assert service.get("/v1/organisation", headers=ours).json() == {"name": OURS, "draft_days": 0}
    on = service.patch("/v1/organisation", json={"draft_days": 7}, headers=ours)
    assert on.json() == {"name": OURS, "draft_days": 7}
    assert service.get("/v1/organisation", headers=theirs).json()["draft_days"] == 0
    off = service.patch("/v1/organisation", json={"draft_days": 0}, headers=ours)
    assert off.json()["draft_days"] == 0
    wrong = service.patch("/v1/organisation", json={"draft_days": -1}, headers=ours)
    assert wrong.json()["code"] == "invalid"


def test_the_log_shows_our_own_acts_page_by_page(
    service: TestClient, ours: dict[str, str], theirs: dict[str, str]
) -> None:
    """Each act once, the newest first; none of the other organisation; made-up cursors refused."""
    service.patch("/v1/organisation", json={"draft_days": 3}, headers=ours)
    numbers: list[int] = []
    path = "/v1/audit-log?limit=2"
    while path and len(numbers) < 200:
        page = service.get(path, headers=ours).json()
        numbers += [each["number"] for each in page["items"]]
        path = f"/v1/audit-log?limit=2&cursor={page['next']}" if page["next"] else ""
    assert numbers == sorted(set(numbers), reverse=True)
    assert len(numbers) > 3
    other = {each["number"] for each in _listed(service, "/v1/audit-log?limit=200", theirs)}
    assert not other & set(numbers)
    assert service.get("/v1/audit-log?cursor=abc", headers=ours).json()["code"] == "invalid"


def test_a_session_changes_nothing_without_its_token(service: TestClient, home: Path) -> None:
    """A page elsewhere that makes a browser call the API with its cookie gets nowhere."""
    with open_access(settings_of(home)) as access:
        access.users.add(NewUser(OURS, "zhao.min", "admin", HASHED), "cli")
        cookie = access.entrance.by_password("zhao.min", PASSWORD, "", AWAY[0]).cookie
        token = token_for(cookie, access.seal)
    mine = {"Cookie": f"{SESSION}={cookie}"}
    asked = {"scopes": ["audit"]}
    assert service.get("/v1/keys", headers=mine).status_code == 200
    assert service.post("/v1/keys", json=asked, headers=mine).status_code == 403
    wrong = {**mine, HEADER: token[::-1]}
    assert service.post("/v1/keys", json=asked, headers=wrong).status_code == 403
    assert service.post("/v1/keys", json=asked, headers={**mine, HEADER: token}).status_code == 201
