"""The service as a whole: its document, its page, its headers, its health, who is at the machine."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from sqlalchemy import text
from starlette.testclient import TestClient

from assistant.web.app import create_app
from tests.reports import HOME
from tests.web.serving import settings_of

OUTSIDE = re.compile(r"""(?:src|href|action)=["']?(?:https?:)?//|url\(\s*["']?https?:|@import""")
OPEN = ("/healthz", "/readyz")
"""Paths that need no key."""


@pytest.fixture(scope="module")
def document(client: TestClient) -> dict[str, Any]:
    """Return the OpenAPI document."""
    told: dict[str, Any] = client.get("/openapi.json").json()
    return told


@pytest.fixture(scope="module")
def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Return every operation with its path and method."""
    paths: dict[str, Any] = document["paths"]
    return [(path, method, told) for path, each in paths.items() for method, told in each.items()]


@pytest.fixture(scope="module")
def at_home(site: Path) -> Iterator[FastAPI]:
    """Return the running service of a site that has made no key."""
    app = create_app(settings_of(site))
    with TestClient(app):
        yield app


def schema_of(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema that stands alone, with the components it leans on."""
    return {**schema, "components": document["components"]}


def test_every_operation_is_documented(
    operations: list[tuple[str, str, dict[str, Any]]],
) -> None:
    """Each operation has its own id, a summary in both languages, an example and its problems."""
    ids = [told["operationId"] for _, _, told in operations]
    assert len(set(ids)) == len(ids) > 15
    for path, _, told in operations:
        assert re.search(r"[\u4e00-\u9fff]", told["summary"]), path
        assert told["description"], path
        good = next(each for status, each in told["responses"].items() if status < "300")
        assert not good.get("content") or _shown(good), path
        problems = {status for status in told["responses"] if status >= "400"}
        assert {"429", "500"} <= problems, path
        assert path in (*OPEN, "/metrics") or "401" in problems, path
        body = told.get("requestBody", {}).get("content", {})
        assert not body or _shown(told["requestBody"]), path


def _shown(told: dict[str, Any]) -> bool:
    """Whether one of the forms has an example; a workbook has none that could be read."""
    return any({"example", "examples"} & each.keys() for each in told["content"].values())


def test_every_problem_is_documented_as_one(
    document: dict[str, Any], operations: list[tuple[str, str, dict[str, Any]]]
) -> None:
    """Each response above 400 is a problem whose examples fit its schema."""
    for path, _, told in operations:
        for status, each in told["responses"].items():
            if status < "400":
                continue
            content = each["content"]["application/problem+json"]
            for example in content["examples"].values():
                assert str(example["value"]["status"]) == status, path
                jsonschema.validate(example["value"], schema_of(document, content["schema"]))


def test_every_example_fits_its_schema(
    document: dict[str, Any], operations: list[tuple[str, str, dict[str, Any]]]
) -> None:
    """Examples of bodies and answers are such as the service reads and writes."""
    for _, _, told in operations:
        answers = [each for status, each in told["responses"].items() if status < "300"]
        for each in [*answers, told.get("requestBody", {})]:
            held = each.get("content", {}).get("application/json")
            if held:
                jsonschema.validate(held["example"], schema_of(document, held["schema"]))


def test_every_reference_of_the_document_leads_somewhere(document: dict[str, Any]) -> None:
    """Nothing named by the document is missing from it, and nothing in it is unused."""
    named = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)))
    assert named == document["components"]["schemas"].keys()
    assert document["openapi"].startswith("3.")
    assert {"title", "version"} <= document["info"].keys()


def test_every_route_is_in_the_document(app: FastAPI, document: dict[str, Any]) -> None:
    """No route of the interface is left out."""
    known = set(document["paths"])
    shown = {route.path for route in app.routes if isinstance(route, APIRoute)}
    assert {path for path in shown if path.startswith("/v1/")} <= known


def test_keys_are_documented(
    document: dict[str, Any], operations: list[tuple[str, str, dict[str, Any]]]
) -> None:
    """The document tells of the key, and which operations need one."""
    assert document["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    for path, _, told in operations:
        assert ("security" in told) == path.startswith("/v1/"), path


def test_answers_fit_their_schemas(client: TestClient, document: dict[str, Any]) -> None:
    """What the service answers is what its document says."""
    calls = [
        ("get", "/v1/rules/{code}", "/v1/rules/CN-W001"),
        ("get", "/v1/codes/{table}", "/v1/codes/country"),
        ("get", "/v1/fields/{name}", "/v1/fields/header.net_weight"),
        ("get", "/v1/sources/{citation}", "/v1/sources/cn-law-customs%2324?q=申报"),
        ("get", "/v1/problems", "/v1/problems?limit=200"),
        ("get", "/v1/search", "/v1/search?q=申报期限"),
        ("get", "/readyz", "/readyz"),
    ]
    for method, path, address in calls:
        held = document["paths"][path][method]["responses"]["200"]["content"]["application/json"]
        reply = client.get(address)
        assert reply.status_code == 200, address
        jsonschema.validate(reply.json(), schema_of(document, held["schema"]))


@pytest.mark.parametrize("path", ["/docs", "/docs.css"])
def test_the_page_loads_nothing_from_elsewhere(client: TestClient, path: str) -> None:
    """The page of the interface and its style name no outside address and run no script."""
    reply = client.get(path)
    assert reply.status_code == 200
    assert not OUTSIDE.search(reply.text)
    assert "<script" not in reply.text
    assert "style=" not in reply.text


def test_the_page_shows_every_operation(
    client: TestClient, operations: list[tuple[str, str, dict[str, Any]]]
) -> None:
    """Each operation has its place on the page."""
    page = client.get("/docs").text
    assert all(f'id="{told["operationId"]}"' in page for _, _, told in operations)


@pytest.mark.parametrize("path", ["/docs", "/v1/rules", "/nowhere", "/healthz", "/mcp"])
def test_every_response_is_guarded(client: TestClient, path: str) -> None:
    """Security headers stand on every response, whatever its status; no script is allowed inline."""
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"]
    assert re.fullmatch(r"[0-9a-f]{32}", headers["x-request-id"])


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("order-2026.11_21", True),
        ("short", False),
        ("x" * 65, False),
        ("with blank inside", False),
        ('{"level":"fake"}', False),
        ("-begins-with-a-dash", False),
    ],
)
def test_a_sane_request_id_is_kept(client: TestClient, given: str, kept: bool) -> None:
    """An id of the caller goes through where it cannot harm a log, else one is made."""
    told = client.get("/healthz", headers={"X-Request-ID": given}).headers["x-request-id"]
    assert (told == given) is kept


def test_readiness_follows_the_database(at_home: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    """The service is ready with its database, and says so where it is not; it lives all the same."""
    from assistant.storage.engine import open_engine

    with_it = TestClient(at_home)
    assert with_it.get("/readyz").json()["checks"] == {"desk": "ok", "database": "ok"}
    gone = open_engine("postgresql+psycopg://nobody@127.0.0.1:1/none")
    monkeypatch.setattr(at_home.state.held, "engine", gone)
    reply = with_it.get("/readyz")
    assert (reply.status_code, reply.json()["code"]) == (503, "unavailable")
    assert "database" in reply.json()["detail"]
    assert reply.headers["retry-after"] == "5"
    assert with_it.get("/healthz").status_code == 200


def test_calls_are_counted_by_route(client: TestClient) -> None:
    """The metrics tell routes and statuses, and no address that was called."""
    client.get("/v1/rules/CN-W001")
    client.get("/nowhere/秘密")
    told = client.get("/metrics").text
    assert 'declarant_calls_total{method="GET",route="/v1/rules/{code}",status="200"}' in told
    assert "declarant_call_seconds_bucket" in told
    assert "CN-W001" not in told
    assert "nowhere" not in told


def test_metrics_are_for_administrators_elsewhere(client: TestClient) -> None:
    """From another machine the metrics need the scope admin."""
    headers = {"Authorization": "Bearer asks"}
    assert client.get("/metrics", headers=headers).status_code == 403


def test_processes_add_up_their_metrics(tmp_path: Path) -> None:
    """With a folder for it, what two processes counted is told together by any of them."""
    program = (
        "import sys; from pathlib import Path; from assistant.web.metrics import Metrics\n"
        "held = Metrics(Path(sys.argv[1])); held.began(); held.ended('GET', '/x', 200, 0.1)\n"
        "print(held.told().decode())"
    )
    told = ""
    for _ in range(2):
        told = subprocess.run(
            [sys.executable, "-c", program, str(tmp_path)],
            cwd=HOME,
            env={"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    assert 'declarant_calls_total{method="GET",route="/x",status="200"} 2.0' in told


@pytest.mark.parametrize(
    ("client_host", "host", "headers", "status"),
    [
        ("127.0.0.1", "127.0.0.1:8000", {}, 200),
        ("127.0.0.1", "localhost:8000", {}, 200),
        ("::1", "[::1]:8000", {}, 200),
        ("127.0.0.1", "localhost:8000", {"Origin": "http://localhost:8000"}, 200),
        ("127.0.0.1", "localhost:8000", {"Origin": "http://evil.example"}, 401),
        ("127.0.0.1", "localhost:8000", {"Origin": "null"}, 401),
        ("127.0.0.1", "evil.example", {}, 401),
        ("127.0.0.1", "localhost:8000", {"X-Forwarded-For": "10.0.0.7"}, 401),
        ("10.0.0.7", "localhost:8000", {}, 401),
        ("10.0.0.7", "localhost:8000", {"X-Forwarded-For": "127.0.0.1"}, 401),
    ],
)
def test_a_fresh_site_knows_those_at_its_machine(
    at_home: FastAPI, client_host: str, host: str, headers: dict[str, str], status: int
) -> None:
    """Without keys only this machine may call: no other one, no proxy, no page that lures a browser."""
    http = TestClient(at_home, client=(client_host, 50_000))
    reply = http.post("/v1/ask", json={"question": "你好"}, headers={"Host": host, **headers})
    assert reply.status_code == status


def test_a_fresh_site_lets_nobody_administer(at_home: FastAPI) -> None:
    """Somebody at the machine may ask and audit, and sees what is counted."""
    http = TestClient(at_home, client=("127.0.0.1", 50_000), base_url="http://127.0.0.1")
    assert http.get("/metrics").status_code == 200
    assert TestClient(at_home, client=("10.0.0.7", 1)).get("/metrics").status_code == 401


def test_closing_lets_go_of_the_database(tmp_path: Path, site: Path) -> None:
    """After the service stopped, the file of its database is nobody's."""
    app = create_app(settings_of(site))
    with TestClient(app):
        with app.state.held.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        pool = app.state.held.engine.pool
        assert pool.checkedin() > 0
    assert app.state.held.engine.pool is not pool
