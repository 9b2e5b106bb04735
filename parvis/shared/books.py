"""Many tables in one file, written row by row: as long as it takes, and never more than a row of it in memory.

CSV files in one zip, or one workbook with a sheet each. What people typed never becomes a formula (``sheets``).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from parvis.shared.sheets import Cell, csv_lines
from parvis.shared.workbook import Workbook

MOST_ROWS = 1_048_576  # of a sheet, its heading among them: the format's limit


@dataclass(frozen=True)
class Table:
    """One table. ``file`` names its CSV file, ``title`` its sheet; ``count`` says about how many rows there are."""

    file: str
    title: str
    heading: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    count: int = 0


def write_csv_zip(path: Path, tables: Iterable[Table]) -> None:
    """A zip with one CSV file for each table."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for table in tables:
            member = archive.open(f"{table.file}.csv", "w", force_zip64=True)
            with member, io.TextIOWrapper(member, encoding="utf-8", errors="replace", newline="") as text:
                text.writelines(csv_lines(table.heading, table.rows))


def write_workbook(path: Path, tables: Iterable[Table], most_rows: int = MOST_ROWS) -> None:
    """A workbook. What one sheet cannot hold goes on in “… 2”, with the heading again."""
    with Workbook(path) as book:
        for table in tables:
            for rows in _portions(table.rows, most_rows - 1):
                book.sheet(table.title, table.heading, rows)


def _portions(rows: Iterable[Sequence[Cell]], size: int) -> Iterator[Iterator[Sequence[Cell]]]:
    """The rows in portions of ``size``, each to be read before the next; one empty portion where there are none."""
    source = iter(rows)
    first = next(source, None)
    if first is None:
        yield iter(())
    while first is not None:
        yield chain([first], islice(source, size - 1))
        first = next(source, None)
