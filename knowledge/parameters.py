"""Parameters (参数): dated numbers that rules and answers ask for by day."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from knowledge.citation import Citation
from knowledge.errors import PackError
from knowledge.span import Span
from knowledge.text import Text


def load_yaml(text: str) -> Any:
    """Parse YAML as plain data, with the C parser where there is one."""
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (both are safe)


class Value(NamedTuple):
    """One value, the days it holds and the place that says so."""

    value: Decimal
    span: Span
    source: Citation


class Parameter(NamedTuple):
    """A number the law or the house sets, with every value it has had."""

    id: str
    name: Text
    unit: str
    confirmed: date
    status: str
    """verified, secondary, unverified; or house: a threshold of ours, not of any law."""
    values: tuple[Value, ...]

    def on(self, day: date) -> Value | None:
        """Return what holds on a day; the later entry where two overlap."""
        return next((v for v in reversed(self.values) if v.span.covers(day)), None)


def read_parameters(file: Path) -> Iterable[Parameter]:
    """Read the parameters of one file.

    Raises:
        PackError: an entry lacks something or cannot be read.
    """
    for entry in load_yaml(file.read_text("utf-8")):
        try:
            yield _parameter(entry)
        except KeyError as missing:
            raise PackError(file, f"{entry.get('id')} lacks {missing}", "Add it") from None
        except (ValueError, ArithmeticError) as fault:
            raise PackError(file, f"{entry.get('id')}: {fault}", "Quote figures") from None


def _parameter(entry: dict[str, Any]) -> Parameter:
    return Parameter(
        id=entry["id"],
        name=Text(entry["name"]["zh"], entry["name"]["en"]),
        unit=entry["unit"],
        confirmed=entry["confirmed"],
        status=entry["status"],
        values=tuple(map(_value, entry["values"])),
    )


def _value(entry: dict[str, Any]) -> Value:
    span = Span(entry.get("since"), entry.get("until"))
    return Value(Decimal(entry["value"]), span, Citation.parse(entry["source"]))
