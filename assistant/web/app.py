"""The service, put together."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from anyio import to_thread
from fastapi import FastAPI

from assistant.settings import Settings
from assistant.web import docs_page, faults, health, mcp_route
from assistant.web.api import (
    ask,
    audits,
    batches,
    chat,
    feedback,
    keys,
    law,
    organisation,
    reference,
    users,
)
from assistant.web.callers import Recognises
from assistant.web.middleware import Guard
from assistant.web.pages import routes as pages
from assistant.web.renewing import renewing
from assistant.web.schemas import document
from assistant.web.state import State
from auditors.engine import VERSION

ROUTERS = (
    audits.bare,
    audits.router,
    batches.router,
    ask.router,
    feedback.router,
    reference.router,
    law.router,
    chat.router,
    keys.router,
    users.router,
    organisation.router,
    health.router,
    docs_page.router,
    pages.router,
)


def create_app(settings: Settings, recognises: Recognises | None = None) -> FastAPI:
    """Return the service of a site; the desk opens when it starts.

    Args:
        settings: of the site.
        recognises: tells who calls; by default the keys and sessions of the site.

    Its start raises:
        OSError: the folder of the site cannot be written to.
        PackError: a file of the pack or of the site cannot be used.
        sqlalchemy.exc.SQLAlchemyError: the database cannot be reached or brought up to date.
    """
    app = FastAPI(
        title="declarant",
        version=VERSION,
        lifespan=_lifespan(settings, recognises),
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        telemetry={"tracing": False},
        redirect_slashes=False,
    )
    app.openapi = lambda: document(app)  # type: ignore[method-assign]
    faults.install(app)
    for router in ROUTERS:
        app.include_router(router)
    app.state.mcp = mcp_route.install(app, settings.web.largest_body)
    app.add_middleware(Guard, settings=settings.web)
    return app


def _lifespan(
    settings: Settings, recognises: Recognises | None
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:
        app.state.held = await to_thread.run_sync(State, settings, recognises)
        try:
            async with app.state.mcp.running(), renewing(app.state.held):
                yield
        finally:
            app.state.held.close()

    return running
