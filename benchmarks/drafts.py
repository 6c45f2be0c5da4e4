"""Drafts to measure with: a sound one of any number of lines, and the same fields in pydantic."""

import copy
import json
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
from pydantic import BaseModel, create_model

from auditors.declaration import Declaration
from auditors.part import Day

EXAMPLE = Path(__file__).parents[1] / "examples" / "import_sea.json"


def draft_of(lines: int) -> bytes:
    """Return a sound import draft of so many lines, as JSON."""
    raw: dict[str, Any] = json.loads(EXAMPLE.read_text("utf-8"))
    first = raw["items"][0]
    raw["items"] = [_line(first, number) for number in range(1, lines + 1)]
    weight = sum(Decimal(item["second_qty"]) for item in raw["items"])
    raw["header"] |= {"net_weight": str(weight), "gross_weight": str(weight + 80 * lines)}
    for container in raw["containers"]:
        container["goods_nos"] = list(range(1, lines + 1))
    return json.dumps(raw, ensure_ascii=False).encode()


def _line(first: dict[str, Any], number: int) -> dict[str, Any]:
    line = copy.deepcopy(first) | {"g_no": number}
    line["goods_model"] = f"{line['goods_model']}-{number}"
    return line


def pydantic_model() -> type[BaseModel]:
    """Return a pydantic model with the same fields of the same types."""
    made: dict[type, Any] = {}
    model: type[BaseModel] = _converted(Declaration, made)
    return model


def _converted(kind: Any, made: dict[type, Any]) -> Any:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        if kind not in made:
            fields = {
                "schema_" if name == "schema" else name: (_converted(hint, made), None)
                for name, hint in get_type_hints(kind).items()
                if name not in {"message", "extras"}
            }
            made[kind] = create_model(kind.__name__, **fields)
        return made[kind]
    if get_origin(kind) in (Union, UnionType):
        return reduce(or_, (_converted(each, made) for each in get_args(kind)))
    if get_origin(kind) is tuple:
        return tuple[_converted(get_args(kind)[0], made), ...]  # type: ignore[misc]
    return date if kind is Day else kind
