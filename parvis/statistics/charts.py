"""The pictures of a report. Each is drawn with the same figures as a table."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from parvis.centres.models import Theme
from parvis.reception.queries.lines import language_name
from parvis.reception.units import UNITS
from parvis.shared.charts import Bars, Columns, Heat, Row, Series, Value
from parvis.shared.disclosure import protected_list
from parvis.statistics.queries import Report

MOST = 10  # bars of a list
BY_HOUR = {"passages": "sky", "contacts": "petrol", "acts": "sun"}


def hour_label(hour: int | None) -> str:
    return _("no hour") if hour is None else _("%(hour)s h") % {"hour": hour}


def by_hour(found: Report) -> Columns | None:
    """Passages, contacts and acts side by side: never on each other."""
    lines = [line for line in found.by_hour if line.hour is not None]
    units = [unit for unit in BY_HOUR if any(line.counts[unit] for line in lines)]
    if not units:
        return None
    return Columns(
        _("Hour by hour"),
        _("each colour in its own unit"),
        [hour_label(line.hour) for line in lines],
        [Series(UNITS[unit].label, [line.counts[unit] for line in lines], BY_HOUR[unit]) for unit in units],
        across=_("Hour"),
    )


def week_heat(found: Report, local: datetime) -> Heat | None:
    """Who came when, up to the ``local`` time: passages where the door is counted, else contacts."""
    unit = "passages" if found.total.passages else "contacts"
    cells = {pair: counts[unit] for pair, counts in found.broken.cells.items() if counts[unit]}
    if not cells:
        return None
    days, now = [day.date for day in found.now.days], (local.date(), local.hour)
    shown = cells.keys() | found.open_hours
    hours = range(min(hour for _day, hour in shown), max(hour for _day, hour in shown) + 1)
    rows: list[tuple[str, list[Value]]] = [
        (hour_label(hour), [cells.get((day, hour), None if (day, hour) > now else 0) for day in days])
        for hour in hours
    ]
    return Heat(
        _("When people come"),
        UNITS[unit].label,
        [_column(day) for day in days],
        rows,
        note=_("by hour and day; hatched: closed; a dash: still to come"),
        closed={
            (row, column)
            for row, hour in enumerate(hours)
            for column, day in enumerate(days)
            if (day, hour) not in shown
        },
    )


def _column(day: date) -> str:
    return f"{WEEKDAYS_ABBR[day.weekday()]} {date_format(day, 'j')}"


def wait_heat(found: Report) -> Heat | None:
    """Half waited at most so long, by theme and hour of arrival."""
    crossed = found.waits_by_theme_and_hour
    if not crossed:
        return None
    hours = range(min(hour for _theme, hour in crossed), max(hour for _theme, hour in crossed) + 1)
    rows: list[tuple[str, list[Value]]] = []
    for line in found.by_theme:
        if isinstance(line.theme, Theme) and line.waits.n:
            waits = [crossed.get((line.theme.pk, hour)) for hour in hours]
            rows.append((str(line.theme.name), [one.median if one else None for one in waits]))
    return Heat(
        _("Half waited at most"),
        _("minutes"),
        [hour_label(hour) for hour in hours],
        rows,
        note=_("by theme and hour of arrival; a dash: nobody was called"),
    )


def waits_by_hour(found: Report) -> Columns | None:
    """Median and 90th percentile by hour of arrival."""
    lines = [line for line in found.by_hour if line.waits.n]
    if not lines:
        return None
    return Columns(
        _("Waits by hour of arrival"),
        _("minutes"),
        [hour_label(line.hour) for line in lines],
        [
            Series(_("Half waited at most"), [line.waits.median for line in lines], "petrol"),
            Series(_("Nine in ten waited at most"), [line.waits.p90 for line in lines], "sun"),
        ],
        across=_("Hour"),
    )


def missed(found: Report, *, outside: bool) -> list[tuple[str, int]]:
    """Unmet needs, most frequent first; for outside, those that may be told."""
    if not outside:
        return found.unmet
    return [(label, n) for label, n in protected_list(found.unmet) if n is not None]


def lists(found: Report, *, outside: bool) -> list[Bars]:
    """Unmet needs, channels, languages; with small numbers protected for whoever is not of the centre."""
    languages = [(language_name(code).capitalize(), n) for code, n in found.languages]
    wanted = [
        (_("What could not be found"), _("times"), found.unmet, "coral", True),
        (_("Acts by channel"), _("acts"), found.channels, "petrol", False),
        (_("Tickets by language"), _("tickets"), languages, "leaf", True),
    ]
    return [
        _bars(title, unit, counts, tint, hides=outside and hides)
        for title, unit, counts, tint, hides in wanted
        if counts
    ]


def _bars(title: str, unit: str, counts: list[tuple[str, int]], tint: str, *, hides: bool) -> Bars:
    if not hides:
        return Bars(title, unit, [Row(label, n, tint) for label, n in counts[:MOST]])
    rows = [Row(label, n, tint) for label, n in protected_list(counts)[:MOST]]
    return Bars(title, unit, rows, note=_("rounded to five; a dash: few, or hidden with them"))
