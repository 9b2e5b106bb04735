"""What an imported sheet counted over longer than a day: shown whole beside the figures, never divided nor added to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, Sum

from parvis.centres.models import Centre, Theme
from parvis.reception.models import Tally


@dataclass(frozen=True)
class Whole:
    """A sheet's count of one unit over a whole week, month, quarter or year; of one theme, or of all (``None``)."""

    span: Tally.Span
    first: date
    last: date
    unit: Tally.Unit
    theme: Theme | None
    count: int
    file: str

    @property
    def unit_label(self) -> str:
        return str(self.unit.label)


def wholes_over(centre: Centre, first: date, last: date) -> list[Whole]:
    """Those whose span holds ``first`` to ``last`` whole, shortest first: one query.

    A sheet that counts themes counts the same visitors again under each, so its themes stand apart from its own whole.
    """
    starts = {span: start_of(span, first) for span in Tally.Span if span != Tally.Span.DAY}
    spans = Q(pk=None)
    for span, start in starts.items():
        if end_of(span, start) >= last:
            spans |= Q(span=span, date=start)
    rows = (
        Tally.objects.counted()
        .filter(spans, centre=centre, code=None, hour=None)
        .order_by()
        .values_list("span", "date", "unit", "theme", "past_import__file_name")
        .annotate(n=Sum("count"))
    )
    themes = {theme.pk: theme for theme in centre.themes.order_by("position")}
    order = {pk: place for place, pk in enumerate(themes)}
    found = [
        Whole(
            Tally.Span(span),
            start,
            end_of(Tally.Span(span), start),
            Tally.Unit(unit),
            themes[theme] if theme else None,
            n,
            file,
        )
        for span, start, unit, theme, file, n in rows
    ]
    return sorted(
        found,
        key=lambda one: (one.last - one.first, one.unit, order[one.theme.pk] if one.theme else -1, one.file),
    )


def start_of(span: Tally.Span, day: date) -> date:
    """The first day of the span that ``day`` is in. Weeks begin on Monday, as in the files that are read."""
    if span == Tally.Span.WEEK:
        return day - timedelta(days=day.weekday())
    if span == Tally.Span.MONTH:
        return day.replace(day=1)
    if span == Tally.Span.QUARTER:
        return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return date(day.year, 1, 1) if span == Tally.Span.YEAR else day


def end_of(span: Tally.Span, start: date) -> date:
    """The last day of the span that begins on ``start``."""
    longest = {Tally.Span.DAY: 0, Tally.Span.WEEK: 6, Tally.Span.MONTH: 31, Tally.Span.QUARTER: 93}
    after = start + timedelta(days=longest.get(span, 366))
    if span in (Tally.Span.DAY, Tally.Span.WEEK):
        return after
    return start_of(span, after) - timedelta(days=1)
