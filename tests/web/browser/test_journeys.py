"""What declarants do on the pages, done in a real browser."""

import json
import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from auditors.formats import read
from knowledge.library import shipped
from tests.web.browser.conftest import Visit

EXAMPLES = Path(__file__).parents[3] / "examples"
FAULTY = EXAMPLES / "import_sea_faulty.xml"
PAGES = [
    "/",
    "/audit",
    "/problems",
    "/problems/cn-light-parcel-weight",
    "/reference?q=运费",
    "/rules",
    "/rules/CN-W001",
    "/codes",
    "/codes/trade_mode",
    "/fields",
    "/fields/header.net_weight",
    "/law",
    "/law/cn-gacc-2019-18?as_of=2018-01-01",
    "/law/changes",
    "/log-in",
    "/citation?id=cn-law-customs%2324&q=如实申报",
]


def ask(page: Page, question: str) -> None:
    """Ask with the keyboard, and wait for the whole answer."""
    page.locator("#question").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".exchange").last.locator(".meta")).to_be_visible()


def audit(page: Page, *files: Path) -> None:
    """Choose files, and wait for the report of the first."""
    page.goto("/audit")
    page.locator("#files").set_input_files(files)
    expect(page.locator(".draft")).to_have_count(len(files))


@pytest.mark.parametrize(
    ("lang", "question", "says"),
    [("zh", "海关法第24条说什么", "如实申报"), ("en", "What is trade mode 0110?", "General trade")],
)
def test_a_question_is_asked_and_its_source_opened(
    visit: Visit, lang: str, question: str, says: str
) -> None:
    """An answer comes sentence by sentence; its source opens beside it, marked, and closes again."""
    page = visit.go(f"/?lang={lang}")
    ask(page, question)
    expect(page.locator(".sentences")).to_contain_text(says)
    page.locator(".cite").first.press("Enter")
    panel = page.locator("dialog#panel")
    expect(panel.locator("mark").first).to_be_visible()
    expect(panel.locator(".days")).to_contain_text("2026" if lang == "zh" else "as of")
    visit.shot(f"ask-{lang}")
    assert visit.violations() == []
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator(".cite").first).to_be_focused()


def test_a_suggestion_is_a_question_and_a_conversation_goes_on(visit: Visit) -> None:
    """Starters are asked by one press, and a follow-up is understood."""
    page = visit.go("/")
    page.locator(".starter").nth(2).click()
    expect(page.locator(".exchange .meta")).to_be_visible()
    expect(page.locator(".welcome")).to_be_hidden()
    ask(page, "第25条呢")
    expect(page.locator(".exchange")).to_have_count(2)
    expect(page.locator(".exchange").last.locator(".sentences")).to_contain_text("25")


def test_an_answer_is_rated(visit: Visit) -> None:
    """Not helpful is asked why, and thanked for."""
    page = visit.go("/")
    ask(page, "滞报金怎么算")
    page.get_by_role("button", name="没用").click()
    page.get_by_label("记下了。哪里不对？").fill("没有举例")
    page.get_by_role("button", name="告诉编辑").click()
    expect(page.locator(".thanks")).to_contain_text("谢谢")


def test_shift_enter_starts_a_line_and_enter_of_an_input_method_sends_nothing(visit: Visit) -> None:
    """Only a plain Enter sends."""
    page = visit.go("/")
    page.locator("#question").fill("净重")
    page.keyboard.press("Shift+Enter")
    page.locator("#question").dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    expect(page.locator(".exchange")).to_have_count(0)
    expect(page.locator("#question")).to_have_value("净重\n")


def test_what_is_asked_runs_nowhere(visit: Visit) -> None:
    """Markup in a question is shown as text."""
    page = visit.go("/")
    ask(page, "<img src=x onerror=alert(1)><script>alert(1)</script> 净重怎么填")
    expect(page.locator(".question").last).to_contain_text("<script>alert(1)</script>")
    expect(page.locator(".exchange script, .exchange img")).to_have_count(0)


def test_a_draft_is_audited_filtered_mended_and_taken_home(visit: Visit) -> None:
    """The journey of a faulty import: report, filter, pin, safe fixes, download."""
    page = visit.page
    audit(page, FAULTY)
    expect(page.locator(".finding")).to_have_count(8)
    expect(page.locator(".draft h2").first).to_be_focused()
    expect(page.locator("#announce")).to_contain_text("错误 6")
    page.locator(".chip.error").click()
    expect(page.locator(".finding:visible")).to_have_count(2)
    page.locator(".chip.error").click()
    page.locator(".finding .where a", has_text="总价").first.click()
    expect(page.locator('[name="items[2].total_price"]')).to_be_focused()
    page.get_by_role("button", name="应用安全修正").click()
    expect(page.locator(".note.good li")).to_have_count(2)
    expect(page.locator(".finding")).to_have_count(6)
    with page.expect_download() as download:
        page.get_by_role("button", name="下载修正后草稿").click()
    draft = read(download.value.path().read_bytes(), shipped(), "mended.xml").draft
    assert download.value.suggested_filename == "import_sea_faulty-draft.xml"
    assert (draft.items[2].goods_model or "").startswith("4|3|")
    assert visit.violations() == []
    visit.shot("audit", whole=True)


@pytest.mark.parametrize(
    ("name", "kind"), [("SARIF", "sarif"), ("Excel", "xlsx"), ("JSON", "json")]
)
def test_reports_are_downloaded(visit: Visit, name: str, kind: str) -> None:
    """The report comes as a file in each form."""
    page = visit.page
    audit(page, FAULTY)
    page.locator(".menu summary").click()
    with page.expect_download() as download:
        page.locator(".menu").get_by_role("button", name=name).click()
    content = download.value.path().read_bytes()
    assert download.value.suggested_filename == f"import_sea_faulty-report.{kind}"
    assert content.startswith(b"PK") if kind == "xlsx" else json.loads(content)


def test_a_field_is_edited_and_audited_again(visit: Visit) -> None:
    """Correcting two weights by keyboard settles their findings."""
    page = visit.page
    audit(page, FAULTY)
    page.locator('[name="header.gross_weight"]').fill("2184.5")
    page.locator('[name="header.net_weight"]').fill("1966.4")
    expect(page.locator(".dirty")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".finding")).to_have_count(6)
    expect(page.locator(".summary")).to_contain_text("已改 2")
    expect(page.locator(".file .state")).to_contain_text("错误 4")
    visit.shot("audit-again")


def test_many_files_are_sent_one_by_one(visit: Visit) -> None:
    """Several files have each their line, and a press shows the report of one."""
    files = [EXAMPLES / name for name in ("export_road.xlsx", "import_sea_faulty.xml", "one.json")]
    audit(visit.page, *files)
    page = visit.page
    page.locator(".file", has_text="import_sea").click()
    expect(page.locator(".draft:visible")).to_have_count(1)
    expect(page.locator(".draft:visible h2")).to_have_text("import_sea_faulty.xml")
    page.locator(".file", has_text="export_road").click()
    expect(page.locator(".draft:visible")).to_contain_text("未发现问题")
    visit.shot("audit-many")


def test_a_file_is_pasted_or_tried(visit: Visit) -> None:
    """A message can be pasted, and there is a sample to try."""
    page = visit.go("/audit")
    page.locator(".paste summary").click()
    page.locator("#pasted").fill(FAULTY.read_text("utf-8"))
    page.locator("#audit-form button.primary").click()
    expect(page.locator(".finding")).to_have_count(8)
    page.locator("#sample").click()
    expect(page.locator(".draft")).to_have_count(2)


def test_goods_names_run_nowhere(visit: Visit, tmp_path: Path) -> None:
    """A name that is markup stays a text in its field."""
    name = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    draft = json.loads((EXAMPLES / "import_sea.json").read_bytes())
    draft["items"][0]["goods_name"] = name
    file = tmp_path / "named.json"
    file.write_text(json.dumps(draft), "utf-8")
    audit(visit.page, file)
    expect(visit.page.locator('[name="items[1].goods_name"]')).to_have_value(name)
    expect(visit.page.locator(".draft script, .draft img")).to_have_count(0)


def test_problems_are_found_while_typing(visit: Visit) -> None:
    """The list follows what is typed, the address too, and a problem is opened."""
    page = visit.go("/problems")
    page.locator("#q").press_sequentially("净重")
    expect(page).to_have_url(f"{visit.home}/problems?q=%E5%87%80%E9%87%8D")
    page.locator("#lines a strong").first.click()
    expect(page.locator("h1")).to_contain_text("净重")
    visit.shot("problem")


def test_law_is_shown_as_of_two_days(visit: Visit) -> None:
    """The same address on two days says in force and not; two days compared tell what changed."""
    page = visit.go("/law/cn-gacc-2024-30?as_of=2026-11-21")
    expect(page.locator(".days .badge")).to_have_text("有效")
    page.locator("#as_of").fill("2023-01-01")
    page.get_by_role("button", name="查看").click()
    expect(page.locator(".days .badge")).to_have_text("当日无效")
    page.goto("/law/changes?since=2024-04-01&until=2024-04-30")
    expect(page.locator(".changes time", has_text="2024-04-10").first).to_be_visible()
    visit.shot("changes")


@pytest.mark.parametrize(("lang", "pages"), [("zh", PAGES), ("en", PAGES[:2])])
def test_every_page_is_accessible(visit: Visit, lang: str, pages: list[str]) -> None:
    """No page has a serious or critical violation; each begins with a link past the navigation."""
    visit.go(f"/?lang={lang}")
    found = []
    for number, path in enumerate(pages):
        page = visit.go(path)
        found += visit.violations()
        if "SCREENSHOTS" in os.environ:
            visit.shot(f"page-{lang}-{number:02}")
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
    assert found == []


def test_every_page_fits_a_phone(phone: Visit) -> None:
    """Nothing scrolls sideways at 360 pixels, an answer and a report neither."""
    wide = []
    for path in PAGES:
        phone.go(path)
        wide += [path] if phone.width() > 360 else []
    ask(phone.go("/"), "净重不足一千克怎么填")
    phone.shot("phone-ask")
    wide += ["an answer"] if phone.width() > 360 else []
    audit(phone.page, FAULTY)
    phone.shot("phone-audit")
    wide += ["a report"] if phone.width() > 360 else []
    assert phone.violations() == []
    assert wide == []


def test_dark_pages_are_dark_and_readable(night: Visit) -> None:
    """Whoever likes it dark has dark pages whose contrast is sufficient."""
    page = night.go("/")
    ask(page, "净重不足一千克怎么填")
    assert night.violations() == []
    ground = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert sum(map(int, ground.removeprefix("rgb(").rstrip(")").split(","))) < 120
    night.shot("dark-ask")
    audit(page, FAULTY)
    assert night.violations() == []
    night.shot("dark-audit")
    for path in ("/problems", "/rules", "/law/changes", "/log-in"):
        night.go(path)
        assert night.violations() == []


def test_a_print_leaves_out_what_paper_cannot_press(visit: Visit) -> None:
    """On paper stand the form and its findings, and no navigation."""
    audit(visit.page, FAULTY)
    visit.page.emulate_media(media="print")
    expect(visit.page.locator(".top")).to_be_hidden()
    expect(visit.page.locator(".actions")).to_be_hidden()
    expect(visit.page.locator(".declaration")).to_be_visible()
    expect(visit.page.locator(".finding").last).to_be_visible()
    visit.shot("print", whole=True)


def test_the_pages_work_without_scripts(browser: object, home: str, shots: Path) -> None:
    """Asking, opening a source, auditing and mending need no script."""
    bare = Visit(browser, home, shots, java_script_enabled=False)  # type: ignore[arg-type]
    page = bare.go("/")
    page.locator("#question").fill("海关法第24条说什么")
    page.locator("#send").click()
    expect(page.locator(".sentences")).to_contain_text("如实申报")
    page.locator(".cite").first.click()
    expect(page.locator(".days")).to_be_visible()
    page.goto("/audit")
    page.locator("#files").set_input_files(FAULTY)
    page.locator("#audit-form button.primary").click()
    expect(page.locator(".finding")).to_have_count(8)
    page.get_by_role("button", name="应用安全修正").click()
    expect(page.locator(".note.good li")).to_have_count(2)
    bare.close()
