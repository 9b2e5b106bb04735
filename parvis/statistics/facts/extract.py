"""Facts of whole days of some centres: read from the operational tables, shaped in DuckDB, handed over or written to files.

One statement a table and stretch of days, no objects; a year of a network is some hundred thousand lines
(docs/decisions/0050-facts.md). Each unit is as its tables were at the moment of its own statement: what changes meanwhile is
noticed by the triggers and read again.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
from django.db import connection

from parvis.centres.models import Centre, Code, Site
from parvis.reception.models import Correction, Day
from parvis.statistics.cube.facts import Unit
from parvis.statistics.facts import shaping
from parvis.statistics.facts.clocks import bounds, offsets, settled_before
from parvis.statistics.facts.dialect import TAB, dialect_of
from parvis.statistics.facts.shelf import work_folder
from parvis.statistics.facts.sources import SOURCES, Source

Row = tuple[Any, ...]
LOT = 5_000
SIDE: dict[str, dict[str, str]] = {
    "offsets": {"centre": "INTEGER", "since": "TIMESTAMP", "minutes": "INTEGER"},
    "days": {"centre": "INTEGER", "date": "DATE", "starts": "TIMESTAMP", "ends": "TIMESTAMP"},
    "only_site": {"centre": "INTEGER", "site": "INTEGER"},
    "code_lists": {"code": "INTEGER", "list": "VARCHAR"},
    "settled": {"centre": "INTEGER", "before": "DATE"},
    "signed": {"centre": "INTEGER", "date": "DATE", "unit": "VARCHAR", "n": "INTEGER"},
}


@dataclass(frozen=True)
class Extract:
    """Facts of some days, shaped and waiting in memory, to be had by unit."""

    duck: duckdb.DuckDBPyConnection
    secret: str

    def rows(self, unit: Unit) -> list[Row]:
        """Every fact, its values in the order of ``FACTS``; lists are lists."""
        return self.duck.execute(shaping.chosen(unit), {"secret": self.secret}).fetchall()

    def keep(self, unit: Unit, path: Path) -> None:
        """Every fact as a Parquet file that questions can be asked of, whatever its days."""
        copy = f"COPY ({shaping.chosen(unit)}) TO '{path}' (FORMAT parquet)"
        self.duck.execute(copy, {"secret": self.secret})

    def write(self, unit: Unit, month: date, path: Path) -> int:
        """The facts of one month's settled days as a Parquet file: the same facts give the same bytes. Returns how many."""
        after = (month + timedelta(days=31)).replace(day=1)
        settled = "date < (SELECT settled.before FROM settled WHERE settled.centre = facts.centre)"
        where = f"date >= DATE '{month}' AND date < DATE '{after}' AND {settled}"
        # A table of their own first: what DuckDB knows of other months' rows would change how it writes these.
        leaving = f"CREATE OR REPLACE TABLE leaving AS {shaping.chosen(unit, where)}"
        self.duck.execute(leaving, {"secret": self.secret})
        (n,) = self.duck.execute("SELECT count(*) FROM leaving").fetchall()[0]
        if n:
            copy = "COPY (SELECT * FROM leaving) TO $path (FORMAT parquet, COMPRESSION zstd)"
            self.duck.execute(copy, {"path": str(path)})
        return int(n)


@contextmanager
def extracted(
    centres: Sequence[Centre],
    first: date,
    last: date,
    *,
    secret: bytes,
    units: Iterable[Unit] = Unit,
    at: datetime | None = None,
) -> Iterator[Extract]:
    """The facts of ``centres`` from ``first`` to ``last``. ``at`` says which days are settled, where they are to be written."""
    folder = Path(tempfile.mkdtemp(prefix="read-", dir=work_folder()))
    duck = duckdb.connect(
        config={"threads": 2, "memory_limit": "2GB", "temp_directory": str(folder / "spill")}
    )
    units = list(units)
    try:
        _read(duck, folder, centres, first, last, {name for unit in units for name in shaping.MADE_OF[unit]})
        settled = ((c.pk, settled_before(c, at)) for c in centres) if at else ()
        _load_side(duck, folder, "settled", settled)
        for statement in shaping.FIRST:
            duck.execute(statement)
        for unit in units:
            duck.execute(shaping.shape(unit))
            if unit in shaping.SIGNED:
                duck.execute(shaping.correct(unit))
        yield Extract(duck, secret.hex())
    finally:
        duck.close()
        shutil.rmtree(folder, ignore_errors=True)


def _read(
    duck: duckdb.DuckDBPyConnection,
    folder: Path,
    centres: Sequence[Centre],
    first: date,
    last: date,
    wanted: set[str],
) -> None:
    """Every table that the facts are shaped from; what is not ``wanted`` stays empty. Lines rest in a file of their own for a moment."""
    for name, (alias, source) in SOURCES.items():
        lines = _lines(alias, source, centres, first, last) if name in wanted else iter(())
        _load(duck, folder / name, name, source.columns, lines)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    sides: dict[str, Iterator[Row]] = {
        "offsets": (
            (c.pk, _utc(at), minutes) for c in centres for at, minutes in offsets(c.zone, first, last)
        ),
        "days": ((c.pk, day, _utc(a), _utc(b)) for c in centres for day, a, b in bounds(c.zone, days)),
        "only_site": _only_sites(centres),
        "code_lists": Code.objects.filter(centre__in=centres).values_list("pk", "list").iterator(),
        "signed": _signed(centres, first, last),
    }
    for name, rows in sides.items():
        _load_side(duck, folder, name, rows)


def _load_side(duck: duckdb.DuckDBPyConnection, folder: Path, name: str, rows: Iterable[Row]) -> None:
    _load(duck, folder / name, name, SIDE[name], (TAB.join(map(str, row)) for row in rows))


def _lines(alias: str, source: Source, centres: Sequence[Centre], first: date, last: date) -> Iterator[str]:
    """One statement's lines, some thousand as one text; centre by centre within it, so that the index on centre and day is used."""
    numbers = ", ".join(str(int(centre.pk)) for centre in centres) or "NULL"
    when = source.instant or f"{alias}.date"
    days = f"{alias}.centre_id IN ({numbers}) AND {when} BETWEEN %s AND %s"
    statement = source.statement(dialect_of(connection)).format(days=days)
    span = [connection.ops.adapt_datefield_value(day) for day in (first, last)]
    if source.instant:  # some hours more on either side: the days' own bounds decide
        ends = (first - timedelta(days=1), last + timedelta(days=2))
        instants = [datetime(day.year, day.month, day.day, tzinfo=UTC) for day in ends]
        span = [connection.ops.adapt_datetimefield_value(instant) for instant in instants]
    with connection.cursor() as cursor:
        cursor.execute(statement, span)
        while lot := cursor.fetchmany(LOT):
            yield "\n".join([line for (line,) in lot])


def _load(duck: duckdb.DuckDBPyConnection, path: Path, name: str, columns: Any, lines: Iterator[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)
    kinds = ", ".join(f"'{column}': '{kind}'" for column, kind in columns.items())
    duck.execute(
        f"""CREATE TABLE {name} AS SELECT * FROM read_csv('{path}', delim = '\t', header = false, auto_detect = false,
        quote = '', escape = '', columns = {{{kinds}}})"""
    )
    path.unlink()


def _utc(at: Any) -> str:
    return str(at.strftime("%Y-%m-%d %H:%M:%S"))


def _only_sites(centres: Sequence[Centre]) -> Iterator[Row]:
    """The site of each centre that never had but one: there, everything happened."""
    sites: dict[int, list[int]] = {}
    for place, site in Site.objects.filter(centre__in=centres).values_list("centre", "pk"):
        sites.setdefault(place, []).append(site)
    return ((centre, found[0]) for centre, found in sites.items() if len(found) == 1)


def _signed(centres: Sequence[Centre], first: date, last: date) -> Iterator[Row]:
    """Figures of record of every signed day: what was signed, with the corrections made since."""
    within = {"centre__in": centres, "date__range": (first, last)}
    corrected: dict[int, dict[str, int]] = {}
    made = Correction.objects.filter(**{f"day__{name}": value for name, value in within.items()})
    for day, subject, after in made.order_by("made_at", "pk").values_list("day", "subject", "after"):
        corrected.setdefault(day, {})[subject] = after
    signed = Day.objects.filter(signed_at__isnull=False, **within).values_list(
        "pk", "centre", "date", "figures"
    )
    for pk, centre, on, figures in signed:
        record = figures | corrected.get(pk, {})
        for unit in shaping.SIGNED:
            # Heads are counted when an event is over, often after the evening's signature: only a correction is of record.
            if unit == Unit.PARTICIPANTS and unit.value not in corrected.get(pk, {}):
                continue
            yield centre, on, unit.value, int(record.get(unit.value, 0))
