"""`/v1/batches`: many drafts taken apart, audited in the background, told in order."""

import io
import json
import struct
import time
import zipfile
from typing import Any

import httpx
import pytest
from openpyxl import Workbook
from starlette.testclient import TestClient

from assistant.work.forms import XLSX
from tests.reports import FAULTY, SOUND
from tests.web.serving import FIRST, SECOND

ZIP, NDJSON = "application/zip", "application/x-ndjson"


def send(client: TestClient, content: bytes, form: str, **query: str) -> Any:
    """Send a batch."""
    return client.post("/v1/batches", params=query, content=content, headers={"Content-Type": form})


def zipped(**files: bytes) -> bytes:
    """Return a zip of files; in their names `__` stands for a dot."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return held.getvalue()


def named(name: str, content: bytes = b"{}") -> bytes:
    """Return a zip of one file with a name of any kind."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name), content)
    return held.getvalue()


def finished(client: TestClient, address: str) -> Any:
    """Wait until a batch is finished, and return how it stands."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        stood = client.get(address).json()
        if stood["state"] == "finished":
            return stood
        time.sleep(0.05)
    raise AssertionError(stood)


def results(client: TestClient, address: str) -> list[Any]:
    """Return the results of a batch."""
    answered = client.get(f"{address}/results")
    assert answered.headers["Content-Type"] == NDJSON
    return [json.loads(line) for line in answered.text.splitlines()]


def test_a_zip_is_audited_in_the_order_of_its_files(client: TestClient) -> None:
    """Each draft has the report that it has alone, under its own name."""
    files = [SOUND, FAULTY.with_suffix(".xml"), FAULTY.with_suffix(".xlsx")]
    content = zipped(**{file.name.replace(".", "__"): file.read_bytes() for file in files})
    sent = send(client, content, ZIP, as_of="2026-11-20")
    assert sent.status_code == 202
    assert sent.json()["total"] == 3
    address = sent.headers["Location"]
    stood = finished(client, address)
    assert stood["done"] == 3
    assert stood["counts"] == {"clean": 1, "findings": 2}
    told = results(client, address)
    assert [each["name"] for each in told] == [file.name for file in files]
    assert [each["number"] for each in told] == [1, 2, 3]
    for each in told:
        alone = client.get(f"/v1/audits/{each['id']}").json()
        assert alone["report"] == each["report"]


def test_lines_of_json_are_drafts(client: TestClient) -> None:
    """A line that is no draft has a report that says so, and blank lines count for nothing."""
    sound = json.dumps(json.loads(SOUND.read_text("utf-8"))).encode()
    sent = send(client, b"\n".join([sound, b"", b"not json", sound]) + b"\n", NDJSON)
    address = sent.headers["Location"]
    stood = finished(client, address)
    assert stood["counts"]["unreadable"] == 1
    assert [each["number"] for each in results(client, address)] == [1, 2, 3]


def test_a_client_number_used_twice_is_found_across_the_batch(client: TestClient) -> None:
    """What only shows when drafts are audited together is found in a batch too."""
    draft = json.loads(SOUND.read_text("utf-8"))
    other = json.loads(SOUND.read_text("utf-8"))
    other["header"]["bill_no"] = "OTHER123"
    lines = "\n".join(map(json.dumps, [draft, draft, other])).encode()
    address = send(client, lines, NDJSON).headers["Location"]
    finished(client, address)
    codes = [
        [found["code"] for found in each["report"]["findings"]] for each in results(client, address)
    ]
    assert ["CN-F030" in each for each in codes] == [False, False, True]


def test_a_workbook_of_many_declarations_is_taken_apart(client: TestClient) -> None:
    """Each has the lines with its client number, and findings name the cells people know."""
    content = _workbook([("A1", "I", 2), ("B2", "I", 1)])
    address = send(client, content, XLSX, name="many.xlsx").headers["Location"]
    finished(client, address)
    told = results(client, address)
    assert [each["name"] for each in told] == ["many.xlsx#A1", "many.xlsx#B2"]
    assert [each["report"]["draft"]["items"] for each in told] == [2, 1]
    cells = [
        place["cell"]
        for found in told[1]["report"]["findings"]
        for place in found["places"]
        if place["cell"]
    ]
    assert any(cell.endswith("3") for cell in cells if cell.startswith("表头"))
    assert any(cell.endswith("4") for cell in cells if cell.startswith("表体"))


def test_lines_that_belong_to_no_declaration_are_refused(client: TestClient) -> None:
    """A workbook whose lines cannot be told apart is not guessed at."""
    content = _workbook([("A1", "I", 1), ("B2", "I", 1)], keyed=False)
    answered = send(client, content, XLSX)
    assert answered.status_code == 422
    assert "客户端编号" in answered.json()["detail"]


def _encrypted() -> bytes:
    content = bytearray(zipped(a__json=b"{}"))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark) + offset
        content[at : at + 2] = struct.pack("<H", 1)
    return bytes(content)


def _long_directory() -> bytes:
    content = bytearray(zipped(a__json=b"{}"))
    at = content.rfind(b"PK\x05\x06")
    content[at + 12 : at + 16] = struct.pack("<L", 50_000_000)
    return bytes(content)


REFUSED: dict[str, tuple[bytes, int]] = {
    "no-zip": (b"hello", 422),
    "empty": (b"", 422),
    "no-drafts": (zipped(), 422),
    "traversal": (named("../../etc/a.json"), 422),
    "backslashes": (named("..\\..\\a.json"), 422),
    "absolute": (named("/etc/a.json"), 422),
    "drive": (named("C:/a.json"), 422),
    "nested": (zipped(inner__zip=zipped(a__json=b"{}")), 422),
    "nested-renamed": (zipped(a__json=zipped(b__json=b"{}")), 422),
    "other-files": (zipped(readme__txt=b"hello"), 422),
    "encrypted": (_encrypted(), 422),
    "bomb": (zipped(a__json=b" " * 15_000_000), 422),
    "draft-too-large": (zipped(a__json=b" " * 20_000_001), 422),
    "long-directory": (_long_directory(), 413),
    "too-many": (zipped(**{f"{n}__json": b"" for n in range(10_001)}), 413),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_zip_that_does_harm_is_refused_whole(client: TestClient, name: str) -> None:
    """Nothing of it is stored, and the problem says what to do."""
    content, status = REFUSED[name]
    before = client.get("/v1/batches", headers=SECOND).json()["items"]
    told = {**SECOND, "Content-Type": ZIP}
    answered = client.post("/v1/batches", content=content, headers=told)
    assert answered.status_code == status
    assert answered.json()["do_en"]
    assert client.get("/v1/batches", headers=SECOND).json()["items"] == before


def test_a_zip_damaged_inside_leaves_nothing(client: TestClient) -> None:
    """What is found to be broken half-way takes back what was stored before."""
    content = bytearray(zipped(a__json=SOUND.read_bytes(), b__json=FAULTY.read_bytes()))
    at = content.rfind(b"PK\x03\x04")
    content[at + 60 : at + 90] = bytes(30)
    assert send(client, bytes(content), ZIP).status_code == 422


def test_names_of_chinese_windows_are_read(client: TestClient) -> None:
    """A name in GBK that nobody marked is shown as it was written."""
    content = named("XXXX.json").replace(b"XXXX", "草稿".encode("gbk"))
    address = send(client, content, ZIP).headers["Location"]
    finished(client, address)
    assert results(client, address)[0]["name"] == "草稿.json"


def test_a_batch_in_a_form_is_taken(client: TestClient) -> None:
    """The file's name tells what it is where its type does not."""
    file = {"file": ("batch.zip", zipped(a__json=b"{}"), "application/octet-stream")}
    assert client.post("/v1/batches", files=file).status_code == 202
    other = {"file": ("batch.rar", b"Rar!", "application/octet-stream")}
    assert client.post("/v1/batches", files=other).status_code == 415
    assert send(client, b"{}", "application/json").status_code == 415


def test_the_same_batch_with_the_same_key_is_taken_once(client: TestClient) -> None:
    """Sent again it gets the same reply, in a form as well; another batch is refused."""
    told = {"Idempotency-Key": "batch", "Content-Type": NDJSON}
    first = client.post("/v1/batches", content=b"{}\n", headers=told)
    again = client.post("/v1/batches", content=b"{}\n", headers=told)
    assert again.json() == first.json()
    assert client.post("/v1/batches", content=b"[]\n", headers=told).json()["code"] == "key_reused"


def test_a_batch_is_found_by_its_own_organisation_alone(client: TestClient) -> None:
    """To another one it is not there, nor are its results and reports."""
    address = send(client, b"{}\n", NDJSON).headers["Location"]
    finished(client, address)
    for path in (address, f"{address}/results"):
        assert client.get(path, headers=SECOND).status_code == 404
    assert client.delete(address, headers=SECOND).status_code == 404
    report = results(client, address)[0]["id"]
    assert client.get(f"/v1/audits/{report}", headers=SECOND).status_code == 404
    assert client.delete(address).status_code == 204
    assert client.get(f"/v1/audits/{report}").status_code == 404


def test_results_stream_from_a_real_server(address: str) -> None:
    """Hundreds of reports come in pieces, whole and in order."""
    line = json.dumps(json.loads(FAULTY.read_text("utf-8"))).encode()
    with httpx.Client(base_url=address, headers=FIRST, timeout=60) as client:
        told = {"Content-Type": NDJSON}
        sent = client.post("/v1/batches", content=b"\n".join([line] * 300), headers=told)
        path = sent.headers["Location"]
        early = client.get(f"{path}/results")
        assert early.status_code == 409 or len(early.text.splitlines()) == 300
        until = time.monotonic() + 40
        while client.get(path).json()["state"] != "finished" and time.monotonic() < until:
            time.sleep(0.1)
        with client.stream("GET", f"{path}/results") as streamed:
            assert streamed.headers["Transfer-Encoding"] == "chunked"
            lines = list(streamed.iter_lines())
    assert [json.loads(each)["number"] for each in lines] == list(range(1, 301))


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/x",
        "https://localhost/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://10.0.0.8/x",
        "https://169.254.169.254/latest",
        "https://user:word@example.com/x",
        "https://intranet/x",
        "ftp://example.com",
        "https://",
    ],
)
def test_a_webhook_into_a_private_network_is_refused(client: TestClient, url: str) -> None:
    """It is refused when it is given, before the batch is read."""
    answered = send(client, b"{}\n", NDJSON, webhook=url)
    assert (answered.status_code, answered.json()["code"]) == (422, "invalid")


def test_the_secret_of_webhooks_is_made_by_administrators(client: TestClient) -> None:
    """It is shown once; a new one takes its place."""
    keys = client.post("/v1/webhooks/secret", headers={"Authorization": "Bearer audits"})
    assert keys.status_code == 403
    secret = client.post("/v1/webhooks/secret").json()["secret"]
    assert secret.startswith("whsec_")
    assert client.post("/v1/webhooks/secret").json()["secret"] != secret


def _workbook(declarations: list[tuple[str, str, int]], *, keyed: bool = True) -> bytes:
    """Return a workbook with labels in the first row and a line for each declaration and item."""
    book = Workbook()
    book.remove(book.worksheets[0])
    header, items = book.create_sheet("表头"), book.create_sheet("表体")
    header.append(["客户端编号", "进出口标志", "监管方式", "合同协议号", "毛重", "净重"])
    items.append([*(["客户端编号"] if keyed else []), "项号", "商品编号", "商品名称", "成交数量"])
    for key, flag, lines in declarations:
        header.append([key, flag, "0110", f"C-{key}", "10", "20"])
        for number in range(1, lines + 1):
            items.append([*([key] if keyed else []), number, "8413", "离心泵零件", "5"])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
