"""The pages: found, in both languages, guarded against strange forms, and escaping what people typed."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import insert, text
from starlette.testclient import TestClient

from assistant.access.passwords import hash_password
from assistant.storage.engine import open_engine
from assistant.storage.migrating import migrate
from assistant.storage.tables import turns
from assistant.storage.users import NewUser
from assistant.web.app import create_app
from assistant.web.pages.helpful import Helped, helped
from assistant.web.state import State
from tests.web.serving import FIRST, SECOND, settings_of

PAGES = [
    "/",
    "/?q=净重",
    "/audit",
    "/problems",
    "/problems?q=净重",
    "/problems?topic=tax",
    "/problems/cn-light-parcel-weight",
    "/problems/cn-measure-bulk-import",
    "/reference",
    "/reference?q=运费",
    "/rules",
    "/rules?family=W&severity=error&q=净重",
    "/rules/CN-W001",
    "/codes",
    "/codes/trade_mode",
    "/codes/trade_mode?q=一般&as_of=2026-01-01",
    "/fields",
    "/fields/header.net_weight",
    "/law",
    "/law?q=海关法&as_of=2026-01-01",
    "/law/cn-law-customs",
    "/law/changes",
    "/log-in",
    "/citation?id=cn-law-customs%2324&q=如实申报",
    "/citation?id=cn.late_fee.rate",
]
SCRIPT = "<script>alert(1)</script>"
PASSWORD = "correct horse battery"


@pytest.fixture
def visit(client: TestClient) -> Iterator[TestClient]:
    """Return a browser that has not been here before."""
    client.cookies.clear()
    yield client
    client.cookies.clear()


def token(client: TestClient, page: str = "/") -> str:
    """Return the token of a page's forms."""
    found = re.search(r'name="csrf_token" value="(\w+)"', client.get(page).text)
    assert found
    return found[1]


def ask(client: TestClient, question: str, **more: str) -> str:
    """Return the page that answers a question."""
    form = {"csrf_token": token(client), "question": question, "as_of": "2026-11-21", **more}
    reply = client.post("/ask", data=form)
    assert reply.status_code == 200, reply.text
    return reply.text


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_there_in_both_languages(visit: TestClient, page: str, lang: str) -> None:
    """Each page answers, says its language, and holds no script or style of its own."""
    reply = visit.get(page, headers={"Accept-Language": lang})
    assert reply.status_code == 200
    assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}">' in reply.text
    assert not re.search(r"<style|<script(?! src=)|\sstyle=|\son[a-z]+=", reply.text)
    assert not re.search(r'(?:src|action)="(?:https?:)?//', reply.text)


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("/problems/nothing", "没有这个问题"),
        ("/rules/CN-W999", "相近：CN-W0"),
        ("/codes/trade_modes", "相近：trade_mode"),
        ("/fields/header.net_weigh", "相近：header.net_weight"),
        ("/law/cn-law-nothing", "没有这部法规"),
        ("/static/pages.py", "不存在"),
        ("/static/..%2f..%2fapp.py", ""),
        ("/citation?id=nothing", "没有这条出处"),
    ],
)
def test_what_is_not_there_is_said_on_a_page(visit: TestClient, page: str, says: str) -> None:
    """A wrong address gives a page that says what is missing and what comes near."""
    reply = visit.get(page)
    assert reply.status_code == 404
    assert says in reply.text or "不存在" in reply.text or "没有" in reply.text


def test_a_wrong_day_is_told_as_a_page(visit: TestClient) -> None:
    """What is wrong with an address is named."""
    reply = visit.get("/law/cn-law-customs?as_of=yesterday")
    assert reply.status_code == 422
    assert "as_of 应为日期" in reply.text


def test_short_codes_of_rules_lead_to_their_page(visit: TestClient) -> None:
    """A rule is found by the short form of its code."""
    reply = visit.get("/rules/w1", follow_redirects=False)
    assert (reply.status_code, reply.headers["location"]) == (301, "/rules/CN-W001")


def test_the_language_chosen_stays(visit: TestClient) -> None:
    """Whoever chose a language sees the next pages in it."""
    assert "What would you like to know?" in visit.get("/?lang=en").text
    assert "Common problems" in visit.get("/problems").text
    assert "常见问题" in visit.get("/problems?lang=zh").text


def test_a_question_is_answered_without_scripts(visit: TestClient) -> None:
    """A plain form gives a page with the answer, its sources, and a way to rate it."""
    page = ask(visit, "海关法第24条说什么")
    assert "如实申报" in page
    assert 'href="/citation?id=cn-law-customs%2324' in page
    assert 'action="/feedback"' in page


def test_sentences_come_one_by_one_as_pieces_of_the_page(visit: TestClient) -> None:
    """A script that asks for events gets each sentence as it is, and at last what follows it."""
    form = {"csrf_token": token(visit), "question": "净重不足一千克怎么填"}
    reply = visit.post("/ask", data=form, headers={"Accept": "text/event-stream"})
    names = re.findall(r"^event: (\w+)$", reply.text, re.M)
    assert names[0] == "begun"
    assert names[1:-1] == ["sentence"] * (len(names) - 2)
    assert names[-1] == "answer"
    assert len(names) > 3


def test_a_citation_marks_the_words_and_tells_its_days(visit: TestClient) -> None:
    """A source is opened with the words of the question marked and the days it is in force."""
    page = visit.get("/citation?id=cn-law-customs%2324&as_of=2026-11-21&q=如实申报").text
    assert "<mark>" in page
    assert "1987-07-01" in page
    assert "/law/cn-law-customs?as_of=2026-11-21#p-24" in page


def test_feedback_is_kept_and_a_reason_opens_a_case(visit: TestClient, site: Path) -> None:
    """What did not help is asked about, and the reason is put before the curators."""
    page = ask(visit, "滞报金怎么算")
    found = re.search(r'name="trace" value="(\w+)"', page)
    assert found
    form = {"csrf_token": token(visit), "trace": found[1], "helpful": "no"}
    assert 'name="comment"' in visit.post("/feedback", data=form).text
    thanks = visit.post("/feedback", data={**form, "comment": "太短"}).text
    assert "已记下" in thanks
    engine = open_engine(f"sqlite:///{site / 'declarant.db'}")
    with engine.connect() as connection:
        query = text("SELECT feedback, channel FROM turns WHERE trace = :trace")
        assert (("no", "web")) in [
            tuple(row) for row in connection.execute(query, {"trace": found[1]})
        ]
    engine.dispose()


@pytest.mark.parametrize(
    ("page", "form"),
    [
        ("/ask", {"question": "x"}),
        ("/feedback", {"trace": "0" * 20, "helpful": "yes"}),
        ("/audit", {"pasted": "<DecMessage/>"}),
        ("/audit/again", {"draft": ""}),
        ("/audit/fixes", {"draft": ""}),
        ("/audit/report", {"draft": "", "rendering": "json"}),
        ("/audit/draft", {"draft": ""}),
        ("/log-in", {"name": "a", "password": "b"}),
        ("/log-out", {}),
    ],
)
@pytest.mark.parametrize("sent", ["", "0" * 64, "other"])
def test_a_form_of_another_site_is_refused(
    visit: TestClient, page: str, form: dict[str, str], sent: str
) -> None:
    """Every form proves that it came from a page of ours, in this very browser."""
    made = token(visit)
    visit.cookies.clear()
    token(visit)
    reply = visit.post(page, data={**form, "csrf_token": made if sent == "other" else sent})
    assert reply.status_code == 403
    assert "页面已过期" in reply.text


def test_what_is_asked_is_escaped(visit: TestClient) -> None:
    """A question that is markup is shown as it was typed, and runs nowhere."""
    page = ask(visit, f"{SCRIPT}净重怎么填")
    assert SCRIPT not in page
    assert SCRIPT in unescape(page)
    assert SCRIPT not in visit.get(f"/?q={SCRIPT}").text
    assert SCRIPT not in visit.get(f"/problems?q={SCRIPT}").text
    assert SCRIPT not in visit.get(f"/reference?q={SCRIPT}").text


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "javascript:alert(1)", "/\\evil.example"])  # fmt: skip
def test_the_log_in_leads_nowhere_else(visit: TestClient, target: str) -> None:
    """Where to go on after the log-in is a page of ours, whatever a link says."""
    assert 'name="next" value="/"' in visit.get("/log-in", params={"next": target}).text


def test_who_may_not_audit_is_told_so(visit: TestClient) -> None:
    """A caller without the scope is refused on the page as by the interface."""
    form = {"csrf_token": token(visit), "pasted": "<DecMessage/>"}
    reply = visit.post("/audit", data=form, headers={"Authorization": "Bearer asks"})
    assert reply.status_code == 403
    assert "audit" in reply.text


def test_law_of_two_days_differs(visit: TestClient) -> None:
    """An instrument says whether it is law on the day asked for, and what is law instead."""
    now = visit.get("/law/cn-gacc-2019-18?as_of=2026-11-21").text
    before = visit.get("/law/cn-gacc-2019-18?as_of=2018-01-01").text
    assert "当日无效" not in now
    assert "当日无效" in before


def test_changes_between_two_days_are_listed_in_order(visit: TestClient) -> None:
    """Everything that changed is listed by day, each day within those asked for."""
    page = visit.get("/law/changes?since=2024-01-01&until=2024-12-31").text
    days = re.findall(r'<time datetime="([\d-]+)"', page)
    assert len(days) > 10
    assert days == sorted(days)
    assert all("2024-01-01" < day <= "2024-12-31" for day in days)
    assert "2024-12-01" in days


def test_changes_of_one_instrument_are_its_own(visit: TestClient) -> None:
    """An instrument's page tells only of itself."""
    page = visit.get("/law/cn-gacc-2024-30?since=2024-04-01&until=2024-05-01").text
    assert 'datetime="2024-04-10"' in page
    assert (
        "没有已知的变化" in visit.get("/law/cn-gacc-2024-30?since=2025-01-01&until=2025-02-01").text
    )


def test_the_helpful_rate_is_that_of_the_organisation(site: Path, tmp_path: Path) -> None:
    """Ratings are counted by entry, and those of another organisation are not."""
    engine = open_engine(f"sqlite:///{tmp_path / 'rated.db'}")
    migrate(engine)
    with engine.begin() as connection:
        for organisation, feedback in [("甲", "yes"), ("甲", "yes"), ("甲", "no"), ("乙", "no"), ("甲", "")]:  # fmt: skip
            connection.execute(insert(turns).values(_turn(organisation, feedback)))
    assert helped(engine, "甲") == {"cn-light-parcel-weight": Helped(2, 1)}
    assert helped(engine, "甲")["cn-light-parcel-weight"].share == 67
    assert helped(engine, "丙") == {}
    engine.dispose()


def _turn(organisation: str, feedback: str) -> dict[str, Any]:
    moment = datetime.now(UTC)
    plain = dict.fromkeys(("trace", "channel", "chat", "person", "question", "kind", "answer_hash", "case_id"), "")  # fmt: skip
    names = ("understood", "found", "dropped", "versions", "answer")
    data: dict[str, Any] = {name: {} for name in names}
    return {
        **plain,
        **data,
        "moment": moment,
        "organisation": organisation,
        "sealed": b"",
        "day": moment.date(),
        "lang": "zh",
        "policy": "normal",
        "status": "answer",
        "origin": "entry:cn-light-parcel-weight",
        "confidence": 1.0,
        "feedback": feedback,
    }


@pytest.fixture(scope="module")
def own_app(tmp_path_factory: pytest.TempPathFactory, site: Path) -> Iterator[TestClient]:
    """Return a service whose people log in."""
    home = tmp_path_factory.mktemp("people")
    app: FastAPI = create_app(settings_of(home))
    with TestClient(app, raise_server_exceptions=False) as client:
        held: State = app.state.held
        held.access.users.add(NewUser("甲公司", "li.wei", "asker", hash_password(PASSWORD)), "cli")
        yield client


def log_in(client: TestClient, password: str, **more: str) -> Any:
    """Return what the log-in answers."""
    form = {"csrf_token": token(client, "/log-in"), "name": "li.wei", "password": password, **more}
    return client.post("/log-in", data=form, follow_redirects=False)


def test_strangers_are_sent_to_the_log_in_and_back(own_app: TestClient) -> None:
    """Whoever is not known logs in first, and then sees the page they wanted."""
    own_app.cookies.clear()
    sent = own_app.get("/problems?topic=tax", follow_redirects=False)
    assert (sent.status_code, sent.headers["location"]) == (303, "/log-in?next=%2Fproblems%3Ftopic%3Dtax")  # fmt: skip
    entered = log_in(own_app, PASSWORD, next="/problems?topic=tax")
    assert (entered.status_code, entered.headers["location"]) == (303, "/problems?topic=tax")
    cookie = entered.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert own_app.get("/problems", follow_redirects=False).status_code == 200


def test_a_wrong_password_lets_nobody_in(own_app: TestClient) -> None:
    """A wrong password is refused with the same words as a wrong name, and sets no session."""
    own_app.cookies.clear()
    refused = log_in(own_app, "wrong", next="/")
    assert refused.status_code == 403
    assert "姓名、密码或验证码不对" in refused.text
    assert "wrong" not in refused.text
    assert "declarant_session" not in refused.headers.get("set-cookie", "")


def test_the_session_is_new_after_each_log_in(own_app: TestClient) -> None:
    """A cookie planted before the log-in is not the session afterwards."""
    own_app.cookies.clear()
    own_app.cookies.set("declarant_session", "planted")
    entered = log_in(own_app, PASSWORD, next="/")
    assert "planted" not in entered.headers["set-cookie"]


def test_logging_out_ends_the_session(own_app: TestClient) -> None:
    """After logging out the old cookie opens nothing."""
    own_app.cookies.clear()
    log_in(own_app, PASSWORD, next="/")
    cookie = own_app.cookies["declarant_session"]
    own_app.post("/log-out", data={"csrf_token": token(own_app)}, follow_redirects=False)
    own_app.cookies.clear()
    own_app.cookies.set("declarant_session", cookie)
    assert own_app.get("/", follow_redirects=False).status_code == 303


def test_organisations_do_not_see_each_others_conversations(visit: TestClient) -> None:
    """A chat begun by one organisation is not gone on with by another that knows its id."""
    ask(visit, "海关法第24条说什么", chat="one-chat")
    form = {"csrf_token": token(visit), "question": "第25条呢", "chat": "one-chat"}
    mine = visit.post("/ask", data=form, headers=FIRST).text
    theirs = visit.post("/ask", data=form, headers=SECOND).text
    assert "cn-law-customs%2325" in mine
    assert "cn-law-customs%2325" not in theirs
