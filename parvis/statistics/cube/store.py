"""Files of facts: one a unit and month, in Parquet, with the columns of ``FACTS`` and nothing else. A file never changes.

A month that changed gets another file under another name, so who reads never meets half of anything. Whoever makes files from
a database of its own may write them itself (``COPY … TO … (FORMAT parquet)``): the columns are the whole contract.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from parvis.statistics.cube.facts import FACTS, Column, Unit

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Partition:
    """One file: the facts of one unit in one month. Its path is its identity."""

    unit: Unit
    month: date  # its first day
    path: Path
    rows: int


@dataclass(frozen=True)
class Written(Partition):
    """A file that was just written."""

    digest: str  # SHA-256 of the file
    bytes: int


Snapshot = Iterable[Partition]  # at most one of each unit and month; a month without any has nothing counted


def write_partition(folder: Path, unit: Unit, month: date, rows: Iterable[Row]) -> Written:
    """Write facts, their values in the order of ``FACTS``; the same facts in any order give the same file.

    Raises ``ValueError`` for a fact of another month.
    """
    kept = list(rows)
    found = {column.name: [row[place] for row in kept] for place, column in enumerate(FACTS[unit])}
    return write_columns(folder, unit, month, {c.name: _array(c, found[c.name]) for c in FACTS[unit]})


def _array(column: Column, values: list[Any]) -> np.ndarray[Any, Any]:
    """A column as DuckDB reads it without asking each value what it is: text, which it casts at once for the whole column."""
    if column.many:
        return np.array([",".join(map(str, value)) for value in values] + [""], dtype=object)[:-1]
    if column.kind == "VARCHAR":
        return np.array([*values, ""], dtype=object)[:-1]
    return np.array([None if value is None else str(value) for value in values] + [""], dtype=object)[:-1]


def write_columns(
    folder: Path, unit: Unit, month: date, columns: Mapping[str, np.ndarray[Any, Any]]
) -> Written:
    """The same from whole columns; lists of codes as text (``"3,17"``, ``""``), dates as text or whole seconds and finer."""
    after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=".writing-", dir=folder)
    os.close(handle)
    duck = duckdb.connect(config={"threads": 1})
    try:
        duck.register("given", dict(columns))
        duck.execute(f"CREATE TABLE facts AS SELECT {', '.join(map(_cast, FACTS[unit]))} FROM given")  # noqa: S608  names of our own
        rows, strays = duck.execute(
            "SELECT count(*), count(*) FILTER (date < $first OR date >= $after) FROM facts",
            {"first": month, "after": after},
        ).fetchall()[0]
        if strays:
            raise ValueError(f"{strays} facts are not of {month:%Y-%m}")
        duck.execute(
            "COPY (SELECT * FROM facts ORDER BY ALL) TO $path (FORMAT parquet, COMPRESSION zstd)",
            {"path": temporary},
        )
        content = Path(temporary).read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        path = folder / f"{unit.value}-{month:%Y-%m}-{digest[:16]}.parquet"
        Path(temporary).replace(path)
        return Written(unit, month, path, int(rows), digest, len(content))
    finally:
        duck.close()
        Path(temporary).unlink(missing_ok=True)


def _cast(column: Column) -> str:
    if column.many:
        return f"""CAST(CASE WHEN "{column.name}" = '' THEN [] ELSE string_split("{column.name}", ',') END
            AS {column.kind}) AS "{column.name}\""""
    return f'CAST("{column.name}" AS {column.kind}) AS "{column.name}"'
