"""Nulls of the examples in the OpenAPI document, which the framework leaves out."""

from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any] | bool


def restore_nulls(document: dict[str, Any]) -> None:
    """Give every JSON example the nulls that its schema demands."""
    schemas: Mapping[str, Schema] = document["components"]["schemas"]
    for content in _contents(document):
        if "example" in content and "schema" in content:
            _fill(content["example"], content["schema"], schemas)


def _contents(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The JSON bodies and answers of every operation."""
    for path in document["paths"].values():
        for told in path.values():
            bodies = [told.get("requestBody", {}), *told["responses"].values()]
            yield from (
                held for each in bodies if (held := each.get("content", {}).get("application/json"))
            )


def _fill(value: Any, schema: Schema, schemas: Mapping[str, Schema]) -> None:
    for each in _meant(schema, schemas):
        if isinstance(value, list):
            for piece in value:
                _fill(piece, each.get("items", {}), schemas)
        elif isinstance(value, dict):
            _fill_object(value, each, schemas)


def _fill_object(
    value: dict[str, Any], schema: Mapping[str, Any], schemas: Mapping[str, Schema]
) -> None:
    properties: Mapping[str, Schema] = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value and _may_be_null(properties.get(name, {})):
            value[name] = None
    for name, held in value.items():
        _fill(held, properties.get(name, {}), schemas)


def _meant(schema: Schema, schemas: Mapping[str, Schema]) -> Iterator[Mapping[str, Any]]:
    """A schema, what it refers to, and each it may be; none where it is a mere yes or no."""
    if isinstance(schema, bool):
        return
    if "$ref" in schema:
        yield from _meant(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    else:
        yield schema
    for each in schema.get("anyOf", ()):
        yield from _meant(each, schemas)


def _may_be_null(schema: Schema) -> bool:
    return not isinstance(schema, bool) and any(
        each.get("type") == "null" for each in schema.get("anyOf", ())
    )
