"""Counts: a row per day, week or month with a column for each thing counted; or a row per count."""

from __future__ import annotations

from dataclasses import dataclass, field

from parvis.reception.past import headings as words
from parvis.reception.past.cells import Cell, Row, shown
from parvis.reception.past.dates import DAY, When, read_clock
from parvis.reception.past.headings import Role
from parvis.reception.past.numbers import NoCount, read_count
from parvis.reception.past.outcome import Count, Line, Note, Reason
from parvis.reception.past.plan import LEAVE, Column, SheetUse
from parvis.reception.past.reader import Reader
from parvis.reception.past.wording import fold

_SILENT = {NoCount.EMPTY}


@dataclass
class Comparison:
    """A total that the file gives, beside what its lines add up to."""

    sheet: int
    number: int
    label: str
    heading: str
    says: int
    adds_up: int

    @property
    def agrees(self) -> bool:
        return self.says == self.adds_up


@dataclass
class _Sums:
    """What a column added up to: since the last total, in the sheet, in the file."""

    since: int = 0
    sheet: int = 0
    all: int = 0

    def add(self, count: int) -> None:
        self.since += count
        self.sheet += count
        self.all += count

    def compared(self, says: int) -> int:
        """The sum that the total means: the one it equals, else the one since the last total."""
        return says if says in (self.since, self.sheet, self.all) else self.since or self.sheet


class TallyReader(Reader):
    """Reads counts, and compares the totals it meets with what it counted."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.counts = self.plan.of_role(Role.COUNT)
        self.totals = self.plan.of_role(Role.TOTAL)
        self.wholes = [column for column in self.counts if column.sums_up]
        self.parts = [column for column in self.counts if not column.sums_up]
        self.coded = [column for column in self.plan.columns if column.values_list]
        self.hours = self.plan.of_role(Role.HOUR)
        self.units = self.plan.of_role(Role.UNIT)
        self.sums = {column.index: _Sums() for column in [*self.counts, *self.totals]}
        self.comparisons: list[Comparison] = []

    def begin(self, use: SheetUse) -> None:
        """Sums begin again with each sheet."""
        super().begin(use)
        for sums in self.sums.values():
            sums.since = sums.sheet = 0

    def read(self, line: Line, row: Row, when: When) -> None:
        """The counts of this row."""
        over = self._over(row)
        unit = self._unit(row)
        found = {column.index: read_count(self.cell(row, column.index)) for column in self.counts}
        self._add(found)
        self._compare_row(line, row, found)
        if over is None or unit is None:
            reason = Reason.LEFT_OUT if over is None else Reason.BAD_UNIT
            self.leave(line, row, reason)
            return
        hour = self._hour(line, row, when)
        for column in self.counts:
            self._count(line, column, found[column.index], when, over, unit, hour)
        if self.plan.sum_themes and not over[0]:
            self._sum_themes(line, when, hour)
        if not line.counts and not line.notes:
            self.leave(line, row, Reason.NO_COUNT)

    def _count(
        self,
        line: Line,
        column: Column,
        found: int | NoCount,
        when: When,
        over: tuple[list[str], str],
        unit: str,
        hour: int | None,
    ) -> None:
        if column.targets == [LEAVE]:
            return
        if isinstance(found, NoCount):
            if found not in _SILENT:
                line.notes.append(Note(Reason(found.value), column.words))
            return
        targets = [*column.targets, *over[0]]
        theme = next((_id(target) for target in targets if target.startswith("theme:")), None)
        code = next((_id(target) for target in targets if target.startswith("code:")), None)
        unit = column.unit or unit
        hour = column.hour if column.hour is not None else hour
        hour = hour if when.span == DAY else None
        content = f"tally|{unit}|{when.span}|{when.day}|{hour}|{fold(column.heading)}|{over[1]}"
        line.counts.append(Count(self.key(content), unit, when.span, when.day, hour, theme, code, found))

    def _sum_themes(self, line: Line, when: When, hour: int | None) -> None:
        """The sum of the line's themes as the whole of its unit, where the person said that nobody stands under two."""
        if not self.plan.themes_only:
            return
        sums: dict[str, int] = {}
        for count in line.counts:
            if count.theme is not None and count.code is None:
                sums[count.unit] = sums.get(count.unit, 0) + count.number
        hour = hour if when.span == DAY else None
        for unit, number in sums.items():
            key = self.key(f"tally|{unit}|{when.span}|{when.day}|{hour}||")
            line.counts.append(Count(key, unit, when.span, when.day, hour, None, None, number))

    def _over(self, row: Row) -> tuple[list[str], str] | None:
        """The theme and code that the row itself names; nothing where they were chosen to be left out."""
        targets, said = [], []
        for column in self.coded:
            cell = self.cell(row, column.index)
            if cell is None:
                continue
            text = fold(shown(cell))
            target = self.plan.values.get(column.values_list, {}).get(text, LEAVE)
            if target == LEAVE:
                return None
            targets.append(target)
            said.append(f"{column.values_list}={text}")
        return targets, "|".join(said)

    def _unit(self, row: Row) -> str | None:
        for column in self.units:
            return words.unit(shown(self.cell(row, column.index))) or None
        return self.plan.unit

    def _hour(self, line: Line, row: Row, when: When) -> int | None:
        for column in self.hours:
            cell = self.cell(row, column.index)
            minute = read_clock(cell)
            if minute is None and cell is not None:
                line.notes.append(Note(Reason.BAD_HOUR, shown(cell)[:40]))
            return None if minute is None else minute // 60
        return None if when.minute is None else when.minute // 60

    # Totals

    def _add(self, found: dict[int, int | NoCount]) -> None:
        for index, count in found.items():
            if isinstance(count, int):
                self.sums[index].add(count)

    def _compare_row(self, line: Line, row: Row, found: dict[int, int | NoCount]) -> None:
        """“Total” at the end of a row is the sum of one way of breaking the day down, whichever it is."""
        for column in [*self.totals, *self.wholes]:
            says = read_count(self.cell(row, column.index))
            if not isinstance(says, int):
                continue
            if column.index not in found:
                self.sums[column.index].add(says)
            sums: dict[str, int] = {}
            for counted in self.parts:
                count = found[counted.index]
                if isinstance(count, int):
                    for name in ("all", counted.group, counted.dimension):
                        sums[name] = sums.get(name, 0) + count
            if sums and says not in sums.values():
                line.notes.append(Note(Reason.ROW_TOTAL_DIFFERS, f"{says} ≠ {sums['all']}"))

    def total(self, line: Line, row: Row, kind: str) -> None:
        """Compares each figure of the row with the sum above it."""
        if kind != "total":
            self.leave(line, row, Reason.AVERAGE)
            return
        label = next((cell for cell in row if isinstance(cell, str)), "")
        differs = ""
        for column in [*self.counts, *self.totals]:
            says = read_count(self.cell(row, column.index))
            if not isinstance(says, int):
                continue
            sums = self.sums[column.index]
            compared = Comparison(
                line.sheet, line.number, label[:60], column.heading, says, sums.compared(says)
            )
            sums.since = 0
            self.comparisons.append(compared)
            if not compared.agrees:
                differs = differs or f"{column.words}, {says} ≠ {compared.adds_up}"
        self.leave(line, row, Reason.TOTAL_DIFFERS if differs else Reason.TOTAL, differs)


def _id(target: str) -> int | None:
    kind, _, number = target.partition(":")
    return int(number) if kind in ("theme", "code") else None


@dataclass
class Totals:
    """How many comparisons agree, and the first that do not."""

    agree: int = 0
    differ: list[Comparison] = field(default_factory=list)


def summed_up(comparisons: list[Comparison], most: int = 50) -> Totals:
    """The comparisons in short."""
    differ = [compared for compared in comparisons if not compared.agrees]
    return Totals(len(comparisons) - len(differ), differ[:most])


__all__ = ["Cell", "Comparison", "TallyReader", "Totals", "summed_up"]
