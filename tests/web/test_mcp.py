"""The desk as tools, as the official client of the Model Context Protocol sees it."""

import json
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult, TextContent

from tests.reports import HOME

TOOLS = ["ask", "audit", "explain_rule", "look_up_code", "search_law"]
DRAFT = (HOME / "tests/drafts/cn_import.json").read_text("utf-8")
STDIO = "from pathlib import Path; import sys; from assistant.mcp import serve_stdio; serve_stdio(Path(sys.argv[1]))"


@asynccontextmanager
async def over_http(address: str, key: str) -> AsyncIterator[Client]:
    """Give a client that is connected to the service with a key."""
    headers = {"Authorization": f"Bearer {key}"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=30) as http,
        Client(streamable_http_client(f"{address}/mcp", http_client=http)) as client,
    ):
        yield client


@asynccontextmanager
async def over_stdio(site: Path) -> AsyncIterator[Client]:
    """Give a client that is connected to a server of its own."""
    known = StdioServerParameters(
        command=sys.executable,
        args=["-c", STDIO, str(site)],
        cwd=HOME,
        env={"PYTHONPATH": str(HOME), **{k: v for k, v in os.environ.items() if k == "HOME"}},
    )
    async with Client(known) as client:
        yield client


@pytest.fixture(params=["http", "stdio"])
def connected(request: pytest.FixtureRequest, address: str, site: Path) -> Callable[[], Any]:
    """Return what connects a client, in each of the two ways."""
    if request.param == "http":
        return lambda: over_http(address, "first")
    return lambda: over_stdio(site)


def done(connect: Callable[[], Any], work: Callable[[Client], Awaitable[Any]]) -> Any:
    """Do something with a connected client, in a minute at most."""

    async def run() -> Any:
        with anyio.fail_after(60):
            async with connect() as client:
                return await work(client)

    return anyio.run(run)


def told(result: CallToolResult) -> str:
    """Return the text of a result."""
    return "".join(part.text for part in result.content if isinstance(part, TextContent))


def test_every_tool_works_in_both_ways(connected: Callable[[], Any]) -> None:
    """Over either way the five tools are there, described, and answer."""

    async def work(client: Client) -> None:
        tools = (await client.list_tools()).tools
        assert sorted(tool.name for tool in tools) == TOOLS
        assert all(tool.description and tool.input_schema["properties"] for tool in tools)
        assert all("context" not in tool.input_schema["properties"] for tool in tools)
        await _ask(client)
        await _audit(client)
        await _look_up(client)

    done(connected, work)


async def _ask(client: Client) -> None:
    answer = await client.call_tool("ask", {"question": "海关法第24条", "as_of": "2026-11-21"})
    assert answer.structured_content
    assert answer.structured_content["status"] == "answer"
    cited = [each["citation"] for each in answer.structured_content["citations"]]
    assert cited == ["cn-law-customs#24"]
    assert json.loads(told(answer)) == answer.structured_content


async def _audit(client: Client) -> None:
    draft = json.loads(DRAFT)
    draft["header"]["net_weight"] = "5000"
    report = await client.call_tool("audit", {"draft": json.dumps(draft)})
    assert report.structured_content
    assert "CN-W001" in [each["code"] for each in report.structured_content["findings"]]
    broken = await client.call_tool("audit", {"draft": "no draft at all"})
    assert broken.structured_content
    assert broken.structured_content["complete"] is False


async def _look_up(client: Client) -> None:
    rule = await client.call_tool("explain_rule", {"code": "cn-w001"})
    assert rule.structured_content
    assert "Wrong:" in rule.structured_content["page"]
    code = await client.call_tool("look_up_code", {"table": "trade_mode", "code": "一般贸易"})
    assert code.structured_content
    assert [each["code"] for each in code.structured_content["items"]] == ["0110"]
    found = await client.call_tool("search_law", {"query": "申报期限", "limit": 3})
    assert found.structured_content
    assert len(found.structured_content["items"]) == 3


@pytest.mark.parametrize(
    ("tool", "given", "said"),
    [
        ("explain_rule", {"code": "CN-Z999"}, "没有这个规则"),
        ("look_up_code", {"table": "../secret", "code": "1"}, "没有这个代码表"),
        ("look_up_code", {"table": "trade_mode", "code": "zzzz"}, "没有这个代码"),
        ("ask", {"question": ""}, "at least 1 character"),
        ("search_law", {"query": "x", "limit": 5_000}, "less than or equal to 50"),
    ],
)
def test_a_wrong_call_is_told(address: str, tool: str, given: dict[str, Any], said: str) -> None:
    """What cannot be done is an error of the tool that says why, and not the end of the session."""

    async def work(client: Client) -> None:
        result = await client.call_tool(tool, given)
        assert result.is_error
        assert said in told(result)
        assert not (await client.call_tool("explain_rule", {"code": "CN-W001"})).is_error

    done(lambda: over_http(address, "first"), work)


def test_a_key_opens_the_tools_it_is_for(address: str) -> None:
    """A key for questions asks and audits nothing; one for audits the other way round."""

    async def asks(client: Client) -> None:
        assert not (await client.call_tool("ask", {"question": "你好"})).is_error
        assert "not_allowed" in told(await client.call_tool("audit", {"draft": DRAFT}))

    async def audits(client: Client) -> None:
        assert "not_allowed" in told(await client.call_tool("ask", {"question": "你好"}))
        assert not (await client.call_tool("audit", {"draft": DRAFT})).is_error

    done(lambda: over_http(address, "asks"), asks)
    done(lambda: over_http(address, "audits"), audits)


def test_no_conversation_crosses_organisations(address: str) -> None:
    """The same chat id of another organisation begins a conversation of its own."""

    async def begun(client: Client) -> None:
        await client.call_tool(
            "ask", {"question": "货值10万元，晚申报5天，滞报金多少", "chat": "m"}
        )
        assert "500 元" in told(
            await client.call_tool("ask", {"question": "晚10天呢", "chat": "m"})
        )

    async def elsewhere(client: Client) -> None:
        said = await client.call_tool("ask", {"question": "晚10天呢", "chat": "m"})
        assert "500" not in told(said)

    done(lambda: over_http(address, "first"), begun)
    done(lambda: over_http(address, "second"), elsewhere)


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer stolen"}])
def test_nobody_gets_in_without_a_key(address: str, headers: dict[str, str]) -> None:
    """A call without a known key is a problem before anything of the protocol is read."""
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    with httpx2.Client() as http:
        reply = http.post(f"{address}/mcp", json=call, headers=headers)
    assert reply.status_code == 401
    assert reply.headers["content-type"] == "application/problem+json"
