"""Every route there is: guarded, dressed with the headers that protect a browser, one organisation's own."""

import json
import re
from typing import Any

import pytest

from tests.security.sites import FAULTY, JSON, Site, routes_of

OPEN = {"/favicon.ico", "/healthz", "/log-in", "/log-out", "/log-in/openid", "/log-in/openid/back", "/docs", "/docs.css", "/openapi.json"}  # fmt: skip
"""Paths that answer somebody who is not known; they hold nothing of any organisation."""
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
}
MARK = "绝密货物七号"
"""Stands in everything the first organisation stores."""


def filled(path: str, given: dict[str, str]) -> str:
    """Return an address of a route; names nobody has are made up."""
    return re.sub(r"{(\w+)(?::\w+)?}", lambda found: given.get(found[1], "0" * 12), path)


def called(site: Site, method: str, path: str, headers: dict[str, str]) -> Any:
    """Call a route, with a body where it may want one."""
    content = None if method in ("GET", "HEAD", "DELETE") else b"{}"
    return site.client.request(method, path, content=content, headers=headers | JSON)


def test_no_route_lets_a_stranger_in(attacked: Site) -> None:
    """Once there is a key, nobody unknown is answered: not even somebody at this machine."""
    let_in = []
    for method, path in routes_of(attacked.app):
        if path in OPEN or "static" in path or path in ("/readyz", "/{path:path}"):
            continue
        reply = called(attacked, method, filled(path, {}), {})
        to_log_in = reply.status_code in (302, 303) and "log-in" in reply.headers["location"]
        if reply.status_code not in (401, 403, 404, 405) and not to_log_in:
            let_in.append((method, path, reply.status_code))
    assert let_in == []


def test_every_reply_protects_the_browser(attacked: Site) -> None:
    """Each reply of each route, and of none, has the policy without inline script, and the other headers."""
    wrong = []
    for method, path in [*routes_of(attacked.app), ("GET", "/nowhere"), ("TRACE", "/v1/ask")]:
        for headers in ({}, attacked.first):
            reply = called(attacked, method, filled(path, {}), headers)
            policy = reply.headers.get("content-security-policy", "")
            plain = "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
            if not plain or "unsafe" in policy or "*" in policy or "data:" in policy:
                wrong.append((method, path, policy))
            if any(reply.headers.get(name) != value for name, value in HEADERS.items()):
                wrong.append((method, path, "headers"))
            if reply.headers.get("referrer-policy") not in ("no-referrer", "same-origin"):
                wrong.append((method, path, "referrer"))
            if reply.status_code >= 500:
                wrong.append((method, path, str(reply.status_code)))
            if reply.headers.get("access-control-allow-origin"):
                wrong.append((method, path, "cors"))
    assert wrong == []


def test_no_page_holds_inline_script_or_style(attacked: Site) -> None:
    """What the policy would forbid is not there: script, style, handlers, addresses elsewhere."""
    wrong = []
    for method, path in routes_of(attacked.app):
        if method != "GET":
            continue
        reply = called(attacked, method, filled(path, {}), attacked.first)
        if not reply.headers.get("content-type", "").startswith("text/html"):
            continue
        for what in (
            r"<script(?![^>]*\bsrc=\"/)",
            r"<style",
            r"\sstyle=\"",
            r"\son\w+=\"",
            r"(?:src|href)=\"(?:https?:)?//(?!www\.)[^\"]*\.(?:js|css)",
            r"javascript:",
        ):
            if found := re.search(what, reply.text):
                wrong.append((path, found[0]))
    assert wrong == []


def _stored(site: Site) -> dict[str, str]:
    """What the first organisation stores by every route that stores, by the name of its id."""
    first = site.first
    audit = json.loads(FAULTY)
    audit["items"][0]["goods_name"] = MARK
    report = site.client.post("/v1/audits", json=audit, headers=first)
    assert report.is_success, report.text
    asked = site.client.post(
        "/v1/ask", json={"question": f"{MARK}的滞报金怎么算", "chat": "shared"}, headers=first
    )
    assert asked.is_success
    batch = site.client.post(
        "/v1/batches",
        content=json.dumps(audit, ensure_ascii=False).encode() + b"\n",
        headers=first | {"Content-Type": "application/x-ndjson"},
    )
    assert batch.is_success, batch.text
    key = site.client.post(
        "/v1/keys", json={"scopes": ["ask"]}, headers=first | {"Idempotency-Key": "k" * 20}
    )
    assert key.is_success, key.text
    return {
        "report_id": report.json()["id"],
        "trace": asked.json()["trace"],
        "batch_id": batch.json()["id"],
        "key_id": key.json()["id"],
        "id": key.json()["id"],
        "name": "wang",
    }


def test_no_route_shows_or_changes_what_is_another_organisations(attacked: Site) -> None:
    """With all ids of the first organisation in hand, the second one reads and changes nothing of it."""
    ids = _stored(attacked)
    told = []
    for method, path in routes_of(attacked.app):
        for given in ({}, *({name: value} for name, value in ids.items())):
            tried = {
                name: next(iter(given.values()), "0" * 12) for name in re.findall(r"{(\w+)", path)
            }
            reply = called(attacked, method, filled(path, ids | tried), attacked.second)
            hidden = (MARK, ids["report_id"], ids["batch_id"], "wang")
            sent_back = "/" in path and any(value in filled(path, ids | tried) for value in hidden)
            if any(each in reply.text for each in hidden) and not sent_back:
                told.append((method, path, reply.status_code, reply.text[:200]))
            if reply.is_success and sent_back and method != "HEAD" and MARK in reply.text:
                told.append((method, path, reply.status_code, "its own words"))
    assert told == []
    first = attacked.first
    assert attacked.client.get(f"/v1/audits/{ids['report_id']}", headers=first).is_success
    assert attacked.client.get(f"/v1/batches/{ids['batch_id']}", headers=first).is_success
    keys = attacked.client.get("/v1/keys", headers=first).text
    assert ids["key_id"] in keys
    found = attacked.access.users.credentials("wang")
    assert found is not None
    assert (found.user.organisation, found.user.disabled) == ("甲公司", None)


@pytest.mark.parametrize(
    "path",
    ["/v1/audits/{report_id}", "/v1/audits/{report_id}/fixes", "/v1/batches/{batch_id}"],
)
def test_what_is_another_organisations_is_as_what_is_not(attacked: Site, path: str) -> None:
    """Whether an id exists elsewhere cannot be told: the reply is that to an id nobody has."""
    ids = _stored(attacked)
    method = "POST" if path.endswith("fixes") else "GET"
    theirs = called(attacked, method, filled(path, ids), attacked.second)
    nobodys = called(attacked, method, filled(path, {}), attacked.second)
    assert theirs.status_code == nobodys.status_code == 404
    one, other = theirs.json(), nobodys.json()
    assert {**one, "request_id": ""} == {**other, "request_id": ""}


def test_the_organisation_is_never_taken_from_the_call(attacked: Site) -> None:
    """A body, query or header that names another organisation changes nothing, or is refused."""
    named = {"X-Organisation": "first", "X-Forwarded-User": "wang", "X-Forwarded-For": "127.0.0.1"}
    reply = attacked.client.get("/v1/keys?organisation=甲公司", headers=attacked.second | named)
    assert MARK not in reply.text
    shown = attacked.client.get("/v1/keys", headers=attacked.first).json()
    ids = re.findall(r'"id": ?"(\w+)"', json.dumps(shown))
    assert ids
    assert not any(each in reply.text for each in ids)
    body = {"question": "滞报金", "organisation": "甲公司"}
    assert attacked.client.post("/v1/ask", json=body, headers=attacked.second).status_code == 422
