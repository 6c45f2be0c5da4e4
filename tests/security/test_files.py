"""Files that attack whoever opens them: XML entities, zip bombs, names that climb, formulas and scripts."""

import io
import json
import re
import time
import zipfile
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.security.sites import FAULTY, JSON, Site, log_in, token_in

psutil: Any = import_module("psutil")
XML = {"Content-Type": "application/xml"}
ZIP = {"Content-Type": "application/zip"}
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
FORMULA = '=HYPERLINK("https://evil.example","x")'


def laughing(depth: int = 12) -> bytes:
    """Return XML whose entities grow without end."""
    lines = ['<!ENTITY a0 "ha">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, depth)]
    return f"<?xml version='1.0'?><!DOCTYPE x [{''.join(lines)}]><x>&a{depth - 1};</x>".encode()


def outside(target: str) -> bytes:
    """Return XML that wants something read from elsewhere."""
    return (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "{target}">]>'
        "<DecMessage><DecHead><Type>&e;</Type></DecHead></DecMessage>"
    ).encode()


@pytest.mark.parametrize(
    "content",
    [
        laughing(),
        outside("file:///etc/passwd"),
        outside("http://127.0.0.1:1/x"),
        b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd"><x/>',
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><x/>',
        b'<x xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></x>',
        b"<x>" + b"<a>" * 200_000,
        b"<x " + b" ".join(b"a%d=''" % number for number in range(100_000)) + b"/>",
    ],
    ids=["laughs", "file", "address", "dtd", "parameter", "include", "deep", "wide"],
)
def test_xml_reaches_nothing_and_grows_nowhere(attacked: Site, content: bytes) -> None:
    """No entity is followed, nothing grows, and the report says that the file cannot be read."""
    before, began = psutil.Process().memory_info().rss, time.monotonic()
    reply = attacked.client.post("/v1/audits", content=content, headers=attacked.first | XML)
    assert time.monotonic() - began < 10
    assert psutil.Process().memory_info().rss - before < 300_000_000
    assert reply.status_code in (200, 201, 413, 422), reply.text[:300]
    assert "root:" not in reply.text
    assert '"clean"' not in reply.text


def zipped(*files: tuple[str, bytes]) -> bytes:
    """Return a zip."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return held.getvalue()


def finished(site: Site, reply: Any) -> dict[str, Any]:
    """Return a batch once it is done."""
    assert reply.is_success, reply.text
    until = time.monotonic() + 60
    while time.monotonic() < until:
        held: dict[str, Any] = site.client.get(
            f"/v1/batches/{reply.json()['id']}", headers=site.first
        ).json()
        if held.get("state") not in ("waiting", "working", "open", "running", "queued", "reading"):
            return held
        time.sleep(0.2)
    raise AssertionError(held)


def test_a_zip_bomb_is_not_unpacked(attacked: Site) -> None:
    """Files that unpack to gigabytes, plain or nested, or in a workbook, are refused without filling memory."""
    big = b"\0" * 300_000_000
    bomb = zipped(*((f"{number}.json", big) for number in range(3)))
    assert len(bomb) < 2_000_000
    sheet = zipped(("xl/worksheets/sheet1.xml", big), ("[Content_Types].xml", b"<x/>"))
    del big
    before, began = psutil.Process().memory_info().rss, time.monotonic()
    for content in (bomb, zipped(("inner.zip", bomb))):
        reply = attacked.client.post("/v1/batches", content=content, headers=attacked.first | ZIP)
        assert reply.status_code < 500
        if reply.is_success:
            said = json.dumps(finished(attacked, reply))
            assert '"clean": 1' not in said
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    reply = attacked.client.post(
        "/v1/audits", content=sheet, headers=attacked.first | {"Content-Type": kind}
    )
    assert reply.status_code < 500
    assert "clean" not in reply.text
    assert time.monotonic() - began < 60
    assert psutil.Process().memory_info().rss - before < 700_000_000


def test_names_in_uploads_lead_nowhere(attacked: Site) -> None:
    """A name that climbs out of its folder is a name and no path: nothing is written by it."""
    names = ("../../../../tmp/climbed-by-declarant.json", "/tmp/climbed-by-declarant.json", "..\\climbed.json", "a/../../b.json", "C:\\climbed.json")  # fmt: skip
    reply = attacked.client.post(
        "/v1/batches",
        content=zipped(*((name, FAULTY) for name in names)),
        headers=attacked.first | ZIP,
    )
    if reply.is_success:
        finished(attacked, reply)
    for name in names:
        kept = attacked.client.post(
            "/v1/audits",
            files={"file": (name, FAULTY, "application/json")},
            headers=attacked.first,
        )
        assert kept.is_success, kept.text
    assert not Path("/tmp/climbed-by-declarant.json").exists()
    site = attacked.app.state.held.settings.site
    assert not list(site.rglob("*climbed*"))


def _with_goods(name: str) -> bytes:
    draft = json.loads(FAULTY)
    for item in draft["items"]:
        item["goods_name"] = name
    return json.dumps(draft, ensure_ascii=False).encode()


@pytest.mark.parametrize("form", ["html", "text", "markdown", "sarif", "junit"])
def test_goods_names_do_not_run_in_a_report(attacked: Site, form: str) -> None:
    """Script in the name of goods stands in the report as letters, now and when it is shown again."""
    sent = attacked.client.post(
        "/v1/audits", content=_with_goods(f"{SCRIPT}棉衬衫"), headers=attacked.first | JSON
    )
    assert sent.is_success
    url = f"/v1/audits/{sent.json()['id']}"
    for params in ({"format": form}, {"format": form, "lang": "en"}):
        reply = attacked.client.get(url, params=params, headers=attacked.first)
        assert reply.status_code in (200, 409, 422), reply.text[:300]
        if "html" in reply.headers["content-type"]:
            assert "<script>alert" not in reply.text
            assert not re.search(r"<img[^>]*onerror", reply.text)
        assert reply.headers["x-content-type-options"] == "nosniff"


def test_goods_names_are_no_formulas(attacked: Site) -> None:
    """In a workbook a name that begins like a formula is text."""
    sent = attacked.client.post(
        "/v1/audits",
        params={"format": "xlsx"},
        content=_with_goods(FORMULA),
        headers=attacked.first | JSON,
    )
    assert sent.is_success, sent.text[:300]
    book = load_workbook(io.BytesIO(sent.content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert any("HYPERLINK" in str(cell.value) for cell in cells)
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []


def test_questions_and_goods_do_not_run_in_pages(attacked: Site) -> None:
    """Script in a question, a search or a draft stands on the pages as letters."""
    for path, name in (("/reference", "q"), ("/problems", "q"), ("/rules", "q"), ("/law", "q"), ("/ask", "question"), ("/log-in", "next")):  # fmt: skip
        for said in (SCRIPT, '"><script>alert(1)</script>', "';alert(1)//", "javascript:alert(1)"):
            reply = attacked.client.get(path, params={name: said}, headers=attacked.first)
            assert "<script>alert" not in reply.text, path
            assert not re.search(r"<img src=x", reply.text), path
            assert 'href="javascript:' not in reply.text


def test_words_in_an_answer_do_not_run(attacked: Site) -> None:
    """What was asked comes back as JSON that no browser takes for a page."""
    reply = attacked.client.post(
        "/v1/ask", json={"question": f"{SCRIPT}滞报金怎么算"}, headers=attacked.first
    )
    assert reply.headers["content-type"].startswith("application/json")
    assert reply.headers["x-content-type-options"] == "nosniff"


def test_a_name_cannot_add_headers(attacked: Site) -> None:
    """A file name with line ends or quotes adds nothing to the head of a reply."""
    for name in ('a"; filename="b.html', "a\r\nX-Evil: 1", "a\x00b", "甲\u2028乙"):
        reply = attacked.client.post(
            "/v1/audits",
            params={"format": "html", "name": name},
            content=FAULTY,
            headers=attacked.first | JSON,
        )
        assert reply.status_code in (200, 201, 422)
        assert "x-evil" not in reply.headers


def test_a_draft_shown_on_a_page_does_not_run(attacked: Site) -> None:
    """Script in each free field of a draft, and in its file's name, stands on the page of the audit as letters."""
    attacked.client.cookies.clear()
    assert log_in(attacked.client, "wang").status_code == 303
    draft = json.loads(_with_goods(SCRIPT))
    for name, value in list(draft["header"].items()):
        if name.endswith(("_name", "remark", "remarks", "marks")) or name == "note":
            draft["header"][name] = f"{value}{SCRIPT}"
    page = attacked.client.get("/audit").text
    reply = attacked.client.post(
        "/audit",
        data={"csrf_token": token_in(page)},
        files={"files": (f"{SCRIPT}.json", json.dumps(draft).encode(), "application/json")},
    )
    attacked.client.cookies.clear()
    assert reply.status_code == 200, reply.text[:500]
    assert "alert(1)" in reply.text
    assert "<script>alert" not in reply.text
    assert not re.search(r"<img src=x", reply.text)
