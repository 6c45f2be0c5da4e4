"""To which part a line of an inner sheet belongs: permits to items, vehicles to permits.

A line points at its item by the item number, or where that is not unique, by counting the items;
a vehicle points at its permit by counting the permits of its item, or by the permit number.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from auditors.declaration import Declaration, Item
from auditors.formats.building import is_list
from auditors.formats.workbook_grid import Cell
from auditors.formats.workbook_labels import ITEM, PERMIT, POINTERS
from auditors.place import Place


def home(raw: dict[str, Any], block: str, line: Mapping[str, Cell]) -> tuple[list[Any], str] | None:
    """Return the list that the part of a line goes into, and its path; None where it has no home."""
    if block not in POINTERS:
        *outer, last = block.split(".")
        for step in outer:
            raw = raw.setdefault(step, {})
        return raw.setdefault(last, []), block
    items: list[dict[str, Any]] = raw.get("items", [])
    item = _pointed(line.get(ITEM), [each.get("g_no") for each in items])
    if item is None:
        return None
    permits: list[dict[str, Any]] = items[item - 1].setdefault("goods_limits", [])
    path = f"items[{item}].goods_limits"
    return (permits, path) if block == "items.goods_limits" else _vehicles(permits, path, line)


def _vehicles(
    permits: list[dict[str, Any]], path: str, line: Mapping[str, Cell]
) -> tuple[list[Any], str] | None:
    cell = line.get(PERMIT)
    by_count = _pointed(cell, [None] * len(permits))
    named = [
        at for at, each in enumerate(permits, 1) if cell and each.get("permit_no") == cell.value
    ]
    permit = by_count or (named[0] if len(named) == 1 else None)
    if permit is None:
        return None
    return permits[permit - 1].setdefault("vin", []), f"{path}[{permit}].vin"


def _pointed(cell: Cell | None, numbers: Sequence[Any]) -> int | None:
    """Return which part a cell points at; a blank cell points at the only one there is."""
    if cell is None or cell.blank:
        return 1 if len(numbers) == 1 else None
    return _meant(_whole(cell.value), [_whole(number) for number in numbers])


def _meant(pointer: int | None, numbers: Sequence[int | None]) -> int | None:
    named = [at for at, number in enumerate(numbers, 1) if number is not None and number == pointer]
    if len(named) == 1:
        return named[0]
    return pointer if pointer and pointer <= len(numbers) else None


def _whole(raw: Any) -> int | None:
    """Return a number of a line as people write it, or nothing where it is none."""
    digits = str(raw).strip().removesuffix(".0")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


def item_pointers(items: Sequence[Item]) -> list[int | None]:
    """Return what to write to point at each item, or nothing where no number means it alone."""
    numbers = [item.g_no for item in items]
    return [
        next((each for each in (number, at) if each and _meant(each, numbers) == at), None)
        for at, number in enumerate(numbers, 1)
    ]


class Standing(NamedTuple):
    """A part of a draft, and what the line written for it points at."""

    place: Place
    pointers: Mapping[str, int | None]
    part: Any


def standing(draft: Declaration, block: str, items: Sequence[int]) -> Iterator[Standing]:
    """Give the parts of a block in a draft; of inner parts those of the items that were written."""
    if block in POINTERS:
        yield from _inner(draft, block, items)
    elif is_list(block):
        parts = enumerate(_held(draft, block) or (), 1)
        yield from (Standing(Place(block, number), {}, part) for number, part in parts)
    elif (held := _held(draft, block)) is not None:
        yield Standing(Place(block), {}, held)


def _held(draft: Declaration, path: str) -> Any:
    held: Any = draft
    for step in path.split("."):
        held = getattr(held, step) if held is not None else None
    return held


def _inner(draft: Declaration, block: str, items: Sequence[int]) -> Iterator[Standing]:
    written = [draft.items[number - 1] for number in items]
    for number, item, pointer in zip(items, written, item_pointers(written), strict=True):
        path = f"items[{number}].goods_limits"
        for at, permit in enumerate(item.goods_limits, 1):
            if block == "items.goods_limits":
                yield Standing(Place(path, at), {ITEM: pointer}, permit)
                continue
            for n, vehicle in enumerate(permit.vin, 1):
                yield Standing(Place(f"{path}[{at}].vin", n), {ITEM: pointer, PERMIT: at}, vehicle)
