"""What changed after its day was settled: found by comparing two files, kept as a row, told to whoever reads the figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import duckdb

from parvis.centres.models import Centre
from parvis.statistics.cube.facts import FACTS, Unit
from parvis.statistics.facts.clocks import settled_before
from parvis.statistics.facts.shaping import counted
from parvis.statistics.models import LateChange, Snapshot


def late_changes(centre: Centre, first: date, last: date) -> list[LateChange]:
    """What changed late about the days from ``first`` to ``last``, as it was noticed: one query."""
    return list(centre.late_changes.filter(date__range=(first, last)).order_by("noticed_at", "date", "unit"))


def changes(
    unit: Unit, old: Snapshot, folder: Path, new: Path | None, centres: Sequence[Centre], *, at: datetime
) -> list[LateChange]:
    """The settled days whose facts differ between a snapshot and the file that is to replace it; unsaved.

    A snapshot whose file is gone says nothing, so nothing can be said to differ from it.
    """
    before = folder / old.file if old.file else None
    if before is not None and not before.exists():
        return []
    settled = {centre.pk: settled_before(centre, old.as_of) for centre in centres}
    return [
        LateChange(
            centre_id=centre,
            date=day,
            unit=unit.value,
            before=was,
            after=now,
            said_at=old.as_of,
            noticed_at=at,
        )
        for centre, day, was, now in _differences(unit, before, new)
        if centre in settled and day < settled[centre]
    ]


def _differences(unit: Unit, before: Path | None, after: Path | None) -> list[tuple[int, date, int, int]]:
    """Centre, day, and how many of the unit each file counts, where anything at all differs."""
    with duckdb.connect(config={"threads": 2}) as duck:
        for name, path in (("was", before), ("now", after)):
            duck.execute(f"CREATE TABLE {name} AS {_by_day(unit, path)}")
        return duck.execute(
            """SELECT centre, date, coalesce(was.n, 0), coalesce(now.n, 0) FROM was FULL JOIN now USING (centre, date)
            WHERE was.mark IS DISTINCT FROM now.mark ORDER BY centre, date"""
        ).fetchall()


def _by_day(unit: Unit, path: Path | None) -> str:
    """For each centre and day the figure, and a mark that differs as soon as one of its facts does."""
    if path is None:
        return "SELECT NULL::INTEGER AS centre, NULL::DATE AS date, 0 AS n, 0::HUGEINT AS mark WHERE FALSE"
    columns = ", ".join(f'"{column.name}"' for column in FACTS[unit])
    return f"""SELECT centre, date, coalesce(sum(n) FILTER ({counted(unit)}), 0)::INTEGER AS n,
        sum(hash({columns})::HUGEINT) AS mark FROM read_parquet('{path}') GROUP BY centre, date"""
