"""Proposes how a file is to be read: its sheets, its table, its columns and their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from parvis.reception.past import headings as words
from parvis.reception.past.cells import Cell, Row
from parvis.reception.past.columns import Proposer, has_year
from parvis.reception.past.dates import Around, around_of, order_of
from parvis.reception.past.headings import SUMMARY_SHEETS, Role
from parvis.reception.past.matching import Matcher
from parvis.reception.past.personal import Spot
from parvis.reception.past.plan import TALLIES, Plan, SheetUse
from parvis.reception.past.problems import Problem, UnreadableFile
from parvis.reception.past.store import StoredFile, StoredSheet
from parvis.reception.past.survey import Beat, Stats, survey
from parvis.reception.past.tables import (
    HEAD,
    TURNED_ROWS,
    Table,
    find_table,
    is_turned,
    lines_of,
    merged_of,
    turn,
    use_of,
)
from parvis.reception.past.wording import fold

ALIKE = 0.6  # share of headings that two sheets of one layout have in common
Values = dict[int, list[tuple[Cell, int]]]


@dataclass(frozen=True)
class Hints:
    """What a person corrected: everything else is looked for again."""

    sheets: tuple[int, ...] | None = None
    top: int | None = None  # heading row from 1; 0 where there is none
    turned: bool | None = None
    shape: str = ""
    order: str = ""
    year: int | None = None


@dataclass
class Recognised:
    """The proposal, with the different cells of each column and how often they occur (never kept in the database)."""

    plan: Plan
    values: Values
    titles: list[str] = field(default_factory=list)


def recognise(
    file: StoredFile, file_name: str, hints: Hints, matcher: Matcher, spot: Spot, beat: Beat
) -> Recognised:
    """A proposal for every choice. Raises ``UnreadableFile`` where no sheet holds a table."""
    around = around_of([file_name])
    turned = _turned(file, hints, around)
    tables = {sheet.index: _table(sheet, hints, turned, around) for sheet in file.sheets if sheet.filled > 1}
    if not tables:
        raise UnreadableFile(Problem.NO_TABLE)
    main = _main_sheet(file, tables, hints)
    uses = [_use(sheet, tables.get(sheet.index), tables[main], main, hints) for sheet in file.sheets]
    width = max(_width(file.sheets[main], turned), len(tables[main].headings))
    for use in uses:
        use.order = use.order or list(range(width))
    stats = survey(_all_rows(file, uses, turned), width, beat)
    titles = _titles(file, file_name, tables[main])
    proposer = Proposer(
        _padded(tables[main].headings, width),
        stats,
        tables[main].date_column,
        matcher,
        spot,
        hints.shape,
        titles,
    )
    plan = Plan(transposed=turned, sheets=uses, columns=proposer.columns(), shape=proposer.shape)
    _finish(plan, stats, tables[main], hints, titles)
    values = {
        index: list(found.values.items()) for index, found in enumerate(stats) if _may_have_codes(plan, index)
    }
    return Recognised(plan, values, titles)


def _turned(file: StoredFile, hints: Hints, around: Around) -> bool:
    if hints.turned is not None:
        return hints.turned
    biggest = max(file.sheets, key=lambda sheet: sheet.filled)
    return biggest.rows <= TURNED_ROWS and is_turned(biggest.head(HEAD), around)


def _width(sheet: StoredSheet, turned: bool) -> int:
    return min(sheet.rows, TURNED_ROWS) if turned else sheet.columns


def _table(sheet: StoredSheet, hints: Hints, turned: bool, around: Around) -> Table:
    named = around_of([sheet.name])
    around = Around(named.year or hints.year or around.year, named.month or around.month)
    head = turn(sheet.head(TURNED_ROWS))[:HEAD] if turned else sheet.head(HEAD)
    table = find_table(head, merged_of(sheet, turned=turned), around)
    if hints.top is not None:
        below = find_table([[]] * max(hints.top - 1, 0) + head[max(hints.top - 1, 0) :], [], around)
        table = replace(below, first=max(below.first, hints.top), around=table.around)
        if hints.top == 0:
            table = replace(table, top=-1, first=0, headings=[])
        else:
            table = replace(table, top=hints.top - 1, headings=_row_texts(head, hints.top - 1))
    if hints.year:
        table = replace(table, around=Around(hints.year, table.around.month))
    return table


def _row_texts(head: list[Row], place: int) -> list[str]:
    row = head[place] if place < len(head) else []
    return ["" if cell is None else " ".join(str(cell).split())[:120] for cell in row]


def _main_sheet(file: StoredFile, tables: dict[int, Table], hints: Hints) -> int:
    """The sheet that shows the layout: the fullest one, summaries last."""
    allowed = [index for index in tables if hints.sheets is None or index in hints.sheets] or list(tables)
    sheets = {sheet.index: sheet for sheet in file.sheets}
    return max(
        allowed,
        key=lambda index: (
            not SUMMARY_SHEETS.search(fold(sheets[index].name)),
            tables[index].dates > 0,
            sheets[index].filled,
            -index,
        ),
    )


def _use(sheet: StoredSheet, table: Table | None, main: Table, main_index: int, hints: Hints) -> SheetUse:
    if table is None:
        return SheetUse(sheet.index, sheet.name, used=False, why="empty", rows=sheet.filled)
    use = use_of(sheet, table)
    if sheet.index == main_index:
        return use
    use.order, alike = _order(table.headings, main.headings)
    if hints.sheets is not None:
        use.used = sheet.index in hints.sheets
        use.why = "" if use.used else "not_chosen"
    elif SUMMARY_SHEETS.search(fold(sheet.name)):
        use.used, use.why = False, "summary"
    elif alike < ALIKE:
        use.used, use.why = False, "other_layout"
    return use


def _order(own: list[str], wanted: list[str]) -> tuple[list[int], float]:
    """Where each heading of the layout stands in another sheet, and the share of headings they have in common."""
    if not any(own) and not any(wanted):
        return list(range(len(wanted))), 1.0
    places: dict[str, list[int]] = {}
    for place, heading in enumerate(own):
        places.setdefault(fold(heading), []).append(place)
    order = []
    for heading in wanted:
        known = places.get(fold(heading), [])
        order.append(known.pop(0) if known else -1)
    named = [place for place, heading in zip(order, wanted, strict=True) if heading]
    return order, sum(place >= 0 for place in named) / max(len(named), 1)


def _all_rows(file: StoredFile, uses: Iterable[SheetUse], turned: bool) -> Iterator[tuple[int, Row]]:
    sheets = {sheet.index: sheet for sheet in file.sheets}
    return chain.from_iterable(lines_of(sheets[use.index], use, turned=turned) for use in uses if use.used)


def _titles(file: StoredFile, file_name: str, table: Table) -> list[str]:
    titles = [cell for sheet in file.sheets[:1] for row in sheet.head(max(table.top, 0)) for cell in row]
    return [file_name.rpartition(".")[0], *(text for text in titles if isinstance(text, str))][:6]


def _padded(headings: list[str], width: int) -> list[str]:
    return headings + [""] * (width - len(headings))


def _finish(plan: Plan, stats: list[Stats], table: Table, hints: Hints, titles: list[str]) -> None:
    dated = table.date_column
    if dated is not None:
        dates = stats[dated]
        plan.order = hints.order or order_of(dates.values)
        whole = {Role.YEAR} & {column.role for column in plan.columns}
        plan.needs_year = (
            not whole and not has_year(dates) and any(use.used and use.year is None for use in plan.sheets)
        )
        fullest = max((found.filled for found in stats), default=0)
        plan.fill_down = fullest > 3 and dates.filled < fullest * 0.8
    if plan.shape == TALLIES:
        totals = [column.unit for column in plan.columns if column.sums_up and column.unit]
        plan.unit = next(iter([*totals, *filter(None, map(words.unit, titles))]), "contact")


def _may_have_codes(plan: Plan, index: int) -> bool:
    """Columns that nobody may read leave no trace of their cells."""
    column = plan.columns[index]
    return column.role != Role.REFUSED and column.why not in ("free_text", "running_number")
