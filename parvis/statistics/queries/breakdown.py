"""The units of a period by theme, by hour, and by day and hour. A line never adds two units together.

By theme: what was asked for two themes stands under both, so a column can pass the period's figure; passages have no
theme. By hour: tickets by the hour of arrival, acts by the hour in which they were recorded; what an imported past
knows only by its day has no hour. Lines follow what was recorded, also after the day was signed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, Sum
from django.db.models.functions import ExtractHour

from parvis.centres.models import Centre, Theme
from parvis.reception.models import Act, Tally
from parvis.reception.queries.figures import UNITS as UNIT_OF
from parvis.reception.queries.passages import Hour
from parvis.statistics.queries.waits import Taken, Waits, waits_of

BY_THEME = ("contacts", "acts", "groups", "left", "no_shows")
BY_HOUR = ("passages", *BY_THEME)


@dataclass(frozen=True)
class ThemeLine:
    """One theme, or what was recorded without any: counts by unit, waits."""

    theme: Theme | None
    counts: Counter[str]
    waits: Waits


@dataclass(frozen=True)
class HourLine:
    """One hour of the clock; ``None``: recorded without an hour."""

    hour: int | None
    counts: Counter[str]
    waits: Waits


@dataclass
class Broken:
    """Counts of the period's units under each theme, hour, and day with hour."""

    themes: dict[int | None, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    hours: dict[int | None, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    cells: dict[tuple[date, int], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, unit: str, n: int, *, day: date, hour: int | None) -> None:
        """``n`` of a unit at an hour."""
        if n:
            self.hours[hour][unit] += n
        if n and hour is not None:
            self.cells[day, hour][unit] += n


def broken_down(
    centre: Centre, first: date, last: date, tickets: Iterable[Taken], passages: Iterable[Hour]
) -> Broken:
    """Everything that has a theme or an hour: three queries."""
    broken = Broken()
    for ticket in tickets:
        for unit in ticket.units:
            broken.themes[ticket.theme][unit] += 1
            broken.add(unit, 1, day=ticket.date, hour=ticket.hour)
    for crossed in passages:
        broken.add("passages", crossed.count, day=crossed.date, hour=crossed.hour)
    _add_acts(centre, first, last, broken)
    _add_tallies(centre, first, last, broken)
    return broken


def _add_acts(centre: Centre, first: date, last: date, broken: Broken) -> None:
    acts = Act.objects.counted().filter(centre=centre, date__range=(first, last))
    acts = acts.exclude(kind=Act.Kind.NON_CONTACT).order_by()
    counted = {
        "acts": Count("pk"),
        "groups": Count("pk", filter=Q(kind=Act.Kind.GROUP)),
        "contacts": Count("pk", filter=Q(ticket=None, past_import=None)),
    }
    at_hour = ExtractHour("at", tzinfo=centre.zone)
    for day, hour, *counts in acts.values_list("date", at_hour).annotate(**counted):
        for unit, n in zip(counted, counts, strict=True):
            broken.add(unit, n, day=day, hour=hour)
    for theme, *counts in acts.values_list("themes").annotate(**counted):
        broken.themes[theme].update({unit: n for unit, n in zip(counted, counts, strict=True) if n})


def _add_tallies(centre: Centre, first: date, last: date, broken: Broken) -> None:
    """Days of an imported sheet: what it broke down by theme, and the hours that it gave of its wholes.

    A theme's day counts once: its whole where the sheet has it, else its hours.
    """
    rows = (
        Tally.objects.counted()
        .filter(centre=centre, span=Tally.Span.DAY, date__range=(first, last), code=None)
        .order_by()
        .values_list("date", "unit", "theme", "hour")
        .annotate(n=Sum("count"))
    )
    found: dict[tuple[date, str, int | None], dict[int | None, int]] = defaultdict(dict)
    for day, unit, theme, hour, n in rows:
        found[day, UNIT_OF[Tally.Unit(unit)], theme][hour] = n
    for (day, unit, theme), by_hour in found.items():
        whole = by_hour.pop(None, None)
        if theme is not None and unit in BY_THEME:
            broken.themes[theme][unit] += sum(by_hour.values()) if whole is None else whole
        if theme is not None:
            continue
        for hour, n in by_hour.items():
            broken.add(unit, n, day=day, hour=hour)
        if whole is not None:
            broken.add(unit, max(0, whole - sum(by_hour.values())), day=day, hour=None)


def theme_lines(themes: Iterable[Theme], broken: Broken, tickets: list[Taken]) -> list[ThemeLine]:
    """A line for each theme with anything, in the centre's order; last what has none."""
    waited: dict[int, list[Taken]] = defaultdict(list)
    for ticket in tickets:
        waited[ticket.theme].append(ticket)
    lines = [
        ThemeLine(theme, broken.themes.get(theme.pk, Counter()), waits_of(waited[theme.pk]))
        for theme in themes
    ]
    if None in broken.themes:
        lines.append(ThemeLine(None, broken.themes[None], Waits()))
    return [line for line in lines if any(line.counts.values()) or line.waits.n]


def hour_lines(broken: Broken, tickets: list[Taken]) -> list[HourLine]:
    """Every hour from the first with anything to the last; then what has none."""
    waited: dict[int, list[Taken]] = defaultdict(list)
    for ticket in tickets:
        waited[ticket.hour].append(ticket)
    known = [hour for hour in {*broken.hours, *waited} if hour is not None]
    hours: list[int | None] = list(range(min(known), max(known) + 1)) if known else []
    hours += [None] if None in broken.hours else []
    return [
        HourLine(
            hour,
            broken.hours.get(hour, Counter()),
            Waits() if hour is None else waits_of(waited.get(hour, [])),
        )
        for hour in hours
    ]
