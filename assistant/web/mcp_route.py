"""`/mcp`: the MCP server over HTTP, for callers with a key."""

from contextlib import AbstractAsyncContextManager
from typing import Any

from fastapi import FastAPI
from mcp.server.mcpserver import Context
from mcp.server.transport_security import TransportSecuritySettings
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from assistant.mcp import CHANNEL, Served, server_for
from assistant.web.callers import caller
from assistant.web.faults import told
from assistant.web.problems import Problem
from assistant.web.state import state_of

PATH = "/mcp"


class McpRoute:
    """The MCP server behind a key.

    It keeps no sessions: every worker can answer every message, and none outlives its caller. So
    there is nothing to listen to (GET) or to end (DELETE).
    """

    path = PATH

    def __init__(self, largest: int) -> None:
        server = server_for(_served)
        server.streamable_http_app(
            json_response=True,
            stateless_http=True,
            max_request_body_size=largest,
            transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        )  # whoever calls is recognised before; who is at this machine, by the names it has
        self._sessions = server.session_manager

    def running(self) -> AbstractAsyncContextManager[None]:
        """Return the context in which messages are answered."""
        return self._sessions.run()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a message of a caller who is recognised."""
        scope["route"] = self
        request = Request(scope, receive)
        try:
            await caller(request)
        except Problem as problem:
            await told(problem, request)(scope, receive, send)
            return
        await self._sessions.handle_request(scope, receive, send)


def install(app: FastAPI, largest: int) -> McpRoute:
    """Put the MCP server into the service; it answers while its context is running."""
    route = McpRoute(largest)
    app.router.routes.append(Route(PATH, route, methods=["POST"], include_in_schema=False))
    return route


def _served(context: Context[Any, Any]) -> Served:
    """For whom a tool is called: the caller of the very request its message came in."""
    request = context.request_context.request
    assert isinstance(request, Request)
    state, known = state_of(request), request.state.caller
    return Served(known, state.desk(known, CHANNEL), state.work, state.shown)
