"""The page to audit on: drafts travel with their form, are edited, mended and taken home."""

import html
import json
import re
from base64 import b64encode
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zlib import compress

import pytest
from openpyxl import load_workbook
from sqlalchemy import create_engine, text
from starlette.testclient import TestClient

from assistant.web.pages.editing import edited, stands
from assistant.web.pages.layout import layout
from auditors.formats import read
from auditors.place import Place
from knowledge.library import shipped

HOME = Path(__file__).parents[2]
FAULTY = HOME / "examples/import_sea_faulty.xml"
SCRIPT = '"><script>alert(1)</script>'
INPUT = re.compile(r'<input type="(?:text|hidden|date)"([^>]*)>')
AREA = re.compile(r"<textarea([^>]*)>\n?(.*?)</textarea>", re.S)
NAME = re.compile(r'name="([^"]*)"')
VALUE = re.compile(r'value="([^"]*)"')


@pytest.fixture
def visit(client: TestClient) -> Iterator[TestClient]:
    """Return a browser that has not been here before."""
    client.cookies.clear()
    yield client
    client.cookies.clear()


def token(client: TestClient) -> str:
    """Return the token of a page's forms."""
    found = re.search(r'name="csrf_token" value="(\w+)"', client.get("/audit").text)
    assert found
    return found[1]


def upload(client: TestClient, *files: tuple[str, bytes], **more: str) -> str:
    """Return the page that tells of files."""
    sent = [("files", (name, content)) for name, content in files]
    reply = client.post("/audit", data={"csrf_token": token(client), **more}, files=sent)
    assert reply.status_code == 200, reply.text
    return reply.text


def fields_of(page: str) -> dict[str, str]:
    """Return what a browser would send with the form of the first draft on a page."""
    part = page[page.index('<section class="draft"') :]
    held = {}
    for attributes in INPUT.findall(part):
        if name := NAME.search(attributes):
            value = VALUE.search(attributes)
            held[name[1]] = html.unescape(value[1]) if value else ""
    for attributes, value in AREA.findall(part):
        if name := NAME.search(attributes):
            held[name[1]] = html.unescape(value).replace("\n", "\r\n")
    return held


def send(client: TestClient, page: str, fields: dict[str, str]) -> Any:
    """Return the reply to a form, sent as browsers send it."""
    return client.post(page, files={name: (None, value) for name, value in fields.items()})


def codes_of(page: str) -> list[str]:
    """Return the codes of the findings on a page, in order."""
    return re.findall(r'<a class="code rule-link" href="/rules/([^"]+)"', page)


def test_a_draft_is_drawn_as_the_form_with_its_findings_pinned(visit: TestClient) -> None:
    """The report stands beside the form, and each finding leads to its field and back."""
    page = upload(visit, (FAULTY.name, FAULTY.read_bytes()))
    assert "中华人民共和国海关进口货物报关单" in page
    assert len(codes_of(page)) == 8
    key = re.search(r'id="draft-(\w+)"', page)
    assert key
    field = f"{key[1]}-at-items-2-total_price"
    assert f'id="{field}"' in page
    assert f'href="#{field}"' in page
    for number in range(1, 9):
        assert f'id="f-{key[1]}-{number}"' in page
        assert f'href="#f-{key[1]}-{number}"' in page
    assert "一般贸易" in page


def test_the_chart_counts_every_finding(visit: TestClient) -> None:
    """The bars of the chart add up to the findings, family by family."""
    page = upload(visit, (FAULTY.name, FAULTY.read_bytes()))
    counts = [int(each) for each in re.findall(r'<text class="count"[^>]*>(\d+)</text>', page)]
    families = {code.partition("-")[2][0] for code in codes_of(page)}
    assert sum(counts) == len(codes_of(page))
    assert len(counts) == len(families)


def test_many_files_are_told_of_one_by_one(visit: TestClient) -> None:
    """Each file of a form has its own report; one that is no draft says so and costs no other."""
    page = upload(visit, (FAULTY.name, FAULTY.read_bytes()), ("broken.xml", b"<DecMessage"), ("x.txt", b"?"))  # fmt: skip
    assert page.count('<section class="draft"') == 3
    assert page.count("无法读取") >= 2


def test_a_pasted_message_is_audited(visit: TestClient) -> None:
    """What is pasted is audited as a file is."""
    page = upload(visit, pasted=FAULTY.read_text("utf-8"))
    assert len(codes_of(page)) == 8


def test_nothing_sent_is_said(visit: TestClient) -> None:
    """A form without a file asks for one."""
    reply = visit.post("/audit", data={"csrf_token": token(visit)})
    assert (reply.status_code, "请选择文件或粘贴报文" in reply.text) == (422, True)


@pytest.mark.parametrize(
    "name", ["import_sea_faulty.xml", "multi_item_air_faulty.json", "export_road_faulty.xlsx"]
)
def test_sending_a_form_back_unchanged_changes_nothing(visit: TestClient, name: str) -> None:
    """A draft whose form is sent back as it was drawn gives the same report and the same bytes."""
    content = (HOME / "examples" / name).read_bytes()
    page = upload(visit, (name, content))
    fields = fields_of(page)
    again = send(visit, "/audit/again", fields).text
    assert codes_of(again) == codes_of(page)
    assert "已改" not in again
    assert send(visit, "/audit/draft", fields).content == content


@pytest.mark.parametrize(
    "name", ["import_sea_faulty.xml", "multi_item_air_faulty.json", "export_road_faulty.xlsx"]
)
def test_an_edited_field_is_audited_and_taken_home(visit: TestClient, name: str) -> None:
    """What is typed into a field is in the next report and in the draft that is downloaded."""
    page = upload(visit, (name, (HOME / "examples" / name).read_bytes()))
    fields = {**fields_of(page), "header.net_weight": "999999"}
    again = send(visit, "/audit/again", fields).text
    assert "CN-W001" in codes_of(again)
    assert "已改" in again
    kind = name.rpartition(".")[2]
    draft = send(visit, "/audit/draft", fields_of(again))
    assert f"{name.rpartition('.')[0]}-draft.{kind}" in draft.headers["content-disposition"]
    reading = read(draft.content, shipped(), name)
    assert str(reading.draft.header.net_weight) == "999999"


def test_a_fault_that_is_put_right_is_gone(visit: TestClient) -> None:
    """Correcting the net weight settles the findings about it and no other."""
    page = upload(visit, (FAULTY.name, FAULTY.read_bytes()))
    fields = {**fields_of(page), "header.net_weight": "1966.4", "header.gross_weight": "2184.5"}
    again = send(visit, "/audit/again", fields).text
    assert set(codes_of(page)) - set(codes_of(again)) == {"CN-W001", "CN-W008"}
    assert set(codes_of(again)) < set(codes_of(page))


def test_what_is_no_number_stays_in_its_field_and_is_found(visit: TestClient) -> None:
    """A number that cannot be read is neither lost nor passed over."""
    page = upload(visit, (FAULTY.name, FAULTY.read_bytes()))
    again = send(visit, "/audit/again", {**fields_of(page), "header.gross_weight": "twelve"}).text
    assert 'value="twelve"' in again
    assert len(set(codes_of(again)) - set(codes_of(page))) >= 1
    twice = send(visit, "/audit/again", fields_of(again)).text
    assert codes_of(twice) == codes_of(again)


def test_strange_fields_of_a_form_are_passed_over() -> None:
    """Only fields there are, in parts there are, can be changed."""
    draft = read(FAULTY.read_bytes(), shipped(), FAULTY.name).draft
    strange = ["header.nothing", "items[99].qty", "items[0].qty", "message.form", "schema", "",
               "items[1].goods_limits[3].permit_no", "context.exchange_rates", "__class__"]  # fmt: skip
    made = edited(draft, [(name, "1") for name in strange], shipped())
    assert made.typed == {}
    assert made.draft == draft


@pytest.mark.parametrize("name", ["import_sea_faulty.xml", "multi_item_air_faulty.json", "import_sea_faulty.xlsx"])  # fmt: skip
def test_safe_fixes_are_made_and_listed(visit: TestClient, name: str) -> None:
    """Every safe change is made on request, told with before and after, and none is left."""
    page = upload(visit, (name, (HOME / "examples" / name).read_bytes()))
    offered = re.search(r"应用安全修正 \((\d+)\)", page)
    assert offered
    mended = send(visit, "/audit/fixes", fields_of(page)).text
    assert "已修正" in mended
    assert mended.count("<ins>") >= int(offered[1])
    assert "应用安全修正" not in mended
    draft = send(visit, "/audit/draft", {**fields_of(page), "fix": "yes"})
    assert codes_of(upload(visit, (name, draft.content))) == codes_of(mended)


def test_an_edit_is_not_lost_when_fixes_are_made(visit: TestClient) -> None:
    """What was typed before the safe fixes, readable or not, is there afterwards."""
    for name in ("import_sea_faulty.xml", "export_road_faulty.xlsx"):
        page = upload(visit, (name, (HOME / "examples" / name).read_bytes()))
        fields = fields_of(page) | {"header.net_weight": "77.7", "header.pack_no": "many"}
        mended = fields_of(send(visit, "/audit/fixes", fields).text)
        assert mended["header.net_weight"] == "77.7"
        assert mended["header.pack_no"] == "many"


@pytest.mark.parametrize(
    ("rendering", "begins"),
    [("json", b"{"), ("sarif", b"{"), ("xlsx", b"PK"), ("html", b"<!doctype html>"), ("md", b"# ")],
)
def test_a_report_is_taken_home_in_many_forms(
    visit: TestClient, rendering: str, begins: bytes
) -> None:
    """Each form of the report comes as a file that no browser opens as a page of this site."""
    page = upload(visit, (FAULTY.name, FAULTY.read_bytes()))
    reply = send(visit, "/audit/report", {**fields_of(page), "rendering": rendering})
    assert reply.content.startswith(begins)
    assert reply.headers["content-disposition"].startswith("attachment;")
    assert not reply.headers["content-type"].startswith("text/html")
    if rendering == "json":
        assert len(json.loads(reply.content)["findings"]) == 8


def test_goods_names_run_nowhere(visit: TestClient) -> None:
    """Markup in a name, a value or a file name is shown as it stands, and goes home as it stands."""
    draft = json.loads((HOME / "examples/import_sea.json").read_bytes())
    draft["items"][0]["goods_name"] = SCRIPT
    draft["header"]["trade_name"] = SCRIPT
    draft["header"]["trade_mode"] = SCRIPT
    page = upload(visit, (f"{SCRIPT}.json".replace("/", ""), json.dumps(draft).encode()))
    assert "<script>alert" not in page
    assert fields_of(page)["items[1].goods_name"] == SCRIPT
    assert fields_of(page)["header.trade_name"] == SCRIPT
    home = send(visit, "/audit/report", {**fields_of(page), "rendering": "html"}).text
    assert "<script>alert" not in home


@pytest.mark.parametrize("formula", ["=HYPERLINK(\"http://evil.example\")", "+1+1", "@SUM(1)", "-2+3"])  # fmt: skip
def test_formulas_stay_text_in_downloads(visit: TestClient, formula: str) -> None:
    """What looks like a formula is a text in every workbook that is taken home."""
    page = upload(visit, (FAULTY.name, FAULTY.read_bytes()))
    fields = {**fields_of(page), "items[1].goods_name": formula, "header.trade_name": formula}
    for address, more in (("/audit/report", {"rendering": "xlsx"}), ("/audit/draft", {"save_as": "xlsx"})):  # fmt: skip
        book = load_workbook(BytesIO(send(visit, address, {**fields, **more}).content))
        cells = [cell for sheet in book for row in sheet for cell in row if cell.value == formula]
        assert cells
        assert all(cell.data_type == "s" for cell in cells)
        assert not [
            cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"
        ]


@pytest.mark.parametrize(
    "draft",
    [
        "",
        "%%%",
        "AAAA",
        b64encode(b"no zlib").decode(),
        b64encode(compress(b"x" * 100)[:-3]).decode(),
    ],
)
def test_a_damaged_draft_is_said(visit: TestClient, draft: str) -> None:
    """A form whose draft is damaged asks for the file again."""
    reply = send(visit, "/audit/again", {"csrf_token": token(visit), "draft": draft, "name": "x"})
    assert (reply.status_code, "草稿不完整" in reply.text) == (422, True)


def test_a_bomb_is_not_unpacked(visit: TestClient) -> None:
    """A draft that unpacks to more than a draft may hold is refused."""
    bomb = b64encode(compress(b"\0" * 40_000_000, 9)).decode()
    reply = send(visit, "/audit/again", {"csrf_token": token(visit), "draft": bomb, "name": "x"})
    assert (reply.status_code, "文件过大" in reply.text) == (413, True)


def test_drafts_are_not_kept(visit: TestClient, site: Path) -> None:
    """After audits on the page the database holds reports, and of their drafts not a word."""
    secret = "绝密货物名称甲乙丙"
    content = FAULTY.read_text("utf-8").replace("离心泵叶轮", secret)
    assert secret in content
    page = upload(visit, ("secret.xml", content.encode()))
    send(visit, "/audit/again", {**fields_of(page), "header.note": secret})
    engine = create_engine(f"sqlite:///{site / 'declarant.db'}")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM drafts")).scalar() == 0
        assert connection.execute(text("SELECT count(*) FROM reports")).scalar()
    engine.dispose()
    for file in site.glob("declarant.db*"):
        assert secret.encode() not in file.read_bytes()


def test_every_field_of_the_layout_is_a_field() -> None:
    """The boxes of the form name fields there are, each once, and each row is full."""
    blocks = shipped().fields
    for export in (False, True):
        for block in ("header", "items"):
            boxes = [box for box in layout(export=export) if box.block == block]
            names = [name for box in boxes for name in box.fields]
            assert len(names) == len(set(names))
            assert set(names) <= set(blocks[block].fields)
            assert sum(box.width for box in boxes) % 20 == 0


def test_the_sample_is_the_example() -> None:
    """The draft to try the page with is the example of the docs."""
    sample = HOME / "assistant/web/pages/static/sample.xml"
    assert sample.read_bytes() == FAULTY.read_bytes()


def test_an_unreadable_value_is_shown_as_it_stood() -> None:
    """A form shows what stood in the file where it could not be read."""
    content = FAULTY.read_bytes().replace(b"<GrossWet>1966.4<", b"<GrossWet>about two<")
    reading = read(content, shipped(), "x.xml")
    assert stands(reading.draft, Place("header", 0, "gross_weight")) == "about two"
