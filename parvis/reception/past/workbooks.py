"""XLSX, ODS and old XLS: values as the file keeps them. Formulas are never worked out: only their last result is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from parvis.reception.past.cells import Row, clean
from parvis.reception.past.problems import Problem, UnreadableFile

SHEETS = 200


@dataclass
class Sheet:
    """One sheet: its rows from the very first, and the ranges that were merged, as (top, left, bottom, right)."""

    name: str
    rows: Iterator[Row]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def sheets_of(path: Path) -> Iterator[Sheet]:
    """The visible sheets that hold something. Raises ``UnreadableFile``."""
    try:
        book = CalamineWorkbook.from_path(str(path))
        visible = [
            index
            for index, sheet in enumerate(book.sheets_metadata)
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]
        for index in visible[:SHEETS]:
            sheet = book.get_sheet_by_index(index)
            if sheet.start is not None:
                yield Sheet(sheet.name, _rows(sheet), _merged(sheet))
    except PasswordError as error:
        raise UnreadableFile(Problem.PASSWORD) from error
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableFile(Problem.BROKEN) from error


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    # iter_rows begins at the sheet's first row, but at the first column that holds something.
    pad: Row = [None] * (sheet.start or (0, 0))[1]
    for row in sheet.iter_rows():
        yield pad + [clean(cell) for cell in row]


def _merged(sheet: CalamineSheet) -> list[tuple[int, int, int, int]]:
    ranges = sheet.merged_cell_ranges or []
    return [(top, left, bottom, right) for (top, left), (bottom, right) in ranges[:50_000]]
