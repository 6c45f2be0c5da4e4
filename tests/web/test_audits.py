"""`/v1/audits`: drafts audited, reports kept for one organisation, safe changes made."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from assistant.web.state import State
from assistant.work.forms import JSON, XLSX, XML
from auditors.auditing import audited
from auditors.render.kept import keep
from knowledge.library import shipped
from tests.reports import FAULTY
from tests.web.serving import SECOND

MEDIA = {".json": JSON, ".xml": XML, ".xlsx": XLSX}
ASKS = {"Authorization": "Bearer asks"}
DAY = {"as_of": "2026-11-20"}


def send(client: TestClient, file: Path, **query: str) -> Any:
    """Send a file to be audited."""
    told = {"Content-Type": MEDIA[file.suffix]}
    return client.post(
        "/v1/audits", params={**DAY, **query}, content=file.read_bytes(), headers=told
    )


@pytest.mark.parametrize("suffix", MEDIA)
def test_a_draft_of_every_form_gives_the_report_of_the_command_line(
    client: TestClient, suffix: str
) -> None:
    """The report over HTTP is, to the byte, the one that `auditors` makes of the same bytes."""
    file = FAULTY.with_suffix(suffix)
    answered = send(client, file, name=file.name)
    assert answered.status_code == 200
    expected = audited(file.read_bytes(), shipped(), file.name, as_of=_day()).report
    assert keep(expected)[0] in answered.content
    told = answered.json()
    assert told["state"] == "findings"
    assert answered.headers["Location"] == told["url"] == f"/v1/audits/{told['id']}"


def test_a_form_with_one_file_is_audited(client: TestClient) -> None:
    """The file's own name tells its form; a form without a file, or with two, is refused."""
    content = FAULTY.with_suffix(".xml").read_bytes()
    answered = client.post("/v1/audits", files={"file": ("草稿.xml", content)})
    assert answered.json()["report"]["draft"]["name"] == "草稿.xml"
    assert client.post("/v1/audits", data={"a": "b"}, files={}).status_code == 415
    two = [("file", ("a.xml", content)), ("file", ("b.xml", content))]
    assert client.post("/v1/audits", files=two).status_code == 422
    other = {"file": ("a.pdf", b"%PDF", "application/pdf")}
    assert client.post("/v1/audits", files=other).json()["code"] == "wrong_type"


@pytest.mark.parametrize(
    "content, form",
    [(b"", JSON), (b"{", JSON), (b"\xff\xfe\x00", XML), (b"PK\x03\x04", XLSX)],
    ids=["empty", "half", "no-xml", "no-workbook"],
)
def test_what_holds_no_draft_gives_a_report_that_says_so(
    client: TestClient, content: bytes, form: str
) -> None:
    """It is no problem of the call, and never a clean result."""
    answered = client.post("/v1/audits", content=content, headers={"Content-Type": form})
    told = answered.json()
    assert answered.status_code == 200
    assert told["state"] == "unreadable"
    assert not told["report"]["complete"]
    assert told["report"]["summary"]["error"] == 1


@pytest.mark.parametrize(
    "query",
    [
        {"as_of": "2026-13-01"},
        {"as_of": "20261120"},
        {"as_of": "1066-10-14"},
        {"profile": "lax"},
        {"lang": "fr"},
        {"format": "pdf"},
        {"name": "a\nb"},
    ],
    ids=str,
)
def test_a_parameter_with_no_allowed_value_is_refused(
    client: TestClient, query: dict[str, str]
) -> None:
    """The problem names the parameter."""
    answered = client.post(
        "/v1/audits", params=query, content=b"{}", headers={"Content-Type": JSON}
    )
    assert answered.status_code == 422
    assert next(iter(query)) in answered.json()["detail"]


def test_other_content_types_are_refused(client: TestClient) -> None:
    """What no reader reads is told before it is read."""
    told = {"Content-Type": "image/png"}
    assert client.post("/v1/audits", content=b"x", headers=told).json()["code"] == "wrong_type"


def test_a_draft_too_large_is_refused(client: TestClient) -> None:
    """A body above the setting gets 413, however it is declared."""
    answered = client.post("/v1/audits", content=b" " * 20_000_001, headers={"Content-Type": JSON})
    assert answered.status_code == 413


@pytest.mark.parametrize("form", ["text", "sarif", "junit", "html", "markdown"])
def test_a_kept_report_is_given_in_every_form_that_needs_no_draft(
    client: TestClient, form: str
) -> None:
    """Nothing but the lines of the file is lacking, and a page is handed over as a file."""
    address = send(client, FAULTY, lang="en").headers["Location"]
    first = send(client, FAULTY, lang="en", format=form)
    later = client.get(address, params={"lang": "en", "format": form})
    assert first.status_code == later.status_code == 200
    assert later.headers["Content-Type"] == first.headers["Content-Type"]
    assert later.headers["X-Report-State"] == "findings"
    assert ("attachment" in later.headers.get("Content-Disposition", "")) == (
        form in ("html", "sarif")
    )
    if form in ("junit", "html", "markdown"):
        assert later.content == first.content


def test_a_workbook_of_findings_is_given_while_the_draft_is_there(client: TestClient) -> None:
    """With the draft at hand its cells are marked; without it the draft is asked for."""
    answered = send(client, FAULTY.with_suffix(".xlsx"), format="xlsx")
    book = load_workbook(BytesIO(answered.content))
    assert "审核结果 Findings" in book.sheetnames
    later = client.get(answered.headers["Location"], params={"format": "xlsx"})
    assert later.json()["code"] == "no_draft"


def test_a_report_is_found_by_its_own_organisation_alone(client: TestClient) -> None:
    """To another one it is not there, whatever it tries."""
    address = send(client, FAULTY).headers["Location"]
    assert client.get(address).status_code == 200
    for call in (client.get, client.delete):
        assert call(address, headers=SECOND).status_code == 404
    assert client.post(f"{address}/fixes", headers=SECOND).status_code == 404
    listed = client.get("/v1/audits", headers=SECOND).json()["items"]
    assert address not in [each["url"] for each in listed]
    assert client.get("/v1/audits/r-0").status_code == 404


def test_a_key_without_the_scope_may_not_audit(client: TestClient) -> None:
    """Every route of audits and batches wants the scope `audit`."""
    for path in ("/v1/audits", "/v1/audits/r-0", "/v1/batches", "/v1/batches/b"):
        assert client.get(path, headers=ASKS).status_code == 403
    for path in ("/v1/audits", "/v1/audits/r-0/fixes", "/v1/batches"):
        assert client.post(path, headers={**ASKS, "Content-Type": JSON}).status_code == 403


def test_reports_are_listed_a_page_at_a_time(client: TestClient) -> None:
    """The newest stand first, none twice and none left out; a strange cursor is refused."""
    made = [send(client, FAULTY).headers["Location"] for _ in range(3)]
    first = client.get("/v1/audits", params={"limit": 2}).json()
    assert [each["url"] for each in first["items"]] == made[:0:-1]
    second = client.get("/v1/audits", params={"limit": 2, "cursor": first["next"]}).json()
    assert second["items"][0]["url"] == made[0]
    assert client.get("/v1/batches", params={"cursor": first["next"]}).status_code == 422


def test_a_removed_report_is_gone(client: TestClient) -> None:
    """It is removed once."""
    address = send(client, FAULTY).headers["Location"]
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == client.delete(address).status_code == 404


@pytest.mark.parametrize("suffix", MEDIA)
def test_fixes_are_made_as_the_command_line_makes_them(client: TestClient, suffix: str) -> None:
    """Each safe change is made and told, in the draft's own form, and the result has none left."""
    file = FAULTY.with_suffix(suffix)
    answered = send(client, file)
    safe = _safe(answered.json()["report"])
    address = f"{answered.headers['Location']}/fixes"
    told = {"Content-Type": MEDIA[suffix]}
    fixed = client.post(address, content=file.read_bytes(), headers=told)
    made = fixed.json()
    assert fixed.status_code == 200
    assert safe
    assert len(made["changes"]) == len(safe)
    assert not _safe(made["report"])
    assert made["draft"]["media_type"] == MEDIA[suffix]
    assert client.get(made["url"]).json()["report"] == made["report"]
    alone = client.post(
        address, params={"format": "draft"}, content=file.read_bytes(), headers=told
    )
    again = client.post("/v1/audits", params=DAY, content=alone.content, headers=told)
    assert again.json()["report"]["findings"] == made["report"]["findings"]


def test_without_the_draft_it_is_asked_for(client: TestClient) -> None:
    """A draft that was not kept must be sent again; one that cannot be read is not changed."""
    address = f"{send(client, FAULTY).headers['Location']}/fixes"
    assert client.post(address).json()["code"] == "no_draft"
    wrong = client.post(address, content=b"{", headers={"Content-Type": JSON})
    assert wrong.status_code == 422


def test_a_draft_is_kept_where_the_organisation_wants_it(client: TestClient) -> None:
    """Then fixes, lines of the file and the marked workbook need no second sending."""
    keeping = _state(client).keeping
    keeping.new_secret("乙公司", "test")  # makes the organisation
    keeping.organisations.keep_drafts("乙公司", 3, "test")
    try:
        told = {**SECOND, "Content-Type": JSON}
        sent = client.post("/v1/audits", params=DAY, content=FAULTY.read_bytes(), headers=told)
        address = sent.headers["Location"]
        assert client.post(f"{address}/fixes", headers=SECOND).json()["changes"]
        marked = client.get(address, params={"format": "xlsx"}, headers=SECOND)
        assert "审核结果 Findings" in load_workbook(BytesIO(marked.content)).sheetnames
        text = client.get(address, params={"format": "text"}, headers=SECOND).text
        assert " | " in text  # a line of the file
    finally:
        keeping.organisations.keep_drafts("乙公司", 0, "test")
    assert client.post(f"{address}/fixes", headers=SECOND).json()["code"] == "no_draft"


def test_the_same_call_with_the_same_key_is_done_once(client: TestClient) -> None:
    """It gets the same reply and stores one report; another body or organisation is another."""
    told = {"Content-Type": JSON, "Idempotency-Key": "one"}
    first = client.post("/v1/audits", content=b"{}", headers=told)
    again = client.post("/v1/audits", content=b"{}", headers=told)
    assert again.content == first.content
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.headers["Location"] == first.headers["Location"]
    other = client.post("/v1/audits", content=b"[]", headers=told)
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    theirs = client.post("/v1/audits", content=b"{}", headers={**told, **SECOND})
    assert theirs.headers["Location"] != first.headers["Location"]
    assert client.post("/v1/audits", content=b"", headers={**told, "Idempotency-Key": "x" * 256}).status_code == 422  # fmt: skip


def test_a_call_that_was_refused_may_be_sent_again(client: TestClient) -> None:
    """A problem stores nothing, not even its key."""
    told = {"Content-Type": JSON, "Idempotency-Key": "two"}
    address = f"{send(client, FAULTY).headers['Location']}/fixes"
    assert client.post(address, content=b"{", headers=told).status_code == 422
    assert client.post(address, content=FAULTY.read_bytes(), headers=told).status_code == 200


def test_goods_names_do_not_become_markup(client: TestClient) -> None:
    """A name with markup in it reaches no page as markup, then or later."""
    draft = json.loads(FAULTY.read_text("utf-8"))
    draft["items"][0]["goods_name"] = draft["header"]["trade_mode"] = "<script>alert(1)</script>"
    sent = client.post("/v1/audits", content=json.dumps(draft), headers={"Content-Type": JSON})
    page = client.get(sent.headers["Location"], params={"format": "html"})
    assert b"<script" not in page.content
    assert "attachment" in page.headers["Content-Disposition"]


def _safe(report: Any) -> list[Any]:
    fixes = [fix for found in report["findings"] for fix in found["fixes"]]
    return [fix for fix in fixes if fix["class"] == "safe"]


def _state(client: TestClient) -> State:
    app: Any = client.app
    held: State = app.state.held
    return held


def _day() -> date:
    return date.fromisoformat(DAY["as_of"])
