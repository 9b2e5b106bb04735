"""Writes many rows of a table at once: a year of a centre is half a million, and the first start must not take minutes.

``bulk_create`` takes 50–110 µs a row here, this 10–15: rows are plain tuples, and the database gets one statement with
many values. Only for tables that nobody else writes at the same moment, since keys are numbered here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models

Row = tuple[Any, ...]


class Table:
    """Rows of one model on their way to the database, in the order of ``columns`` (attribute names). Instants are in UTC."""

    def __init__(self, model: type[models.Model], *columns: str) -> None:
        self.model, self.columns = model, columns
        self.rows: list[Row] = []
        self._convert = [
            (place, convert)
            for place, name in enumerate(columns)
            if (convert := _converter(model._meta.get_field(name)))
        ]
        fields: list[Any] = [model._meta.get_field(name) for name in columns]
        names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
        marks = ", ".join(["%s"] * len(columns))
        self._sql = (
            f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608
        )
        last = model._base_manager.aggregate(last=models.Max("pk"))["last"] if "id" in columns else 0
        self._last = last or 0

    def next_key(self) -> int:
        """The key for the next row."""
        self._last += 1
        return self._last

    def add(self, *row: Any) -> None:
        self.rows.append(row)

    def write(self) -> int:
        """Sends the rows, forgets them, and returns how many they were."""
        count = len(self.rows)
        if count:
            with connection.cursor() as cursor:
                cursor.executemany(self._sql, list(self._converted()))
        self.rows.clear()
        return count

    def _converted(self) -> Iterable[list[Any]]:
        for row in self.rows:
            values = list(row)
            for place, convert in self._convert:
                values[place] = convert(values[place])
            yield values


def _converter(field: Any) -> Callable[[Any], Any] | None:
    """How Django would hand a value of ``field`` to this database; None where as it is."""
    if isinstance(field, models.DateTimeField):
        return None if connection.features.supports_timezones else _in_utc
    if isinstance(field, models.DateField | models.UUIDField | models.JSONField):
        return lambda value: field.get_db_prep_save(value, connection)
    return None


def _in_utc(at: datetime | None) -> str | None:
    """As Django writes instants where the database knows no zones; those that are noted here are in UTC already."""
    return None if at is None else str(at.replace(tzinfo=None))


def write_all(tables: Iterable[Table]) -> int:
    """Sends every table's rows, those that others point to first."""
    return sum(table.write() for table in tables)


def numbered_here(tables: Iterable[Table]) -> None:
    """Tells the database's own numbering where ours has come to (PostgreSQL's sequences; SQLite needs nothing)."""
    for sql in connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables]):
        with connection.cursor() as cursor:
            cursor.execute(sql)
