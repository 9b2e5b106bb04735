"""A month of half-days, as who plans sees it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, Sum

from parvis.centres.models import Centre
from parvis.centres.queries.opening import Opening, openings
from parvis.rota.models import DutySlot, HalfDay, Need
from parvis.rota.queries.half_days import school_days_off


@dataclass(frozen=True)
class DateCard:
    """One half-day: how many seats it needs, and how many people are on duty."""

    half_day: HalfDay
    seats: int
    on_duty: int


@dataclass(frozen=True)
class Day:
    """One day of the month. ``closed``: why no site opens, where there is a reason."""

    date: date
    inside: bool
    half_days: list[DateCard]
    closed: str
    school_off: bool


@dataclass(frozen=True)
class Month:
    """Whole weeks that hold a month."""

    first: date
    before: date
    after: date
    weeks: list[list[Day]]
    weekdays: list[date]  # one of each, for their names
    several_sites: bool


def month(centre: Centre, day: date) -> Month:
    """The month of ``day``: eight queries."""
    first = day.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    begins = first - timedelta(days=first.weekday())
    ends = after + timedelta(days=-after.weekday() % 7 - 1)
    cards: dict[date, list[DateCard]] = defaultdict(list)
    for card in cards_of(centre, begins, ends):
        cards[card.half_day.date].append(card)
    sites = list(centre.sites.all())
    by_site = openings(sites, centre, begins, ends)
    off = school_days_off(centre, begins, ends)
    days = []
    for n in range((ends - begins).days + 1):
        here = begins + timedelta(days=n)
        closed = _closed([by_site[site.pk][n] for site in sites])
        days.append(Day(here, here.month == first.month, cards[here], closed, here in off))
    weeks = [days[n : n + 7] for n in range(0, len(days), 7)]
    # Saturdays and Sundays take room only where something is on them.
    used = [n for n in range(7) if n < 5 or any(week[n].half_days for week in weeks)]
    weeks = [[week[n] for n in used] for week in weeks]
    return Month(
        first=first,
        before=(first - timedelta(days=1)).replace(day=1),
        after=after,
        weeks=weeks,
        weekdays=[one.date for one in weeks[0]],
        several_sites=len(sites) > 1,
    )


def cards_of(centre: Centre, first: date, last: date) -> list[DateCard]:
    """The half-days between two days with their seats and who is on duty: three queries."""
    rows = HalfDay.objects.filter(centre=centre).between(first, last).select_related("site")
    seats = dict(
        Need.objects.filter(half_day__centre=centre, half_day__date__range=(first, last))
        .values_list("half_day")
        .annotate(n=Sum("seats"))
        .values_list("half_day", "n")
    )
    slots = DutySlot.objects.standing().filter(centre=centre, half_day__date__range=(first, last))
    busy = dict(slots.values_list("half_day").annotate(n=Count("pk")).values_list("half_day", "n"))
    return [DateCard(row, seats.get(row.pk, 0), busy.get(row.pk, 0)) for row in rows]


def on_duty_at(half_day: HalfDay) -> int:
    """How many are on duty at one half-day: one query."""
    return DutySlot.objects.filter(Q(half_day=half_day), state=DutySlot.State.PLANNED).count()


def _closed(all_sites: list[Opening]) -> str:
    """Why no site opens that day, in words that visitors read; empty where one opens or nothing is said."""
    if any(one.is_open for one in all_sites):
        return ""
    return next((one.reason for one in all_sites if one.reason), "")
