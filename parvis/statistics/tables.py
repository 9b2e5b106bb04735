"""A report as tables for a file: everything that its page shows, a unit a column, and no sum across."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from parvis.reception.queries.figures import SIGNED_UNITS
from parvis.reception.queries.lines import language_name
from parvis.reception.units import UNITS
from parvis.shared.disclosure import protected_list
from parvis.shared.sheets import Cell
from parvis.statistics.charts import hour_label
from parvis.statistics.queries import Report, Waits
from parvis.statistics.queries.breakdown import BY_HOUR, BY_THEME
from parvis.statistics.queries.report import Period


@dataclass(frozen=True)
class Table:
    """One sheet of the workbook."""

    title: str
    heading: list[str]
    rows: list[list[Cell]]


def tables_of(found: Report) -> list[Table]:
    """Every table of the report, in the order of the page; those without a line are left out."""
    tables = [
        _days(_("Days"), found.now),
        _days(_("Seven days earlier"), found.before),
        _hours(found),
        _days_and_hours(found),
        _themes(found),
        _waits(found),
        _list(_("What could not be found"), _("times"), found.unmet),
        Table(_("Acts by channel"), [_("Channel"), _("acts")], [[label, n] for label, n in found.channels]),
        _list(
            _("Tickets by language"), _("tickets"), [(language_name(code), n) for code, n in found.languages]
        ),
        _questions(found),
        _imported(found),
        Table(
            _("Units"),
            [_("Unit"), _("Meaning")],
            [[str(unit.label), str(unit.meaning)] for unit in UNITS.values()],
        ),
    ]
    return [table for table in tables if table.rows]


def tidy(tables: list[Table]) -> Iterator[list[Cell]]:
    """The same as one list, a figure a line: table, line, column, value."""
    for table in tables:
        for first, *cells in table.rows:
            for heading, cell in zip(table.heading[1:], cells, strict=True):
                yield [table.title, first, heading, cell]


def _labels(units: tuple[str, ...] | list[str]) -> list[str]:
    return [str(UNITS[unit].label) for unit in units]


def _wait_heading() -> list[str]:
    return [_("Waits, n"), _("Half waited at most, minutes"), _("Nine in ten waited at most, minutes")]


def _wait_cells(waits: Waits) -> list[Cell]:
    return [waits.n, waits.median, waits.p90]


def _days(title: str, period: Period) -> Table:
    """A day a line, as signed and corrected where it was signed."""
    rows: list[list[Cell]] = [
        [day.date.isoformat(), *day.shown.as_dict().values(), _("yes") if day.signed else _("no")]
        for day in period.days
    ]
    return Table(title, [_("Day"), *_labels(SIGNED_UNITS), _("Signed")], rows)


def _hours(found: Report) -> Table:
    rows: list[list[Cell]] = [
        [hour_label(line.hour), *(line.counts[unit] for unit in BY_HOUR), *_wait_cells(line.waits)]
        for line in found.by_hour
    ]
    return Table(_("By hour"), [_("Hour"), *_labels(BY_HOUR), *_wait_heading()], rows)


def _days_and_hours(found: Report) -> Table:
    rows: list[list[Cell]] = [
        [f"{day.isoformat()} {hour:02}:00", *(counts[unit] for unit in BY_HOUR)]
        for (day, hour), counts in sorted(found.broken.cells.items())
    ]
    several = len(found.now.days) > 1
    return Table(_("By day and hour"), [_("Hour"), *_labels(BY_HOUR)], rows if several else [])


def _themes(found: Report) -> Table:
    rows: list[list[Cell]] = [
        [
            str(line.theme.name) if line.theme else _("No theme"),
            *(line.counts[unit] for unit in BY_THEME),
            *_wait_cells(line.waits),
        ]
        for line in found.by_theme
    ]
    return Table(_("By theme"), [_("Theme"), *_labels(BY_THEME), *_wait_heading()], rows)


def _waits(found: Report) -> Table:
    """Of the period and of the one before it; then by theme and hour."""
    names = {line.theme.pk: str(line.theme.name) for line in found.by_theme if line.theme}
    rows: list[list[Cell]] = [
        [f"{period.first} – {period.last}", *_wait_cells(period.waits)]
        for period in (found.now, found.before)
        if period.waits.n
    ]
    rows += [
        [f"{names[theme]}, {hour_label(hour)}", *_wait_cells(waits)]
        for (theme, hour), waits in sorted(found.waits_by_theme_and_hour.items())
        if theme in names
    ]
    return Table(_("Waits"), [_("Of"), *_wait_heading()], rows)


def _list(title: str, unit: str, counts: list[tuple[str, int]]) -> Table:
    """A list about visitors, for outside: small numbers protected."""
    rows: list[list[Cell]] = [[label, "–" if n is None else n] for label, n in protected_list(counts)]
    return Table(title, [title, _("%(unit)s, rounded to five") % {"unit": unit}], rows)


def _questions(found: Report) -> Table:
    said = found.response
    rows: list[list[Cell]] = [
        [_("Contacts on days with questions"), said.could],
        [_("Questionnaires begun"), said.asked],
        [_("On their own screen"), said.own_screen],
        [_("Asked aloud"), said.aloud],
        [_("With at least one answer"), said.answered],
        [_("Response rate, percent of those contacts"), said.percent],
    ]
    return Table(_("Voluntary questions"), [_("Voluntary questions"), "n"], rows if said.could else [])


def _imported(found: Report) -> Table:
    rows: list[list[Cell]] = [
        [
            one.file,
            one.first.isoformat(),
            one.last.isoformat(),
            str(one.theme.name) if one.theme else "",
            one.unit_label,
            one.count,
        ]
        for one in found.imported
    ]
    heading = [_("File"), _("First day"), _("Last day"), _("Theme"), _("Unit"), _("Count")]
    return Table(_("Imported sheets"), heading, rows)
