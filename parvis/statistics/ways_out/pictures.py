"""Which picture fits a table, and the picture itself: the page's own charts, filled with the table's figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from django.utils.translation import gettext as _

from parvis.shared.charts import USUAL, Bars, Columns, Heat, Lines, Row, Series, Value
from parvis.shared.flows import Flow, Flows
from parvis.statistics.shown import CrossTable, Figure, Hidden, Run
from parvis.statistics.ways_out.words import number, period, said

MOST_SERIES = 6  # lines or colours that an eye tells apart
MOST_BOXES = 14  # of a flow's column: the largest
Picture = Bars | Columns | Lines | Heat | Flows


class Kind(StrEnum):
    """A picture that somebody can ask for."""

    BARS = "bars"
    COLUMNS = "columns"
    LINES = "lines"
    HEAT = "heat"
    FLOWS = "flows"
    NONE = "none"


def fitting(table: CrossTable) -> Kind:
    """The picture that tells this table best."""
    if not table.lines:
        return Kind.NONE
    if table.along:
        if table.columns_run is Run.TIME and len(table.columns) > 2 and len(table.lines) <= MOST_SERIES:
            return Kind.LINES
        if table.lines_run is Run.TIME and len(table.lines) > 2 and len(table.columns) <= MOST_SERIES:
            return Kind.LINES
        few = len(table.columns) <= 3 and len(table.lines) <= 8
        return Kind.COLUMNS if few else Kind.HEAT
    if table.lines_run is Run.TIME and len(table.lines) > 2:
        return Kind.LINES
    return Kind.BARS if table.lines_run is Run.NAMES else Kind.COLUMNS


def pictures(tables: Sequence[CrossTable], kind: Kind) -> list[Picture]:
    """The picture of each table; of flows, one picture of all its steps."""
    if kind is Kind.NONE or not any(table.lines for table in tables):
        return []
    if kind is Kind.FLOWS:
        return [_flows(tables)]
    makers: dict[Kind, Callable[[CrossTable], Picture]] = {
        Kind.BARS: _bars,
        Kind.HEAT: _heat,
        Kind.COLUMNS: _columns,
        Kind.LINES: _lines,
    }
    return [makers[kind](table) for table in tables if table.lines]


def _note(table: CrossTable) -> str:
    figures = [one for line in table.lines for one in (*line.figures, line.total)]
    hidden = any(isinstance(one, Hidden) and one is not Hidden.CHOSEN for one in figures)
    return f"{period(table)}; {_('without what is hidden')}" if hidden else period(table)


def _whole(table: CrossTable) -> list[Figure]:
    return [line.total if table.along and table.has_totals else line.figures[0] for line in table.lines]


def _bars(table: CrossTable) -> Bars:
    """What was said, however many said nothing: their line would leave the others no length."""
    lines = list(zip(table.lines, _whole(table), strict=True))
    told = [(line, whole) for line, whole in lines if not line.unsaid] or lines
    rows = [Row(line.label, number(whole), line.tint or "petrol", line.shape) for line, whole in told]
    note = _note(table)
    if len(told) < len(lines):
        unsaid = next(line.label for line in table.lines if line.unsaid)
        note += "; " + _("without “%(line)s”") % {"line": unsaid}
    return Bars(table.title, table.unit, rows, note=note)


def _heat(table: CrossTable) -> Heat:
    rows: list[tuple[str, list[Value]]] = [
        (str(line.label), [number(one) for one in line.figures]) for line in table.lines
    ]
    return Heat(table.title, table.unit, list(table.columns), rows, note=_note(table))


def _turned(table: CrossTable) -> bool:
    """Whether the columns, not the lines, run along the base."""
    if not table.along:
        return False
    return table.columns_run is Run.TIME or (
        table.lines_run is not Run.TIME and len(table.columns) > len(table.lines)
    )


def _series(table: CrossTable) -> tuple[Sequence[object], list[Series], str]:
    """Labels along the base, the series, and what the labels are."""
    if _turned(table):
        found = [
            Series(line.label, [number(one) for one in line.figures], line.tint or USUAL[place % len(USUAL)])
            for place, line in enumerate(table.lines)
        ]
        return list(table.columns), found, str(table.along)
    labels = [line.label for line in table.lines]
    if not table.along:
        found = [
            Series(
                period(table) if table.compared else table.unit,
                [number(line.figures[0]) for line in table.lines],
                "petrol",
            )
        ]
        if table.compared:
            found.append(Series(table.compared, [number(line.before) for line in table.lines], "sun"))
        return labels, found, str(table.across)
    found = [
        Series(column, [number(line.figures[place]) for line in table.lines], USUAL[place % len(USUAL)])
        for place, column in enumerate(table.columns)
    ]
    return labels, found, str(table.across)


def _columns(table: CrossTable) -> Columns:
    labels, series, across = _series(table)
    return Columns(
        table.title,
        table.unit,
        [str(one) for one in labels],
        series,
        _note(table),
        across,
        table_elsewhere=True,
    )


def _lines(table: CrossTable) -> Lines:
    labels, series, across = _series(table)
    return Lines(
        table.title,
        table.unit,
        [str(one) for one in labels],
        series,
        _note(table),
        across,
        table_elsewhere=True,
    )


def _flows(tables: Sequence[CrossTable]) -> Flows:
    """Each table is one step: its lines lead to its columns, which are the next table's lines, in the same order."""
    sizes = [_largest(list(_whole(tables[0])))]
    sizes += [_largest(list(table.column_totals)) for table in tables]
    columns = [(tables[0].across, [(tables[0].lines[n].label, said(_whole(tables[0])[n])) for n in sizes[0]])]
    for table, kept in zip(tables, sizes[1:], strict=True):
        columns.append((table.along, [(table.columns[n], said(table.column_totals[n])) for n in kept]))
    steps = [
        [
            Flow(start, end, value)
            for start, line in enumerate(sizes[step])
            for end, column in enumerate(sizes[step + 1])
            if (value := number(table.lines[line].figures[column]))
        ]
        for step, table in enumerate(tables)
    ]
    title = " – ".join(str(head) for head, _boxes in columns)
    note = _note(tables[0])
    if any(len(table.lines) > MOST_BOXES or len(table.columns) > MOST_BOXES for table in tables):
        note += "; " + _("the %(n)s most frequent of each; the tables have all") % {"n": MOST_BOXES}
    return Flows(title, tables[0].unit, columns, steps, note=note)


def _largest(figures: list[Figure]) -> list[int]:
    """Places of the largest, in the table's order."""
    known = [(number(one) or 0, place) for place, one in enumerate(figures)]
    most = sorted((pair for pair in known if pair[0]), key=lambda pair: (-pair[0], pair[1]))[:MOST_BOXES]
    return sorted(place for _size, place in most)
