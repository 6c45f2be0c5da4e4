"""Many rows in one statement.

Drivers give way to other threads at every row of `executemany`; where those are busy, each row
would wait for its turn. One statement waits once.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table

MOST_VALUES = 30_000
"""Values of one statement; SQLite takes 32 766, PostgreSQL twice as many."""


def insert_together(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert rows, each with a value for every column, in as few statements as may be."""
    ready = [column.type.dialect_impl(connection.dialect) for column in table.columns]
    steps = [kind.bind_processor(connection.dialect) for kind in ready]
    names = [column.name for column in table.columns]
    most = MOST_VALUES // len(names)
    for start in range(0, len(rows), most):
        part = rows[start : start + most]
        values = tuple(
            step(row[name]) if step else row[name]
            for row in part
            for name, step in zip(names, steps, strict=True)
        )
        connection.exec_driver_sql(_statement(table, connection.dialect, len(part)), values)


@lru_cache(maxsize=1024)
def _statement(table: Table, dialect: Dialect, rows: int) -> str:
    quote = dialect.identifier_preparer
    columns = ", ".join(quote.format_column(column) for column in table.columns)
    mark = "?" if dialect.paramstyle == "qmark" else "%s"
    row = f"({', '.join([mark] * len(table.columns))})"
    return f"INSERT INTO {quote.format_table(table)} ({columns}) VALUES {', '.join([row] * rows)}"  # noqa: S608
