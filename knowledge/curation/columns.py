"""Kinds of column that read back alike from every database."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """An aware moment in UTC; SQLite, which knows no zones, keeps it bare."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return what is stored.

        Raises:
            ValueError: the moment has no zone.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone; give moments in UTC")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment, aware and in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Wording(TypeDecorator[str]):
    """Free text; signs that no database keeps are replaced."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return what is stored."""
        return None if value is None else storable(value)


class Json(TypeDecorator[Any]):
    """Data as JSON text with sorted keys: the same data is the same text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Return what is stored."""
        told = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return storable(told)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Return the data."""
        return None if value is None else json.loads(value)


def storable(text: str) -> str:
    r"""Return a text that every database keeps: no NUL, which PostgreSQL refuses, no half signs.

    >>> storable("a\0b\ud800")
    'a�b?'
    """
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
