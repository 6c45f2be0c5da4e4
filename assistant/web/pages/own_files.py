"""The files of the pages: one style, the scripts, an icon; nothing comes from elsewhere."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from assistant.web.pages.drawing import HOME
from assistant.web.pages.telling import PageRoute
from assistant.web.problems import Problem

KINDS = {
    "pages.css": "text/css",
    "pages.js": "text/javascript",
    "ask.js": "text/javascript",
    "audit.js": "text/javascript",
    "htmx.min.js": "text/javascript",
    "htmx.LICENSE": "text/plain",
    "icon.svg": "image/svg+xml",
    "sample.xml": "application/xml",
}
LASTING = {"Cache-Control": "public, max-age=31536000, immutable"}
"""Their address changes with their content."""
router = APIRouter(include_in_schema=False, route_class=PageRoute)


@router.get("/static/{name}")
async def own_file(request: Request, name: Annotated[str, Path(max_length=40)]) -> Response:
    """Return a file of ours."""
    if name not in KINDS:
        raise Problem("not_found")
    return FileResponse(HOME / "static" / name, media_type=KINDS[name], headers=LASTING)


@router.get("/favicon.ico")
async def icon() -> Response:
    """Return the icon to browsers that ask for it by its old name."""
    return FileResponse(HOME / "static/icon.svg", media_type="image/svg+xml", headers=LASTING)
