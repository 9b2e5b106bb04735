"""Goes through the rows of a file as its plan says, and settles for each its date and whether it is a row at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b

from parvis.reception.past.calendar_words import months
from parvis.reception.past.cells import Cell, Row, shown
from parvis.reception.past.dates import DAY, MONTH, YEAR, Around, When, around_of, read_date
from parvis.reception.past.headings import Role, announces
from parvis.reception.past.matching import Matcher
from parvis.reception.past.outcome import Line, Note, Reason
from parvis.reception.past.plan import Plan, SheetUse
from parvis.reception.past.store import StoredFile
from parvis.reception.past.tables import lines_of
from parvis.reception.past.wording import fold

OLDEST = date(1985, 1, 1)


@dataclass
class Reader:
    """Shared by the two shapes. ``scope`` tells one centre's lines from another's; ``targets`` resolves wordings."""

    file: StoredFile
    plan: Plan
    matcher: Matcher
    scope: str
    today: date
    around: Around = field(default_factory=Around)
    prefix: str = ""
    examples: int = 0  # lines without a remark that shall be shown as they are, too
    _dates: dict[Cell, When | None] = field(default_factory=dict)
    _totals: dict[str, str] = field(default_factory=dict)
    _seen: dict[int, int] = field(default_factory=dict)
    _last_date: Cell = None

    def __post_init__(self) -> None:
        plan = self.plan
        self.date_columns = [column.index for column in plan.of_role(Role.DATE)]
        self.part_columns = {
            role: found[0].index
            for role in (Role.YEAR, Role.MONTH, Role.DAY)
            if (found := plan.of_role(role))
        }
        self.read_columns = [
            column.index for column in plan.columns if column.role not in (Role.IGNORE, Role.REFUSED)
        ]
        self.headings = {fold(column.words) for column in plan.columns if column.words}

    def lines(self) -> Iterator[Line]:
        """Every line that is not blank, in the order of the file."""
        sheets = {sheet.index: sheet for sheet in self.file.sheets}
        for use in self.plan.sheets:
            if use.used:
                self.begin(use)
                for number, row in lines_of(sheets[use.index], use, turned=self.plan.transposed):
                    if row and (line := self.line(use.index, number, row)) is not None:
                        yield line

    def begin(self, use: SheetUse) -> None:
        """A new sheet: its name and title say what its short dates leave out."""
        self.around = Around(use.year, use.month)
        self._dates, self._last_date = {}, None
        several = sum(other.used for other in self.plan.sheets) > 1
        named = around_of([use.name])
        self.prefix = fold(use.name) if several and named == (None, None) else ""

    def line(self, sheet: int, number: int, row: Row) -> Line | None:
        """The line, or nothing where it is blank or only says which month follows."""
        line = Line(sheet, number)
        if kind := self._announced(row):
            self.total(line, row, kind)
            return line
        when, cell = self._when(row)
        if when is None:
            return self._undated(line, row, cell)
        if when.day > self.today or when.day < OLDEST:
            reason = Reason.FUTURE if when.day > self.today else Reason.BAD_DATE
            return self.leave(line, row, reason, shown(cell))
        line.day = when.day
        self.read(line, row, when)
        if (line.notes or self.examples) and not line.text:
            self.examples = max(0, self.examples - 1)
            line.text = self.text(row)
        return line

    def read(self, line: Line, row: Row, when: When) -> None:
        """Fills the line with what it counts."""
        raise NotImplementedError

    def total(self, line: Line, row: Row, kind: str) -> None:
        """A row of totals or averages: compared, never counted."""
        raise NotImplementedError

    def leave(self, line: Line, row: Row, reason: Reason, detail: str = "") -> Line:
        """The line is not brought in."""
        line.notes.append(Note(reason, detail[:60]))
        line.text = self.text(row)
        return line

    def text(self, row: Row) -> str:
        """What stands in the columns that are read, for a person to find the line again."""
        cells = [
            shown(row[index]) for index in self.read_columns if index < len(row) and row[index] is not None
        ]
        return " · ".join(cells)[:160]

    def key(self, content: str) -> bytes:
        """What tells this line from any other: its content, and how often the same content came before in the file."""
        told = f"{self.scope}|{self.prefix}|{content}".encode()
        digest = blake2b(told, digest_size=16).digest()
        place = int.from_bytes(digest[:8])
        before = self._seen.get(place, 0)
        self._seen[place] = before + 1
        return digest if not before else blake2b(digest + before.to_bytes(4), digest_size=16).digest()

    def cell(self, row: Row, index: int) -> Cell:
        """The cell of a column, nothing beyond the end of the row."""
        return row[index] if index < len(row) else None

    # Dates

    def _when(self, row: Row) -> tuple[When | None, Cell]:
        if self.part_columns:
            return self._in_parts(row)
        if not self.date_columns:
            return self._of_sheet(), None
        cell: Cell = None
        for index in self.date_columns:
            cell = self.cell(row, index)
            if cell is not None:
                break
        if cell is None and self.plan.fill_down and sum(other is not None for other in row) > 1:
            cell = self._last_date
        if cell is None:
            return None, None
        if cell in self._dates:
            when = self._dates[cell]
        else:
            when = self._dates[cell] = read_date(cell, self.plan.order, self.around)
        if when is not None:
            self._last_date = cell
        return when, cell

    def _of_sheet(self) -> When | None:
        if self.around.year is None:
            return None
        if self.around.month is None:
            return When(date(self.around.year, 1, 1), YEAR)
        return When(date(self.around.year, self.around.month, 1), MONTH)

    def _in_parts(self, row: Row) -> tuple[When | None, Cell]:
        """Year, month and day in columns of their own; what a column leaves out is as above, or as the sheet says."""
        cells = {role: self.cell(row, index) for role, index in self.part_columns.items()}
        told = next((cell for cell in cells.values() if cell is not None), None)
        year = _number(cells.get(Role.YEAR)) or self.around.year
        month = _month(cells.get(Role.MONTH)) or (None if Role.MONTH in cells else self.around.month)
        if year and Role.YEAR in cells and cells[Role.YEAR] is not None:
            self.around = Around(year, self.around.month)
        if self.date_columns:
            cell = self.cell(row, self.date_columns[0])
            return read_date(cell, self.plan.order, Around(year, month)), cell
        day = _number(cells.get(Role.DAY))
        if told is None or not year:
            return None, told
        if Role.DAY in cells:
            return (read_date(day, "dmy", Around(year, month)) if day and month else None), told
        if Role.MONTH in cells:
            return (When(date(year, month, 1), MONTH) if month else None), told
        return When(date(year, 1, 1), YEAR), told

    def _announced(self, row: Row) -> str:
        for cell in row[:4]:
            if isinstance(cell, str):
                if cell not in self._totals:
                    self._totals[cell] = announces(cell)
                return self._totals[cell]
            if cell is not None:
                return ""
        return ""

    def _undated(self, line: Line, row: Row, cell: Cell) -> Line | None:
        filled = [value for value in row if value is not None]
        if not filled:
            return None
        if len(filled) == 1 and isinstance(filled[0], str):
            said = around_of([filled[0]])
            if said.month or said.year:  # “Mars 2019” alone on its line: what follows is of that month
                self.around = Around(said.year or self.around.year, said.month or self.around.month)
                self._dates = {}
                return None
            return self.leave(line, row, Reason.NOT_A_ROW, filled[0])
        same = sum(isinstance(value, str) and fold(value) in self.headings for value in filled)
        if same > len(filled) * 0.5:
            return self.leave(line, row, Reason.HEADING_AGAIN)
        if cell is None:
            return self.leave(line, row, Reason.NO_DATE)
        return self.leave(line, row, Reason.BAD_DATE, shown(cell))


def _number(cell: Cell) -> int | None:
    if isinstance(cell, int):
        return cell
    if isinstance(cell, date):
        return cell.year
    return int(cell) if isinstance(cell, str) and cell.isascii() and cell.isdigit() else None


def _month(cell: Cell) -> int | None:
    if isinstance(cell, date):
        return cell.month
    number = _number(cell)
    if number is not None:
        return number if 1 <= number <= 12 else None
    return (
        next((months()[word] for word in fold(cell).split() if word in months()), None)
        if isinstance(cell, str)
        else None
    )


Beat = Callable[[], None]
__all__ = ["DAY", "Beat", "Reader"]
