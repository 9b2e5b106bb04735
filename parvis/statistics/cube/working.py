"""The facts of a snapshot in a process's own memory, narrowed: every value is a small number that a dictionary gives back.

Files hold what facts say; here stand the same facts as DuckDB groups them fastest (docs/decisions/0051-cube.md). A set of codes is
one value like any other: there are few different ones. What was recorded stands apart from days' totals and corrections,
which are few and follow rules of their own. Files are read when they are first asked for, and again only where they changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from parvis.statistics.cube.facts import FACTS, Column, Origin, Unit
from parvis.statistics.cube.questions import Value
from parvis.statistics.cube.store import Partition, Row

Array = np.ndarray[Any, Any]
Columns = dict[str, Array]
EPOCH = date(1970, 1, 1)
NO_HOUR = 24
MINUTE = 60
OWN = frozenset({"date", "hour", "origin", "n", "draw", "seconds"})  # not kept in a dictionary
ORIGINS = {Origin.RECORD: 0, Origin.WHOLE: 1, Origin.BY_THEME: 2, Origin.CORRECTION: 3}
KEPT_EMPTY = frozenset({"arrival"})  # where nothing is something: came without a ticket
TIME_COLUMNS = ("day", "week", "month", "weekday", "hour")


def day_number(day: date) -> int:
    return (day - EPOCH).days


def week_number(day: date) -> int:
    """Of weeks that begin on Monday; 1 January 1970 was a Thursday."""
    return (day_number(day) + 3) // 7


def month_number(day: date) -> int:
    return (day.year - EPOCH.year) * 12 + day.month - 1


def monday(week: int) -> date:
    return EPOCH + timedelta(days=7 * week - 3)


def first_of(month: int) -> date:
    return date(EPOCH.year + month // 12, month % 12 + 1, 1)


@dataclass
class Dictionary:
    """The different values of a column, by number: for each the values that it stands for (a set's codes)."""

    values: list[tuple[Value, ...]] = field(default_factory=list)
    numbers: dict[Any, int] = field(default_factory=dict)

    def add(self, raw: Any, *, empty: bool) -> int:
        """The number of a value as a fact says it."""
        if isinstance(raw, list | tuple):
            raw = tuple(raw)
        if (found := self.numbers.get(raw)) is not None:
            return found
        self.numbers[raw] = number = len(self.values)
        several = (
            raw if isinstance(raw, tuple) else (None,) if raw is None or (raw == "" and not empty) else (raw,)
        )
        self.values.append(tuple(dict.fromkeys(several)) or (None,))
        return number


def dictionary_columns(unit: Unit) -> tuple[Column, ...]:
    return tuple(column for column in FACTS[unit] if column.name not in OWN)


def table(unit: Unit, *, totals: bool = False) -> str:
    return f"{'totals' if totals else 'facts'}_{unit.value}"


class Working:
    """Tables of one DuckDB in memory. Not safe for threads: whoever changes it holds a lock."""

    def __init__(self, duck: duckdb.DuckDBPyConnection) -> None:
        self.duck = duck
        self.dictionaries: dict[tuple[Unit, str], Dictionary] = {}
        self.files: dict[tuple[Unit, date], Path] = {}
        self.single: set[Unit] = set(Unit)  # units of which every recorded fact stands for one
        for unit in Unit:
            for column in dictionary_columns(unit):
                self.dictionaries[unit, column.name] = Dictionary()
                duck.execute(
                    f"CREATE TABLE {_dictionary(unit, column)} (number UINTEGER, value {column.kind})"
                )
            for totals in (False, True):
                duck.execute(f"CREATE TABLE {table(unit, totals=totals)} ({_layout(unit)})")

    def hold(self, partitions: Iterable[Partition], unit: Unit, first: date, last: date) -> list[int]:
        """Make the unit's months from ``first`` to ``last`` stand as these files say.

        Returns the numbers of months that are held but in none of these files: whoever asks must leave them out.
        """
        start, end = first.replace(day=1), last.replace(day=1)
        wanted = {one.month: one for one in partitions if one.unit == unit and start <= one.month <= end}
        held = [month for whose, month in self.files if whose == unit and start <= month <= end]
        gone = [one for one in held if one in wanted and wanted[one].path != self.files[unit, one]]
        missing = [one for month, one in sorted(wanted.items()) if self.files.get((unit, month)) != one.path]
        if missing:
            self._replace(unit, gone, missing)
        return [month_number(month) for month in held if month not in wanted]

    def _replace(self, unit: Unit, gone: list[date], missing: list[Partition]) -> None:
        paths = [str(one.path) for one in missing]
        for column in dictionary_columns(unit):
            self._learn(unit, column, paths)
        self.duck.begin()
        try:
            for month in gone:
                for totals in (False, True):
                    where = f"DELETE FROM {table(unit, totals=totals)} WHERE month = ?"  # noqa: S608  a table of our own
                    self.duck.execute(where, [month_number(month)])
            self._read(unit, paths)
            self.duck.commit()
        except BaseException:
            self.duck.rollback()
            raise
        for month in gone:
            del self.files[unit, month]
        self.files.update({(unit, one.month): one.path for one in missing})

    def _read(self, unit: Unit, paths: list[str]) -> None:
        joins = " ".join(
            f"JOIN {_dictionary(unit, column)} d{n} ON d{n}.value = {_plain(column)}"
            for n, column in enumerate(dictionary_columns(unit))
        )
        said = ", ".join(
            f'd{n}.number AS "{column.name}"' for n, column in enumerate(dictionary_columns(unit))
        )
        for totals in (False, True):
            self.duck.execute(
                f"""INSERT INTO {table(unit, totals=totals)} SELECT {_derived(unit)}, {said}
                FROM read_parquet(?) x {joins} WHERE (x.origin <> 'record') = {totals}""",  # noqa: S608
                [paths],
            )
        if unit in self.single:
            several = self.duck.execute(f"SELECT 1 FROM {table(unit)} WHERE n <> 1 LIMIT 1").fetchall()  # noqa: S608
            self.single -= {unit} if several else set()

    def _learn(self, unit: Unit, column: Column, paths: list[str]) -> None:
        """Give a number to each value that none has yet."""
        known = self.dictionaries[unit, column.name]
        name = _dictionary(unit, column)
        self.duck.execute(
            f"""INSERT INTO {name} SELECT ? + row_number() OVER (ORDER BY value) - 1, value FROM
            (SELECT DISTINCT {_plain(column)} AS value FROM read_parquet(?) x) ANTI JOIN {name} USING (value)""",  # noqa: S608
            [len(known.values), paths],
        )
        found = self.duck.execute(
            f"SELECT value FROM {name} WHERE number >= ? ORDER BY number",  # noqa: S608
            [len(known.values)],
        ).fetchall()
        for (value,) in found:
            known.add(_meant(value), empty=column.name in KEPT_EMPTY)

    def narrowed(self, unit: Unit, rows: Sequence[Row]) -> Columns:
        """Facts that are in no file yet, in the same numbers. New values get theirs here and in DuckDB."""
        found: Columns = {}
        for place, column in enumerate(FACTS[unit]):
            raw = [row[place] for row in rows]
            if column.name not in OWN:
                found[column.name] = self._numbers(unit, column, raw)
        names = [column.name for column in FACTS[unit]]
        days: list[date] = [row[names.index("date")] for row in rows]
        found["day"] = np.array([day_number(day) for day in days], dtype=np.uint16)
        found["week"] = np.array([week_number(day) for day in days], dtype=np.uint16)
        found["month"] = np.array([month_number(day) for day in days], dtype=np.uint16)
        found["weekday"] = np.array([day.weekday() for day in days], dtype=np.uint8)
        hours = [row[names.index("hour")] for row in rows]
        found["hour"] = np.array([NO_HOUR if hour is None else hour for hour in hours], dtype=np.uint8)
        origins = [ORIGINS[Origin(row[names.index("origin")])] for row in rows]
        found["origin"] = np.array(origins, dtype=np.uint8)
        found["n"] = np.array([row[names.index("n")] for row in rows], dtype=np.int32)
        found["draw"] = np.array([row[names.index("draw")] for row in rows], dtype=np.uint32)
        if "seconds" in names:
            waits = [round(row[names.index("seconds")] / MINUTE) for row in rows]
            found["minute"] = np.array(waits, dtype=np.uint16)
        return found

    def narrowed_files(self, unit: Unit, paths: Sequence[Path]) -> Columns:
        """The same of facts in files that are of no month: whole columns, in DuckDB."""
        told = [str(path) for path in paths]
        for column in dictionary_columns(unit):
            self._learn(unit, column, told)
        columns = dictionary_columns(unit)
        joins = " ".join(
            f"JOIN {_dictionary(unit, column)} d{n} ON d{n}.value = {_plain(column)}"
            for n, column in enumerate(columns)
        )
        said = ", ".join(f'd{n}.number AS "{column.name}"' for n, column in enumerate(columns))
        waits = ", minute" if unit == Unit.WAITS else ""
        names = f"day, week, month, weekday, hour, origin, n, draw{waits}, " + ", ".join(
            f'"{column.name}"' for column in columns
        )
        found = self.duck.execute(
            f"SELECT * FROM (SELECT {_derived(unit)}, {said} FROM read_parquet(?) x {joins}) AS facts({names})",  # noqa: S608
            [told],
        ).fetchnumpy()
        return {name: np.ma.getdata(column) for name, column in found.items()}

    def _numbers(self, unit: Unit, column: Column, raw: list[Any]) -> Array:
        known = self.dictionaries[unit, column.name]
        before = len(known.values)
        empty = column.name in KEPT_EMPTY
        numbers = np.array([known.add(value, empty=empty) for value in raw], dtype=np.uint32)
        new = [(number, value) for value, number in known.numbers.items() if number >= before]
        for number, value in new:
            told = list(value) if isinstance(value, tuple) else -1 if value is None else value
            self.duck.execute(f"INSERT INTO {_dictionary(unit, column)} VALUES (?, ?)", [number, told])  # noqa: S608
        return numbers


def _dictionary(unit: Unit, column: Column) -> str:
    return f"values_{unit.value}_{column.name}"


def _plain(column: Column) -> str:
    """A column without nulls, so that it can be joined: numbers of ours are never negative."""
    return (
        f'coalesce(x."{column.name}", -1)' if column.kind in ("INTEGER", "TINYINT") else f'x."{column.name}"'
    )


def _meant(value: Any) -> Any:
    return None if value == -1 else value


def _layout(unit: Unit) -> str:
    waits = "minute USMALLINT, " if unit == Unit.WAITS else ""
    said = ", ".join(f'"{column.name}" UINTEGER' for column in dictionary_columns(unit))
    return (
        "day USMALLINT, week USMALLINT, month USMALLINT, weekday UTINYINT, hour UTINYINT, "
        f"origin UTINYINT, n INTEGER, draw UINTEGER, {waits}{said}"
    )


def _derived(unit: Unit) -> str:
    day = "(x.date - DATE '1970-01-01')"
    origin = " ".join(f"WHEN '{name.value}' THEN {number}" for name, number in ORIGINS.items())
    waits = f", round_even(x.seconds / {MINUTE}, 0)::USMALLINT" if unit == Unit.WAITS else ""
    return (
        f"{day}::USMALLINT, (({day} + 3) // 7)::USMALLINT, ((year(x.date) - 1970) * 12 + month(x.date) - 1)::USMALLINT, "
        f"(({day} + 3) % 7)::UTINYINT, coalesce(x.hour, {NO_HOUR})::UTINYINT, "
        f"(CASE x.origin {origin} END)::UTINYINT, x.n, x.draw{waits}"
    )
