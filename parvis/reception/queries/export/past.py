"""Tallies of the imported past: the whole of a unit, and each way of breaking it down, in tables of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from parvis.centres.models import Centre, CodeList
from parvis.reception.models import Tally
from parvis.reception.queries.export.entries import EntryNames, lots
from parvis.shared.books import Table
from parvis.shared.sheets import Cell


def tally_tables(centre: Centre, first: date, last: date, names: EntryNames) -> Iterator[Table]:
    """Two breakdowns are of the same visitors and never added together: a table each, where there is any."""
    tallies = Tally.objects.counted().filter(centre=centre, date__range=(first, last))
    heading = [_("Date"), _("Hour"), _("Unit"), _("Count")]
    yield _table("tallies", _("Tallies"), heading, tallies.plain(), names)
    if (themed := tallies.by_theme()).exists():
        heading = [_("Date"), _("Hour"), _("Unit"), _("Theme"), _("Count")]
        yield _table("tallies-theme", _("Tallies by theme"), heading, themed, names)
    for name in CodeList:
        if (coded := tallies.by_list(name)).exists():
            heading = [_("Date"), _("Hour"), _("Unit"), _("Theme"), str(name.label), _("Count")]
            title = _("Tallies: %(list)s") % {"list": name.label}
            yield _table(f"tallies-{name.value}".replace("_", "-"), title, heading, coded, names)


def _table(file: str, title: str, heading: list[str], tallies: QuerySet[Tally], names: EntryNames) -> Table:
    return Table(file, title, heading, _rows(tallies, names, len(heading)), tallies.count())


def _rows(tallies: QuerySet[Tally], names: EntryNames, width: int) -> Iterator[Sequence[Cell]]:
    units = {unit.value: str(unit.label) for unit in Tally.Unit}
    fields = ("date", "span", "hour", "unit", "theme", "code", "count")
    for lot in lots(tallies):
        of_lot: Any = tallies.filter(date__range=(lot.first, lot.last)).order_by("date", "hour", "pk")
        for day, span, hour, unit, theme, code, count in of_lot.values_list(*fields):
            clock = None if hour is None else f"{hour:02}:00"
            over = [names.themes.get(theme), names.codes.get(code)][: width - 4]
            yield [span_text(day, span), clock, units[unit], *over, count]


def span_text(day: date, span: str) -> str | date:
    """A stretch of time as the import reads it: 2019-03-12, 2019-W11, 2019-03, Q1 2019, 2019."""
    if span == Tally.Span.WEEK:
        year, week, _weekday = day.isocalendar()
        return f"{year}-W{week:02}"
    if span == Tally.Span.MONTH:
        return f"{day:%Y-%m}"
    if span == Tally.Span.QUARTER:
        return f"Q{(day.month + 2) // 3} {day.year}"
    return str(day.year) if span == Tally.Span.YEAR else day
