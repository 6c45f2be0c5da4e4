"""The desk as OpenAI's own client sees it, over a real server."""

import json
from collections.abc import Iterator

import openai
import pytest

from tests.reports import HOME

LATE = "货值10万元，晚申报5天，滞报金多少？"


@pytest.fixture(scope="module")
def ai(address: str) -> Iterator[openai.OpenAI]:
    """Return the official client, with a key of the site."""
    with openai.OpenAI(base_url=f"{address}/v1", api_key="first", max_retries=0) as held:
        yield held


def test_the_client_gets_an_answer_with_its_sources(ai: openai.OpenAI) -> None:
    """The message holds the answer and below it its citations, and tokens are counted."""
    made = ai.chat.completions.create(
        model="declarant",
        messages=[{"role": "system", "content": "Be brief"}, {"role": "user", "content": LATE}],
        temperature=0.2,
        max_tokens=5,
    )
    said = made.choices[0].message.content or ""
    assert "250 元" in said
    assert "依据：\n[" in said
    assert "cn-law-customs#24" in said
    assert made.choices[0].finish_reason == "stop"
    assert made.model == "declarant"
    assert made.usage
    assert made.usage.total_tokens == made.usage.prompt_tokens + made.usage.completion_tokens
    assert made.usage.completion_tokens > 10


def test_a_stream_says_the_same(ai: openai.OpenAI) -> None:
    """The pieces of a stream together are the message, and its usage comes last."""
    whole = ai.chat.completions.create(
        model="declarant", messages=[{"role": "user", "content": LATE}]
    )
    with ai.chat.completions.create(
        model="declarant",
        messages=[{"role": "user", "content": LATE}],
        stream=True,
        stream_options={"include_usage": True},
    ) as stream:
        pieces = list(stream)
    said = [piece.choices[0].delta.content or "" for piece in pieces if piece.choices]
    assert len(said) > 3
    assert "".join(said) == whole.choices[0].message.content
    assert pieces[-1].usage == whole.usage
    assert [piece.choices[0].finish_reason for piece in pieces if piece.choices][-1] == "stop"


def test_what_was_said_before_counts(ai: openai.OpenAI) -> None:
    """A follow-up leans on the messages before it, and on nothing where there are none."""
    first = ai.chat.completions.create(
        model="declarant", messages=[{"role": "user", "content": LATE}]
    )
    said = first.choices[0].message.content or ""
    later = ai.chat.completions.create(
        model="declarant",
        messages=[
            {"role": "user", "content": LATE},
            {"role": "assistant", "content": said},
            {"role": "user", "content": [{"type": "text", "text": "晚10天呢"}]},
        ],
    )
    alone = ai.chat.completions.create(
        model="declarant", messages=[{"role": "user", "content": "晚10天呢"}]
    )
    assert "500 元" in (later.choices[0].message.content or "")
    assert "500" not in (alone.choices[0].message.content or "")


def test_the_findings_of_a_pasted_draft_can_be_asked_about(ai: openai.OpenAI) -> None:
    """A draft pasted before is audited again, so that its first finding can be explained."""
    draft = json.loads((HOME / "tests/drafts/cn_import.json").read_text("utf-8"))
    draft["header"]["net_weight"] = "5000"
    pasted = json.dumps(draft, ensure_ascii=False)
    first = ai.chat.completions.create(
        model="declarant", messages=[{"role": "user", "content": pasted}]
    )
    report = first.choices[0].message.content or ""
    assert "CN-W001" in report
    later = ai.chat.completions.create(
        model="declarant",
        messages=[
            {"role": "user", "content": pasted},
            {"role": "assistant", "content": report},
            {"role": "user", "content": "第一条怎么改"},
        ],
    )
    assert "净重" in (later.choices[0].message.content or "")


def test_the_models_are_listed(ai: openai.OpenAI) -> None:
    """There is one model, found by its name."""
    assert [model.id for model in ai.models.list()] == ["declarant"]
    assert ai.models.retrieve("declarant").owned_by == "declarant"


def test_faults_are_the_clients_own_errors(ai: openai.OpenAI, address: str) -> None:
    """Another model is not found, an empty conversation invalid, a strange key refused."""
    with pytest.raises(openai.NotFoundError, match="not_found"):
        ai.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": "x"}])
    with pytest.raises(openai.UnprocessableEntityError, match="invalid"):
        ai.chat.completions.create(model="declarant", messages=[])
    with pytest.raises(openai.UnprocessableEntityError, match="messages"):
        ai.chat.completions.create(model="declarant", messages=[{"role": "system", "content": "x"}])
    with (
        openai.OpenAI(base_url=f"{address}/v1", api_key="stolen", max_retries=0) as stranger,
        pytest.raises(openai.AuthenticationError, match="unknown_key"),
    ):
        stranger.models.list()
    with (
        openai.OpenAI(base_url=f"{address}/v1", api_key="audits", max_retries=0) as auditor,
        pytest.raises(openai.PermissionDeniedError, match="not_allowed"),
    ):
        auditor.chat.completions.create(
            model="declarant", messages=[{"role": "user", "content": "x"}]
        )
