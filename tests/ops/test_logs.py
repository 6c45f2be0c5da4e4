"""Logs: one JSON object a line, with ids and without anybody's words, names, numbers or secrets."""

import io
import json
import logging
import warnings
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from assistant import logs
from tests.ops.running import program, running


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Return what is logged, and take the set-up back afterwards."""
    root = logging.getLogger()
    held, level = list(root.handlers), root.level
    said = io.StringIO()
    logs.configure(said)
    yield said
    root.handlers[:] = held
    root.setLevel(level)
    logging.captureWarnings(capture=False)


def told(stream: io.StringIO) -> dict[str, object]:
    """Return the only line that was logged."""
    (line,) = stream.getvalue().splitlines()
    held: dict[str, object] = json.loads(line)
    return held


def test_a_line_has_moment_level_and_place(stream: io.StringIO) -> None:
    """What we log is a line of JSON with when, how grave, where from and what."""
    logging.getLogger("assistant.sparing").warning("the journal (%s) is away", "OperationalError")
    line = told(stream)
    assert line["says"] == "the journal (OperationalError) is away"
    assert (line["level"], line["log"]) == ("warning", "assistant.sparing")
    assert str(line["at"]).endswith("Z")


def test_fields_of_a_line_are_its_own(stream: io.StringIO) -> None:
    """A line that was JSON already keeps its fields; one that only looks so is words."""
    logging.getLogger("declarant.access").info("%s", '{"status": 200, "route": "/v1/ask"}')
    assert told(stream)["status"] == 200
    stream.seek(0)
    stream.truncate()
    logging.getLogger("declarant.access").info("{no json")
    assert told(stream)["says"] == "{no json"


def test_a_fault_tells_its_kind_and_place_and_not_its_words(stream: io.StringIO) -> None:
    """The words of an exception may be somebody's; its kind and place are enough to find it."""
    try:
        int("13812345678 张三")
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n")
    line = told(stream)
    assert line["fault"] == "ValueError"
    assert "test_logs.py" in str(line["where"])
    assert "138" not in stream.getvalue()
    assert "张三" not in stream.getvalue()


def test_what_others_log_is_masked_and_cut(stream: io.StringIO) -> None:
    """What a library says is masked and short, and a traceback in it is cut to its kind."""
    logging.getLogger("library").warning("call 13812345678 %s", "x" * 5_000)
    line = told(stream)
    assert "13812345678" not in str(line["says"])
    assert len(str(line["says"])) <= logs.LONGEST
    stream.seek(0)
    stream.truncate()
    logging.getLogger("uvicorn.error").error(
        "Traceback (most recent call last):\n  File x\nOperationalError: password=hunter2"
    )
    assert told(stream)["says"] == "broken off: OperationalError"


def test_warnings_are_logged_too(stream: io.StringIO) -> None:
    """A warning of Python is a line like any other."""
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn("old", DeprecationWarning, stacklevel=1)
    assert told(stream)["log"] == "py.warnings"


def test_libraries_that_tell_addresses_are_quiet(stream: io.StringIO) -> None:
    """What a client of HTTP tells at the level of information, an address above all, is not logged."""
    logging.getLogger("httpx").info("POST https://example.com/hook?token=secret")
    assert stream.getvalue() == ""


SECRETS = (
    "13812345678",
    "张三丰",
    "绝密货物",
    "hunter2-password",
    "dk_0123456789ab_",
    "91310000MA1FL0AB1X",
)


def test_nothing_said_or_secret_gets_into_the_log(tmp_path: Path) -> None:
    """After calls of every kind, sound and broken, no word, name, number or key stands in the log."""
    site = tmp_path / "site"
    made = program("key", "create", "--organisation", "甲公司", "--site", site)
    key = made.stdout.strip()
    secret = " ".join(SECRETS)
    with running(site, DECLARANT_WEB__CALLS_A_MINUTE="0") as service:
        with httpx.Client(base_url=service.address, timeout=30) as client:
            client.headers["Authorization"] = f"Bearer {key}"
            _called(client, secret)
        assert service.stopped() == 0
        log = service.log
    found = [each for each in (*SECRETS, key, key.rpartition("_")[2]) if each in log]
    assert not found
    lines = [json.loads(line) for line in log.splitlines()]
    assert sum(line.get("log") == "declarant.access" for line in lines) >= 10


def _called(client: httpx.Client, secret: str) -> None:
    client.post("/v1/ask", json={"question": secret, "chat": secret[:40]})
    client.post("/v1/ask", json={"question": secret, "lang": secret})
    client.post("/v1/ask", content=secret.encode(), headers={"Content-Type": "application/json"})
    client.post("/v1/audits", json={"header": {"consignee_name": secret}})
    client.post("/v1/audits", content=secret.encode(), headers={"Content-Type": "text/xml"})
    client.post("/v1/feedback", json={"trace": "0" * 20, "helpful": "no", "comment": secret})
    client.get("/v1/search", params={"q": secret})
    client.get(f"/v1/codes/{secret}")
    client.get(f"/{secret}", headers={"Cookie": "a=hunter2-password"})
    client.post("/v1/chat/completions", json={"model": "declarant", "messages": [{"role": "user", "content": secret}]})  # fmt: skip
    client.post("/v1/ask", json={"question": secret}, headers={"Authorization": f"Bearer {SECRETS[4]}{'s' * 43}"})  # fmt: skip
    client.get("/healthz", headers={"X-Odd": "a\x01b"})
