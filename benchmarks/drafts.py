"""Drafts to measure with: a sound one of any number of lines, and the same fields in pydantic."""

import copy
import json
from datetime import date
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
    """Return a sound import draft of so many lines, as JSON.

    Each line is the example's spare part, one package of 260 kg net.
    """
    raw: dict[str, Any] = json.loads(EXAMPLE.read_text("utf-8"))
    part = raw["items"][2]
    raw["items"] = [_line(part, number) for number in range(1, lines + 1)]
    net, total = 260 * lines, str(6325 * lines)
    gross = str(net + 20 * lines)
    raw["header"] |= {"pack_no": lines, "net_weight": str(net), "gross_weight": gross}
    raw["documents"]["packing_list"] |= {"packages": lines, "net": str(net), "gross": gross}
    raw["documents"]["bill_of_lading"]["bl_gross"] = gross
    raw["documents"]["invoice"]["total"] = raw["context"]["expected_total"] = total
    laden = str(int(gross) + int(raw["containers"][0]["tare_weight"]))
    raw["containers"][0] |= {"goods_nos": list(range(1, lines + 1)), "container_weight": laden}
    return json.dumps(raw, ensure_ascii=False).encode()


def _line(part: dict[str, Any], number: int) -> dict[str, Any]:
    model = f"{part['goods_model']}-{number}"
    return copy.deepcopy(part) | {"g_no": number, "goods_model": model}


def pydantic_model() -> type[BaseModel]:
    """Return a pydantic model with the same fields of the same types."""
    made: dict[type, Any] = {}
    model: type[BaseModel] = _converted(Declaration, made)
    return model


def _converted(kind: Any, made: dict[type, Any]) -> Any:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        if kind not in made:
            fields: dict[str, Any] = {
                "schema_" if name == "schema" else name: (_converted(hint, made), None)
                for name, hint in get_type_hints(kind).items()
                if name not in {"message", "extras"}
            }
            made[kind] = create_model(kind.__name__, **fields)
        return made[kind]
    if get_origin(kind) in (Union, UnionType):
        return reduce(or_, (_converted(each, made) for each in get_args(kind)))
    if get_origin(kind) is tuple:
        return tuple[_converted(get_args(kind)[0], made), ...]  # type: ignore[misc]  # made at run time
    return date if kind is Day else kind
