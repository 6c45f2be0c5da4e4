"""Logging in and forms: tokens on every form, no fixed session, no guessing of passwords."""

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from assistant.access.csrf import VISIT
from assistant.web.callers import SESSION
from tests.security.sites import JSON, PASSWORD, Site, filled_path, log_in, routes_of, token_in


@pytest.fixture
def browser(attacked: Site) -> Iterator[TestClient]:
    """Return a browser that has been nowhere yet."""
    attacked.client.cookies.clear()
    yield attacked.client
    attacked.client.cookies.clear()


def posts(site: Site) -> list[str]:
    """Return every address a form of a page may be sent to."""
    paths = [path for method, path in routes_of(site.app) if method == "POST"]
    return [path for path in paths if not path.startswith(("/v1", "/mcp"))]


def test_no_form_is_taken_without_its_token(attacked: Site, browser: TestClient) -> None:
    """Every address of a form refuses one without a token, with a made-up one, or with another's."""
    assert log_in(browser, "wang").status_code == 303
    foreign = TestClient(attacked.app, follow_redirects=False)
    other = token_in(foreign.get("/log-in").text)
    assert posts(attacked)
    for path in posts(attacked):
        for token in (None, "0" * 64, other):
            data = {"text": "x", "question": "x"} | ({"csrf_token": token} if token else {})
            reply = browser.post(filled_path(path), data=data)
            assert reply.status_code in (403, 404, 415, 422), (path, token, reply.status_code)
    assert browser.get("/").status_code == 200
    assert browser.cookies.get(SESSION)


def test_no_form_is_there_without_a_token(attacked: Site, browser: TestClient) -> None:
    """Each form of a page that stores something carries the token, itself or by its page."""
    log_in(browser, "wang")
    pages = [
        path for method, path in routes_of(attacked.app) if method == "GET" and "{" not in path
    ]
    seen = 0
    for path in pages:
        reply = browser.get(path)
        if not reply.headers.get("content-type", "").startswith("text/html"):
            continue
        for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", reply.text, re.S):
            assert "csrf_token" in form or "X-CSRF-Token" in reply.text, path
            seen += 1
    assert seen >= 2


def test_a_session_works_with_the_api_only_by_what_no_page_can_send(
    attacked: Site, browser: TestClient
) -> None:
    """A strange page cannot make a logged-in browser change something by the API."""
    log_in(browser, "wang")
    evil = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    for method, path in routes_of(attacked.app):
        if method in ("POST", "PUT", "PATCH", "DELETE") and path.startswith("/v1"):
            plain = browser.request(
                method,
                filled_path(path),
                content=b"{}",
                headers=evil | {"Content-Type": "text/plain"},
            )
            assert not plain.is_success, (method, path, plain.status_code)


def test_a_session_is_not_fixed(browser: TestClient) -> None:
    """A cookie somebody was given before they logged in is not the one they have afterwards."""
    browser.cookies.set(SESSION, "given-by-the-attacker")
    browser.cookies.set(VISIT, "visit-of-the-attacker")
    reply = log_in(browser, "wang")
    assert reply.status_code == 303, reply.text[:500]
    (cookie,) = [each for each in reply.headers.get_list("set-cookie") if each.startswith(SESSION)]
    assert "given-by-the-attacker" not in cookie
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()


def test_a_session_ends_at_the_log_out(browser: TestClient) -> None:
    """After the log-out the old cookie opens nothing, even where it was copied."""
    reply = log_in(browser, "wang")
    copied = re.search(rf"{SESSION}=([^;]+)", reply.headers["set-cookie"])
    assert copied
    token = token_in(browser.get("/log-in").text)
    assert browser.post("/log-out", data={"csrf_token": token}).status_code == 303
    browser.cookies.clear()
    browser.cookies.set(SESSION, copied[1])
    assert browser.get("/v1/rules").status_code in (401, 403)


def test_a_new_log_in_ends_the_old_session_of_the_browser(browser: TestClient) -> None:
    """The cookie somebody had before is good no more once they log in anew."""
    first = log_in(browser, "wang")
    old = re.search(rf"{SESSION}=([^;]+)", first.headers["set-cookie"])
    assert old
    assert log_in(browser, "wang").status_code == 303
    browser.cookies.clear()
    browser.cookies.set(SESSION, old[1])
    assert browser.get("/v1/rules").status_code in (401, 403)


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)"]
)  # fmt: skip
def test_the_log_in_leads_to_our_own_pages_alone(browser: TestClient, target: str) -> None:
    """Whatever address is asked to go on to, somebody who logs in stays here."""
    page = browser.get("/log-in", params={"next": target})
    token = token_in(page.text)
    data = {"name": "wang", "password": PASSWORD, "csrf_token": token, "next": target}
    reply = browser.post("/log-in", data=data)
    assert reply.status_code == 303
    assert reply.headers["location"] == "/"


def test_passwords_cannot_be_guessed(browser: TestClient) -> None:
    """After a few wrong passwords even the right one is refused for a while, known name or not."""
    for name in ("li", "nobody"):
        statuses = [log_in(browser, name, f"wrong {number}").status_code for number in range(12)]
        assert statuses.count(403) < 8, name
        assert set(statuses) == {403, 429}
        while log_in(browser, name, "wrong").status_code != 429:
            pass
        refused = log_in(browser, name)
        assert refused.status_code == 429
        assert SESSION not in refused.headers.get("set-cookie", "")


def test_a_wrong_name_and_a_wrong_password_look_the_same(
    attacked: Site, browser: TestClient
) -> None:
    """What is told does not betray whether there is somebody of that name."""
    attacked.access._failures.purge()
    strange = log_in(browser, "somebody-else", "wrong")
    known = log_in(browser, "wang", "wrong")
    assert strange.status_code == known.status_code
    plain = [re.sub(r"value=\"[^\"]*\"|\d+", "", each.text) for each in (strange, known)]
    assert plain[0] == plain[1]


def test_keys_cannot_be_guessed(attacked: Site) -> None:
    """Wrong keys are all refused alike, and one of another site or a changed one opens nothing."""
    right = attacked.first["Authorization"]
    for wrong in (right[:-1] + ("A" if right[-1] != "A" else "B"), right.lower(), "Bearer ", "Bearer dk_", "Basic YTpi", right.replace("Bearer ", "")):  # fmt: skip
        reply = attacked.client.get("/v1/rules", headers={"Authorization": wrong} | JSON)
        assert reply.status_code == 401, wrong
        assert reply.headers["WWW-Authenticate"] == "Bearer"
