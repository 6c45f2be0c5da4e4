"""`/docs` and `/openapi.json`: the interface as a page and as a document, all from this machine."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from fastapi import APIRouter
from fastapi.responses import FileResponse
from starlette.requests import Request
from starlette.responses import Response

from assistant.web.etags import tagged
from assistant.web.schemas import document

HOME = Path(__file__).parent
router = APIRouter(include_in_schema=False)


@router.get("/openapi.json")
async def openapi(request: Request) -> Response:
    """Return the OpenAPI document."""
    return tagged(request, document(request.app))


@router.get("/docs")
async def docs(request: Request) -> Response:
    """Return the interface as a page that loads nothing from elsewhere and runs no script."""
    page = _template().render(api=document(request.app), operations=_operations(request.app))
    return tagged(request, page.encode(), "text/html; charset=utf-8")


@router.get("/docs.css")
async def style() -> Response:
    """Return the page's style."""
    return FileResponse(HOME / "docs.css", headers={"Cache-Control": "public, max-age=3600"})


def _operations(app: Any) -> list[dict[str, Any]]:
    """Every operation with its examples written out, in the order of the document."""
    return [
        {
            "method": method.upper(),
            "path": path,
            "told": told,
            "body": _example(told.get("requestBody", {})),
            "answers": [
                (status, each.get("description", ""), _example(each))
                for status, each in told["responses"].items()
            ],
        }
        for path, methods in document(app)["paths"].items()
        for method, told in methods.items()
    ]


def _example(told: dict[str, Any]) -> str:
    for content in told.get("content", {}).values():
        several = list(content.get("examples", {}).values())
        example = content.get("example", several[0]["value"] if several else None)
        if isinstance(example, str):
            return example
        if example is not None:
            return msgspec.json.format(msgspec.json.encode(example), indent=2).decode()
    return ""


@cache
def _template() -> Any:
    from jinja2 import Environment, FileSystemLoader

    return Environment(loader=FileSystemLoader(HOME), autoescape=True).get_template("docs.html")
