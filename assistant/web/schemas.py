"""The OpenAPI document: schemas of what is answered, documented problems, and the key."""

from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from assistant.web.nulls import restore_nulls
from assistant.web.problems import KINDS, MEDIA_TYPE, TYPES
from auditors.engine import VERSION

TITLE = "declarant"
ABOUT = (
    "Answers questions about Chinese customs declarations with citations, and audits drafts "
    "before they are submitted. 报关问答与报关单申报前审核。"
)
REF = "#/components/schemas/{name}"
Item = TypeVar("Item")
Responses = dict[int | str, dict[str, Any]]
ANYWHERE = ("no_key", "rate_limited", "unavailable", "fault")
"""Problems that any route with a key may answer with."""
SHOWN: dict[str, type] = {}
"""What routes answer with, by the name of its schema; each module of routes adds its own."""


BODIES: dict[str, type[BaseModel]] = {}
"""What routes read, by the name of its schema."""


class Listed(msgspec.Struct, Generic[Item], frozen=True):
    """A page of a list."""

    items: tuple[Item, ...]
    next: str | None
    """The cursor of the next page; none where this is the last."""
    total: int
    """Entries in all, with the filters given."""


class ProblemDetails(msgspec.Struct, frozen=True):
    """What is wrong with a call and what to do, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    title_zh: str
    title_en: str
    do_zh: str
    do_en: str
    request_id: str


def answers(
    shown: Any, example: Any, *problems: str, streamed: str = "", status: int = 200, about: str = ""
) -> Responses:
    """Return what a route answers with, for its documentation.

    Args:
        shown: the type answered with.
        example: one such answer, as it is encoded.
        problems: codes of the problems it may answer with, beside those any route may.
        streamed: an example of the same as events, where it can be streamed.
        status: of the answer.
        about: what the answer is, in a word or two.
    """
    content: dict[str, Any] = {"application/json": {"schema": _ref(shown), "example": example}}
    if streamed:
        content["text/event-stream"] = {"schema": {"type": "string"}, "example": streamed}
    told: Responses = {status: {"description": about or "OK", "content": content}}
    return told | problem_responses(*problems, *ANYWHERE)


def problem_responses(*codes: str) -> Responses:
    """Return problems a route may answer with, for its documentation."""
    by_status: dict[int, list[str]] = {}
    for code in dict.fromkeys(codes):
        by_status.setdefault(KINDS[code].status, []).append(code)
    return {status: _problem(held) for status, held in sorted(by_status.items())}


def reads(model: type[BaseModel], example: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a route reads, for its documentation."""
    BODIES[model.__name__] = model
    schema = {"$ref": REF.format(name=model.__name__)}
    content = {"application/json": {"schema": schema, "example": dict(example)}}
    return {"requestBody": {"required": True, "content": content}}


def plain(described: str, example: str, media_type: str = "text/plain") -> Responses:
    """Return what a route answers with that is no JSON."""
    content = {media_type: {"schema": {"type": "string"}, "example": example}}
    return {200: {"description": described, "content": content}}


def document(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document of the service; made once."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=TITLE,
            version=VERSION,
            description=ABOUT,
            routes=app.routes,
            tags=app.openapi_tags,
        )
        schemas = made.setdefault("components", {}).setdefault("schemas", {})
        schemas.update(_components([ProblemDetails, *SHOWN.values()]))
        for name, model in BODIES.items():
            schema = model.model_json_schema(ref_template=REF.replace("{name}", "{model}"))
            schemas.update(schema.pop("$defs", {}), **{name: schema})
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        _ours(made)
        restore_nulls(made)
        app.openapi_schema = made
    return app.openapi_schema


def _ours(made: dict[str, Any]) -> None:
    """Put our problem wherever FastAPI documents a wrong value in its own form."""
    for operation in (each for path in made["paths"].values() for each in path.values()):
        told = operation["responses"].get("422", {})
        if "application/json" in told.get("content", {}):
            operation["responses"]["422"] = _problem(["invalid"])


def _ref(shown: Any) -> dict[str, Any]:
    """A reference to the schema of a type, which is thereby among the components."""
    (schema,), components = msgspec.json.schema_components([shown], ref_template=REF)
    SHOWN.update(
        {name: shown for name in components if REF.format(name=name) == schema.get("$ref")}
    )
    return dict(schema)


def _components(types: Iterable[Any]) -> Mapping[str, Any]:
    _, components = msgspec.json.schema_components(types, ref_template=REF)
    return components


def _problem(codes: list[str]) -> dict[str, Any]:
    shown = {code: {"value": _example(code)} for code in codes}
    schema = {"$ref": REF.format(name="ProblemDetails")}
    said = "; ".join(f"{KINDS[code].title.zh} / {KINDS[code].title.en}" for code in codes)
    return {"description": said, "content": {MEDIA_TYPE: {"schema": schema, "examples": shown}}}


def _example(code: str) -> dict[str, Any]:
    kind = KINDS[code]
    return {
        "type": f"{TYPES}{code}",
        "title": f"{kind.title.zh} / {kind.title.en}",
        "status": kind.status,
        "detail": f"{kind.title.zh} / {kind.title.en}",
        "code": code,
        "title_zh": kind.title.zh,
        "title_en": kind.title.en,
        "do_zh": kind.do.zh,
        "do_en": kind.do.en,
        "request_id": "5f3c1e0a9b7d4c2e8f6a1b3c5d7e9f01",
    }
