"""Where the table of a sheet begins: titles, one or several heading rows, merged cells, rows of data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from parvis.reception.past.cells import Cell, Row
from parvis.reception.past.dates import NOWHERE, Around, around_of, read_date
from parvis.reception.past.headings import Role, announces, plain_role
from parvis.reception.past.plan import SheetUse
from parvis.reception.past.store import StoredSheet

HEAD = 400
TURNED_ROWS = 3_000  # a sheet with its dates in a row is small, or it is not one
Merged = list[tuple[int, int, int, int]]


@dataclass
class Table:
    """What was found in one sheet."""

    top: int = -1
    first: int = 0
    headings: list[str] = field(default_factory=list)
    date_column: int | None = None
    dates: int = 0  # rows with a date, among the first
    around: Around = NOWHERE


def rows_of(sheet: StoredSheet, *, turned: bool, first: int = 0) -> Iterator[tuple[int, Row]]:
    """The rows from ``first``, each with its number from 1. ``turned``: columns as rows, for dates in a row.

    A cell merged over several rows says the same for each of them.
    """
    source = turn(sheet.head(TURNED_ROWS)) if turned else sheet
    spans = {
        (top, left): bottom
        for top, left, bottom, right in merged_of(sheet, turned=turned)
        if left == right and bottom >= first
    }
    rows = _repeated(source, spans) if spans else iter(source)
    for number, row in enumerate(rows, 1):
        if number > first:
            yield number, row


def lines_of(sheet: StoredSheet, use: SheetUse, *, turned: bool) -> Iterator[tuple[int, Row]]:
    """The rows of data with their numbers, in the plan's own order of columns."""
    rows = rows_of(sheet, turned=turned, first=use.first)
    if use.order == list(range(len(use.order))):
        yield from rows
        return
    for number, row in rows:
        width = len(row)
        yield number, [row[place] if 0 <= place < width else None for place in use.order]


def _repeated(rows: Iterable[Row], spans: dict[tuple[int, int], int]) -> Iterator[Row]:
    """Each row with the cells that are merged down into it. ``spans``: (row, column) → last row."""
    carried: dict[int, tuple[Cell, int]] = {}
    for place, row in enumerate(rows):
        carried = {column: kept for column, kept in carried.items() if place <= kept[1]}
        for column, (value, _until) in carried.items():
            if column >= len(row):
                row = row + [None] * (column + 1 - len(row))
            if row[column] is None:
                row[column] = value
        for column, value in enumerate(row):
            if value is not None and (place, column) in spans:
                carried[column] = (value, spans[place, column])
        yield row


def turn(rows: list[Row]) -> list[Row]:
    """Columns as rows."""
    width = max(map(len, rows), default=0)
    return [[row[column] if column < len(row) else None for row in rows] for column in range(width)]


def merged_of(sheet: StoredSheet, *, turned: bool) -> Merged:
    """The merged ranges, turned with the sheet."""
    areas = list(sheet.merged)
    return [(left, top, right, bottom) for top, left, bottom, right in areas] if turned else areas


def find_table(head: list[Row], merged: Merged, around: Around) -> Table:
    """The table among the first rows of a sheet, as a person would see it."""
    table = Table(around=around)
    dates = _dates_by_column(head, around)
    if dates:
        table.date_column = max(dates, key=lambda column: (len(dates[column]), -column))
        table.dates = len(dates[table.date_column])
    table.first, bottom = _first_row(head, dates.get(table.date_column or 0, []) if dates else [])
    table.top, table.headings = _headings(head, bottom, merged) if bottom >= 0 else (-1, [])
    titles = [cell for row in head[: max(table.top, 0)] for cell in row if isinstance(cell, str)]
    typed = [cell for row in head[: max(table.top, 0)] for cell in row if isinstance(cell, date)]
    said = around_of(titles)
    table.around = Around(
        said.year or (typed[0].year if typed else None) or around.year,
        said.month or (typed[0].month if typed else None) or around.month,
    )
    return table


def is_turned(head: list[Row], around: Around) -> bool:
    """Whether dates run across a row rather than down a column."""
    across = max((len(places) for places in _dates_by_column(turn(head[:15]), around).values()), default=0)
    down = max((len(places) for places in _dates_by_column(head, around).values()), default=0)
    return across >= 3 and across > down


def _dates_by_column(rows: list[Row], around: Around) -> dict[int, list[int]]:
    """Column → rows in which it holds a date. Bare months count, whatever their year."""
    guess = Around(around.year or 2001, around.month)
    found: dict[int, list[int]] = {}
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            is_date = isinstance(cell, date) or (
                isinstance(cell, str)
                and not cell.isdigit()
                and len(cell) < 40
                and read_date(cell, around=guess) is not None
            )
            if is_date:
                found.setdefault(column, []).append(place)
    real = {column: places for column, places in found.items() if len(places) > 1 or len(rows) < 6}
    return real or _dates_in_numbers(rows, around)


def _dates_in_numbers(rows: list[Row], around: Around) -> dict[int, list[int]]:
    """Days of a known month, years, or Excel's day numbers, below a heading that says so."""
    for place, row in enumerate(rows[:40]):
        for column, cell in enumerate(row):
            role = plain_role(cell) if isinstance(cell, str) else None
            if role not in (Role.DATE, Role.DAY, Role.YEAR, Role.MONTH):
                continue
            below = [
                number
                for number, later in enumerate(rows)
                if number > place
                and column < len(later)
                and isinstance(later[column], int | float)
                and read_date(later[column], around=around) is not None
            ]
            if len(below) > 1:
                return {column: below}
    return {}


def _first_row(head: list[Row], dated: list[int]) -> tuple[int, int]:
    """The first row of data, and the last row of the heading above it (-1: none)."""
    width = [sum(cell is not None for cell in row) for row in head]
    if dated:
        usual = median(width[place] for place in dated)
        first = next((place for place in dated if width[place] >= max(2, usual * 0.4)), dated[0])
        least = max(2, usual * 0.4)
        for place in range(first - 1, max(first - 6, -1), -1):
            if width[place] >= least and not _is_total(head[place]):
                return first, place
        return first, -1
    most = max(width, default=0)
    for place, row in enumerate(head[:40]):
        texts = sum(isinstance(cell, str) for cell in row)
        if most > 1 and texts >= max(2, most * 0.6):
            below = next((later for later in range(place + 1, len(head)) if width[later] > 1), place + 1)
            return below, place
    return 0, -1


def _is_total(row: Row) -> bool:
    first = next((cell for cell in row if isinstance(cell, str)), "")
    return bool(announces(first))


def _headings(head: list[Row], bottom: int, merged: Merged) -> tuple[int, list[str]]:
    """The heading rows joined: the last one, and up to two rows of groups above it. Returns the topmost row, too."""
    width = max(len(row) for row in head)
    parts = [[_text(head[bottom], column)] for column in range(width)]
    top = bottom
    for place in (bottom - 1, bottom - 2):
        groups = _groups(head, place, bottom, merged, width) if place >= 0 else None
        if groups is None:
            break
        for column, group in enumerate(groups):
            if group and group not in parts[column]:
                parts[column].insert(0, group)
        top = place
    return top, [" › ".join(part for part in column if part) for column in parts]


def _groups(head: list[Row], place: int, bottom: int, merged: Merged, width: int) -> list[str] | None:
    """A row of groups above a heading, each repeated over its columns; nothing where the row is a title or blank."""
    own = [_text(head[place], column) for column in range(width)]
    filled = [column for column, text in enumerate(own) if text]
    areas = [area for area in merged if area[0] == place]
    wide = [area for area in areas if area[3] > area[1]]
    if not filled or any(area[3] - area[1] + 1 >= width * 0.8 and area[1] == 0 for area in wide):
        return None
    if len(filled) == 1 and (not areas or filled[0] == 0):
        return None
    below = [_text(head[bottom], column) for column in range(width)]
    if wide:
        for _top, left, _bottom, right in wide:
            own[left + 1 : right + 1] = [own[left]] * (min(right, width - 1) - left)
        return own
    for column in range(1, width):
        # Without ranges (CSV, ODS): a group goes on to the right until the next one, over columns with a heading.
        if not own[column] and below[column] and below[column - 1] and own[column - 1]:
            own[column] = own[column - 1]
    return own


def _text(row: Row, column: int) -> str:
    cell = row[column] if column < len(row) else None
    return "" if cell is None else " ".join(str(cell).split())[:120]


def use_of(sheet: StoredSheet, table: Table) -> SheetUse:
    """The sheet as the plan keeps it."""
    return SheetUse(
        index=sheet.index,
        name=sheet.name,
        top=table.top,
        first=table.first,
        year=table.around.year,
        month=table.around.month,
        rows=sheet.filled,
    )
