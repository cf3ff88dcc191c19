"""Whether a database has the tables and columns that were made for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from functools import cache


def run_scripts(database: sqlite3.Connection, scripts: tuple[str, ...]) -> None:
    """Carry out SQL statements, in the transaction that may be open."""
    for script in scripts:
        for statement in script.split(";"):
            database.execute(statement)


def first_lack(database: sqlite3.Connection, scripts: tuple[str, ...]) -> str:
    """A table, or ``table.column``, that scripts make and a database has not; empty for none.

    What it has besides is nobody's business: a later program may keep more.

    Raises:
        sqlite3.Error: if the database cannot be read.
    """
    found = _columns(database)
    for table, columns in _made_by(scripts).items():
        if table not in found:
            return table
        for column in columns:
            if column not in found[table]:
                return f"{table}.{column}"
    return ""


@cache
def _made_by(scripts: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        run_scripts(database, scripts)
        return _columns(database)


def _columns(database: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """Names of columns by table; views are none."""
    rows = database.execute(
        "SELECT m.name, c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c "
        "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY m.rowid, c.cid"
    )
    columns: dict[str, tuple[str, ...]] = {}
    for table, column in rows:
        columns[table] = (*columns.get(table, ()), column)
    return columns
