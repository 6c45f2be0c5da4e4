"""Faults over HTTP: every one is a problem that says what to do, and nothing of ours leaks."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy.exc import OperationalError
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient

from assistant.access.caller import Refused
from assistant.web.problems import KINDS, Problem
from knowledge.text import Text
from tests.web.serving import FIRST, Known, settings_of

FIELDS = {
    "type", "title", "status", "detail", "code", "title_zh", "title_en", "do_zh", "do_en",
    "request_id",
}  # fmt: skip
SECRET = "13812345678 张伟"


def assert_problem(reply: Any, status: int, code: str) -> dict[str, Any]:
    """Check that a reply is a problem of a kind."""
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = reply.json()
    assert told.keys() - {"error"} == FIELDS
    assert (told["status"], told["code"]) == (status, code)
    assert told["request_id"] == reply.headers["x-request-id"]
    assert all(told[name] for name in FIELDS)
    return told


@pytest.fixture(scope="module")
def failing(app: FastAPI, client: TestClient) -> Iterator[TestClient]:
    """Return a client of the service with routes that fail in each way there is."""
    faults: dict[str, Exception] = {
        "crash": RuntimeError(SECRET),
        "database": OperationalError("SELECT", {"who": SECRET}, Exception(SECRET)),
        "refused": Refused("expired_key", Text("过期", "Expired"), Text("换", "Renew")),
        "problem": Problem("key_reused"),
        "throttled": Refused("too_many_failures", Text("过多", "Too many"), Text("等", "Wait")),
    }

    async def fail(request: Request) -> Response:
        raise faults[request.path_params["how"]]

    app.router.add_route("/fail/{how}", fail)
    yield client
    app.router.routes.pop()


@pytest.mark.parametrize(
    ("how", "status", "code"),
    [
        ("crash", 500, "fault"),
        ("database", 503, "unavailable"),
        ("refused", 401, "expired_key"),
        ("problem", 422, "key_reused"),
        ("throttled", 429, "rate_limited"),
    ],
)
def test_faults_of_routes_are_problems(
    failing: TestClient, how: str, status: int, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever a route raises is told as a problem; what it said is neither told nor logged."""
    with caplog.at_level(logging.INFO):
        reply = failing.get(f"/fail/{how}")
    assert_problem(reply, status, code)
    for told in (reply.text, caplog.text):
        assert SECRET not in told
        assert "Traceback" not in told
    assert (status == 503) == ("retry-after" in reply.headers)


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("GET", "/v1/", 404, "not_found"),
        ("DELETE", "/v1/rules", 405, "wrong_method"),
        ("GET", "/v1/ask", 405, "wrong_method"),
        ("PUT", "/mcp", 405, "wrong_method"),
        ("GET", "/v1/rules?limit=0", 422, "invalid"),
        ("GET", "/v1/rules?limit=many", 422, "invalid"),
        ("GET", "/v1/rules?family=Z", 422, "invalid"),
        ("GET", "/v1/rules/CN-Z999", 404, "not_found"),
        ("GET", "/v1/models/gpt", 404, "not_found"),
    ],
)
def test_wrong_calls_are_problems(
    client: TestClient, method: str, path: str, status: int, code: str
) -> None:
    """Addresses, methods and values that are wrong are told as problems."""
    reply = client.request(method, path)
    assert_problem(reply, status, code)
    assert (status == 405) == ("allow" in reply.headers)


@pytest.mark.parametrize("path", ["/v1/rules", "/v1/models", "/v1/search?q=x"])
@pytest.mark.parametrize(
    ("key", "code"),
    [("", "no_key"), ("Bearer stolen", "unknown_key"), ("Basic eDp5", "unknown_key")],
)
def test_nobody_gets_in_without_a_key(client: TestClient, path: str, key: str, code: str) -> None:
    """Every route but those on health needs a known key, and says how one is sent."""
    headers = {"Authorization": key} if key else {}
    call = client.build_request("GET", path, headers=headers)
    if not key:
        del call.headers["authorization"]
    reply = client.send(call)
    assert_problem(reply, 401, code)
    assert reply.headers["www-authenticate"] == "Bearer"


def test_a_body_is_looked_at_after_the_key(client: TestClient) -> None:
    """A stranger learns nothing of what a route reads."""
    headers = {"Authorization": "Bearer stolen", "Content-Type": "application/json"}
    reply = client.post("/v1/ask", content=b"{", headers=headers)
    assert_problem(reply, 401, "unknown_key")


def test_a_key_does_what_it_is_for(client: TestClient) -> None:
    """A key for audits asks nothing, but reads the reference."""
    headers = {"Authorization": "Bearer audits"}
    reply = client.post("/v1/ask", json={"question": "x"}, headers=headers)
    assert "ask" in assert_problem(reply, 403, "not_allowed")["detail"]
    assert client.get("/v1/rules", headers=headers).status_code == 200


@pytest.mark.parametrize("code", KINDS)
def test_every_kind_is_bilingual_and_says_what_to_do(code: str) -> None:
    """Each kind of problem has a title and a remedy in both languages."""
    kind = KINDS[code]
    assert 400 <= kind.status < 600
    assert all((*kind.title, *kind.do))


def test_openai_clients_find_their_message(client: TestClient) -> None:
    """On their routes a problem holds the error as these clients know it, too."""
    told = assert_problem(client.get("/v1/models/gpt"), 404, "not_found")
    assert told["error"]["code"] == "not_found"
    assert told["detail"] in told["error"]["message"]


def test_a_fault_at_the_start_stops_the_service(tmp_path: Path) -> None:
    """A site whose folder is a file is no service that pretends to work."""
    from assistant.web.app import create_app

    (tmp_path / "site").write_text("", "utf-8")
    app = create_app(settings_of(tmp_path / "site"), Known())
    with pytest.raises(OSError, match="site"), TestClient(app, headers=FIRST):
        pass


def test_no_problem_holds_a_stack_trace(client: TestClient) -> None:
    """Problems are small and hold the members they are documented with, as JSON."""
    for path in ("/nowhere", "/v1/rules/x", "/v1/rules?limit=x"):
        content = client.get(path).content
        assert len(content) < 1_500
        assert json.loads(content).keys() == FIELDS
