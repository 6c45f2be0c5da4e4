"""Adds a row unless its key is taken, in one step on every database."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Also = Callable[[Connection], None]
"""Something to be done in the same transaction: both or neither."""


def added(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Add a row; whether there was none with such a key."""
    known = postgresql if connection.dialect.name == "postgresql" else sqlite
    adding = known.insert(table).values(row).on_conflict_do_nothing()
    return connection.execute(adding.returning(*table.primary_key)).first() is not None
