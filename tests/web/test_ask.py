"""Questions over HTTP: answered with citations, in events, kept apart by organisation."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from starlette.testclient import TestClient

from tests.web.serving import FIRST, SECOND

LAW = "海关法第24条说什么"


def asked(client: TestClient, question: str, headers: Any = None, **more: Any) -> dict[str, Any]:
    """Return the answer to a question."""
    reply = client.post("/v1/ask", json={"question": question, **more}, headers=headers)
    assert reply.status_code == 200, reply.text
    answer: dict[str, Any] = reply.json()
    return answer


def test_an_answer_names_its_citations(client: TestClient) -> None:
    """A question on law is answered with the article, and the answer says for which day."""
    answer = asked(client, LAW, as_of="2026-11-21")
    assert answer["status"] == "answer"
    assert answer["as_of"] == "2026-11-21"
    assert [each["citation"] for each in answer["citations"]] == ["cn-law-customs#24"]
    assert "如实申报" in answer["text"]


@pytest.mark.parametrize(("lang", "word"), [("zh", "海关法"), ("en", "Customs Law")])
def test_the_language_can_be_chosen(client: TestClient, lang: str, word: str) -> None:
    """The answer is in the language asked for, whatever the question is in."""
    answer = asked(client, LAW, lang=lang)
    assert answer["lang"] == lang
    assert word in answer["text"]


def test_sentences_come_as_events_before_the_answer(client: TestClient) -> None:
    """Whoever accepts events gets each sentence, and at last the same answer as in JSON."""
    headers = {"Accept": "text/event-stream"}
    reply = client.post("/v1/ask", json={"question": LAW, "as_of": "2026-11-21"}, headers=headers)
    assert reply.headers["content-type"].startswith("text/event-stream")
    events = [each.split("\n") for each in reply.text.strip().split("\n\n")]
    names = [name for name, _ in events]
    whole = json.loads(events[-1][1].removeprefix("data: "))
    assert names == ["event: sentence"] * len(whole["sentences"]) + ["event: answer"]
    said = [json.loads(data.removeprefix("data: ")) for _, data in events[:-1]]
    assert said == whole["sentences"]
    assert whole == asked(client, LAW, as_of="2026-11-21")


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("*/*", "application/json"),
        ("text/html, application/json;q=0.5", "application/json"),
        ("text/event-stream, application/json;q=0.5", "text/event-stream"),
        ("application/*", "application/json"),
        ("text/html", "application/problem+json"),
        ("application/json;q=0", "application/problem+json"),
        ("application/json;q=nonsense", "application/json"),
    ],
)
def test_the_form_follows_what_is_accepted(client: TestClient, accept: str, form: str) -> None:
    """An answer comes as the caller likes it best, or as a problem where it wants neither form."""
    reply = client.post("/v1/ask", json={"question": LAW}, headers={"Accept": accept})
    assert reply.headers["content-type"].partition(";")[0] == form
    assert reply.status_code == (406 if "problem" in form else 200)


def test_a_conversation_goes_on_within_an_organisation_alone(client: TestClient) -> None:
    """A follow-up is understood in the same chat, and not under the same id elsewhere."""
    asked(client, "货值10万元，晚申报5天，滞报金多少", FIRST, chat="shared-id")
    mine = asked(client, "晚10天呢", FIRST, chat="shared-id")
    theirs = asked(client, "晚10天呢", SECOND, chat="shared-id")
    assert "500 元" in mine["text"]
    assert "500" not in theirs["text"]


def test_turns_are_kept_under_their_organisation(client: TestClient, site: Path) -> None:
    """The journal names the organisation of the key, and a chat that no other can have."""
    trace = asked(client, "监管方式0214是什么", FIRST, chat="甲/7")["trace"]
    engine = create_engine(f"sqlite:///{site / 'declarant.db'}")
    with engine.connect() as connection:
        query = text("SELECT organisation, channel, chat FROM turns WHERE trace = :trace")
        rows = connection.execute(query, {"trace": trace}).all()
    engine.dispose()
    assert rows == [("甲公司", "api", "%E7%94%B2%E5%85%AC%E5%8F%B8/甲/7")]


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, "question 缺少"),
        ({"question": ""}, "question 不能为空"),
        ({"question": 7}, "question 应为文字"),
        ({"question": "x", "as_of": "tomorrow"}, "as_of 应为日期"),
        ({"question": "x", "as_of": "0001-01-01"}, "as_of 过小"),
        ({"question": "x", "lang": "fr"}, "lang 不在允许的值中"),
        ({"question": "x", "organisation": "乙公司"}, "organisation 没有这个字段"),
        ({"question": "x" * 200_001}, "question 过长"),
    ],
)
def test_what_is_wrong_is_named(client: TestClient, body: dict[str, Any], named: str) -> None:
    """A wrong body is told by the name of its field; whose it is, a caller cannot say."""
    reply = client.post("/v1/ask", json=body)
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid")
    assert named in reply.json()["detail"]


def test_values_are_not_told_back(client: TestClient) -> None:
    """A problem never repeats what was sent."""
    reply = client.post("/v1/ask", json={"question": "x", "lang": "<script>秘密"})
    assert "秘密" not in reply.text
    assert "script" not in reply.text


@pytest.mark.parametrize("form", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_that_a_page_could_send_unasked_is_refused(client: TestClient, form: str) -> None:
    """Only JSON is read, which no form of a strange page can send."""
    reply = client.post("/v1/ask", content=b'{"question":"x"}', headers={"Content-Type": form})
    assert (reply.status_code, reply.json()["code"]) == (415, "wrong_type")


@pytest.mark.parametrize("content", [b"{", b"\xff", b"[]", b'"\\ud800"', b""])
def test_what_is_no_json_object_is_refused(client: TestClient, content: bytes) -> None:
    """Bytes that are no JSON object are an invalid request and no fault of ours."""
    reply = client.post("/v1/ask", content=content, headers={"Content-Type": "application/json"})
    assert reply.status_code == 422


def test_feedback_reaches_the_turn_and_opens_a_case(client: TestClient, site: Path) -> None:
    """What does not help is kept with the turn, and its comment is put before the curators masked."""
    trace = asked(client, "滞报金怎么算")["trace"]
    body = {"trace": trace, "helpful": "no", "comment": "税率不对，打我电话13812345678"}
    kept = client.post("/v1/feedback", json=body).json()
    engine = create_engine(f"sqlite:///{site / 'declarant.db'}")
    with engine.connect() as connection:
        rated = connection.execute(
            text("SELECT feedback FROM turns WHERE trace = :trace"), {"trace": trace}
        ).scalar()
        events = connection.execute(
            text("SELECT data FROM case_events WHERE case_id = :case"), {"case": kept["case"]}
        ).scalars()
        said = str([json.loads(each) for each in events])
    engine.dispose()
    assert rated == "no"
    assert "税率不对" in said
    assert "13812345678" not in said


def test_nobody_rates_the_answers_of_others(client: TestClient) -> None:
    """Feedback on an answer that only another organisation was given is not found."""
    trace = asked(client, "监管方式1039是什么", FIRST, chat="own")["trace"]
    reply = client.post("/v1/feedback", json={"trace": trace, "helpful": "yes"}, headers=SECOND)
    assert (reply.status_code, reply.json()["code"]) == (404, "not_found")
    reply = client.post("/v1/feedback", json={"trace": trace, "helpful": "yes"})
    assert reply.json() == {"trace": trace, "helpful": "yes", "case": ""}
