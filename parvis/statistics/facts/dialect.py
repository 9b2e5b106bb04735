"""The few words in which SQLite and PostgreSQL differ where facts are read: each row arrives as one line of text.

Text, because a database writes it faster than a driver makes objects, and because DuckDB reads it faster than objects.
"""

from __future__ import annotations

from typing import Any

TAB = "\t"


class SQLite:
    """As SQLite says it. Times are text in UTC already."""

    false = "0"

    def line(self, *columns: str) -> str:
        """One text: the columns with a tab between; nothing where there is nothing. One call: each "||" would copy what stands before it."""
        return f"printf('{TAB.join(['%%s'] * len(columns))}', {', '.join(columns)})"

    def instant(self, column: str) -> str:
        """A time in UTC."""
        return column

    def text(self, column: str) -> str:
        """JSON as it is written."""
        return column

    def joined(self, column: str) -> str:
        """Whole numbers with a comma between, whatever their order."""
        return f"group_concat({column})"

    def plain(self, column: str) -> str:
        """Text without what would end a column or a line."""
        clean = f"replace(replace(replace({column}, char(9), ''), char(10), ''), char(13), '')"
        return f"CASE WHEN {column} GLOB '*[' || char(9) || char(10) || char(13) || ']*' THEN {clean} ELSE {column} END"

    def earliest(self, instant: str, number: str, where: str) -> str:
        """Of several, the earliest time and its number, with a space between."""
        return f"min(CASE WHEN {where} THEN {instant} || ' ' || {number} END)"


class PostgreSQL(SQLite):
    """As PostgreSQL says it."""

    false = "FALSE"

    def line(self, *columns: str) -> str:
        return f"concat_ws(chr(9), {', '.join(f'COALESCE(({column})::text, $$$$)' for column in columns)})"

    def instant(self, column: str) -> str:
        return f"({column} AT TIME ZONE 'UTC')"

    def text(self, column: str) -> str:
        return f"{column}::text"

    def joined(self, column: str) -> str:
        return f"string_agg({column}::text, ',')"

    def plain(self, column: str) -> str:
        return f"translate({column}, chr(9) || chr(10) || chr(13), '')"

    def earliest(self, instant: str, number: str, where: str) -> str:
        return f"""min((CASE WHEN {where} THEN {instant}::text || ' ' || {number}::text END) COLLATE "C")"""


def dialect_of(connection: Any) -> SQLite:
    """The one that the connection speaks."""
    return PostgreSQL() if connection.vendor == "postgresql" else SQLite()
