"""Tables as CSV and as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from parvis.shared.sheets import Cell, csv_lines, sheet_name, xlsx
from parvis.statistics.shown import CrossTable
from parvis.statistics.ways_out import words


def as_csv(tables: Sequence[CrossTable], made: str) -> bytes:
    """The tables one below the other, and what must be known of them at the foot."""
    first, *others = tables
    return "".join(csv_lines(words.heading(first), _below(first, others, made))).encode()


def _below(first: CrossTable, others: Sequence[CrossTable], made: str) -> Iterator[list[Cell]]:
    yield from _lines(first)
    for table in others:
        yield []
        yield [str(table.title)]
        yield list(words.heading(table))
        yield from _lines(table)
    yield []
    for table in tables_told_apart(first, others):
        yield [str(table.title)]
        yield from map(list, words.explained(table))
    yield [_("Made on"), made]


def tables_told_apart(first: CrossTable, others: Sequence[CrossTable]) -> list[CrossTable]:
    """Those of which something else must be known than of the first."""
    told = words.explained(first)
    return [first, *(table for table in others if words.explained(table) != told)]


def _lines(table: CrossTable) -> Iterator[list[Cell]]:
    for label, figures in words.rows(table):
        yield [label, *(words.plain(figure) for figure in figures)]


def as_xlsx(tables: Sequence[CrossTable], made: str) -> bytes:
    """A sheet for each table with real numbers, and one that explains."""
    sheets: dict[str, tuple[Sequence[str], Iterator[list[Cell]]]] = {}
    for table in tables:
        name = sheet_name(str(table.title))
        if name in sheets:
            name = sheet_name(f"{len(sheets) + 1} {table.title}")
        sheets[name] = (words.heading(table), _lines(table))
    sheets[sheet_name(_("How to read it"))] = ([_("What"), _("In words")], _explained(tables, made))
    return xlsx(dict(sheets))


def _explained(tables: Sequence[CrossTable], made: str) -> Iterator[list[Cell]]:
    for table in tables_told_apart(tables[0], tables[1:]):
        yield [_("Table"), str(table.title)]
        yield from map(list, words.explained(table))
    yield [_("Made on"), made]
