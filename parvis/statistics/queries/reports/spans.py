"""The periods of reports: a day, or whole months, as addresses write them: 2026-11-22, 2026-11, 2026-Q4, 2026."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.text import capfirst

from parvis.rota import periods
from parvis.rota.periods import Period

EARLIEST = 2000  # no report is of a day before


class Span(StrEnum):
    """How long a period is."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}


def months_from(first: date, last: date) -> Period | None:
    """The whole months from ``first`` to ``last``; none where they are no whole month, quarter or year."""
    for months in MONTHS.values():
        period = Period(first, months)
        if first.day == 1 and period.last == last:
            return period
    return None


def bounds(written: str, span: str) -> tuple[date, date] | None:
    """First and last day of what an address or a field says; none where that is no period of this length."""
    if span == Span.DAY:
        try:
            day = date.fromisoformat(written)
        except ValueError:
            return None
        return (day, day) if day.year >= EARLIEST else None
    found = periods.read(written)
    if found is None or found.months != MONTHS[Span(span)]:
        return None
    return found.first, found.last


def name_of(first: date, last: date) -> str:
    """A period as people say it, in the active language."""
    if first == last:
        return capfirst(date_format(first, "l j F Y"))
    found = months_from(first, last)
    return found.name if found else f"{date_format(first, 'j F Y')} – {date_format(last, 'j F Y')}"


def latest(span: str, today: date, many: int = 8) -> list[tuple[str, str]]:
    """The periods that one may choose, with their names: the one that runs first, then those that are over."""
    found = []
    if span == Span.DAY:
        for back in range(many):
            day = today - timedelta(days=back)
            found.append((day.isoformat(), name_of(day, day)))
        return found
    months = MONTHS[Span(span)]
    period = Period(date(today.year, (today.month - 1) // months * months + 1, 1), months)
    for _number in range(many):
        found.append((period.key, period.name))
        period = period.before
    return found


def last_over(span: str, today: date) -> tuple[date, date]:
    """The last period of this length that has ended before ``today``."""
    months = MONTHS[Span(span)]
    running = Period(date(today.year, (today.month - 1) // months * months + 1, 1), months)
    return running.before.first, running.before.last
