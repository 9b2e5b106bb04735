"""One look at every row of a file: what stands in each column, how often, and with which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time

from parvis.reception.past.cells import Cell, Row
from parvis.reception.past.headings import announces, is_tick
from parvis.reception.past.notation import parts
from parvis.reception.past.numbers import NoCount, read_count

WORDINGS = 400  # a coded column has fewer; beyond, it is free text
MOST_SEEN = 20_000
Beat = Callable[[], None]


@dataclass
class Stats:
    """What stands in one column. ``values`` counts different cells, up to a limit."""

    filled: int = 0
    numbers: int = 0
    dates: int = 0
    times: int = 0
    texts: int = 0
    over_one: int = 0
    rising: int = 0
    last: float = float("-inf")
    values: Counter[Cell] = field(default_factory=Counter)
    many: bool = False
    _seen: set[int] = field(default_factory=set)

    def add(self, cell: Cell) -> None:
        """Takes one cell into account."""
        self.filled += 1
        if isinstance(cell, int | float):
            self.numbers += 1
            self.over_one += cell > 1
            self.rising += cell > self.last
            self.last = cell
        elif isinstance(cell, datetime | date):
            self.dates += 1
        elif isinstance(cell, time):
            self.times += 1
        else:
            self.texts += 1
        several = parts(cell) if isinstance(cell, str) and "[" in cell else ()
        values: list[Cell] = [entry for entry, _people in several]
        for value in values or [cell]:
            if value in self.values or len(self.values) < WORDINGS:
                self.values[value] += 1
            else:
                self.many = True
        if len(self._seen) < MOST_SEEN:
            self._seen.add(hash(cell))

    @property
    def distinct(self) -> int:
        """How many different cells there are, as far as that was followed."""
        return len(self._seen)

    @property
    def countable(self) -> float:
        """The share of different cells that are numbers, or say that there is none."""
        if not self.values:
            return 0.0
        good = sum(
            times
            for cell, times in self.values.items()
            if isinstance(found := read_count(cell), int)
            or found in (NoCount.UNKNOWN, NoCount.CLOSED, NoCount.EMPTY)
        )
        return good / sum(self.values.values())

    @property
    def has_numbers(self) -> bool:
        """Whether any cell is really a number, typed or written."""
        return any(isinstance(read_count(cell), int) for cell in self.values)

    @property
    def passes_one(self) -> bool:
        """Whether some cell counts more than one."""
        return any(isinstance(found := read_count(cell), int) and found > 1 for cell in self.values)

    @property
    def ticks(self) -> bool:
        """Whether the cells are nothing but marks."""
        return 0 < len(self.values) <= 3 and all(cell == 1 or is_tick(str(cell)) for cell in self.values)


def survey(rows: Iterator[tuple[int, Row]], width: int, beat: Beat) -> list[Stats]:
    """Statistics of each column over the rows of data; rows of totals are left aside."""
    columns = [Stats() for _ in range(width)]
    for number, row in rows:
        if number % 20_000 == 0:
            beat()
        if not row or is_total_row(row):
            continue
        for stats, cell in zip(columns, row, strict=False):
            if cell is not None:
                stats.add(cell)
    return columns


def is_total_row(row: Row) -> str:
    """``total`` or ``average`` where the first words of the row announce one."""
    for cell in row[:4]:
        if isinstance(cell, str):
            return announces(cell)
        if cell is not None:
            return ""
    return ""
