"""Records of a CSV file, and cells that hold several values."""

import csv
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from knowledge.errors import PackError

Made = TypeVar("Made")


def by_key(file: Path, key: str, make: Callable[[Mapping[str, str]], Made]) -> Mapping[str, Made]:
    """Return what the records of a file make, by one of their columns.

    Raises:
        PackError: a column is missing.
    """
    with file.open(encoding="utf-8", newline="") as text:
        try:
            return {record[key]: make(record) for record in csv.DictReader(text)}
        except KeyError as missing:
            raise PackError(file, f"there is no column {missing}", "Add it") from None


def several(cell: str | None) -> tuple[str, ...]:
    """Return the values of a cell, which are parted by semicolons.

    >>> several("海运; sea;")
    ('海运', 'sea')
    """
    return tuple(part.strip() for part in (cell or "").split(";") if part.strip())
