"""When a centre is open: the ordinary week, public holidays, and exceptions, which override both.

Hours are on the site's own clock. A clock change moves the instant and never the hour on the door: who opens at 10:00
opens at 10:00 on that day too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import get_language

from parvis.centres.models import Centre, OpeningException, OpeningHours, Site
from parvis.centres.public_holidays import public_holidays
from parvis.centres.service_models import HoursPreset

DAYS_LOOKED_AHEAD = 60


class Why(StrEnum):
    """Where a day's hours come from."""

    WEEK = "week"
    HOLIDAY = "holiday"
    EXCEPTION = "exception"
    CLOSED_FOR_GOOD = "closed_for_good"


@dataclass(frozen=True, order=True)
class Stretch:
    """From ``opens`` until just before ``closes``, on the site's clock."""

    opens: time
    closes: time


@dataclass(frozen=True)
class Opening:
    """One day of one site. ``reason`` is a holiday's name or what visitors read about an exception, or empty."""

    day: date
    stretches: tuple[Stretch, ...]
    why: Why
    reason: str = ""
    holiday: str = ""  # the holiday of that day, also where an exception overrides it

    @property
    def is_open(self) -> bool:
        """Whether the site opens at all on that day."""
        return bool(self.stretches)

    def is_open_at(self, local: time) -> bool:
        """Whether the site is open at a time of its own clock."""
        return any(stretch.opens <= local < stretch.closes for stretch in self.stretches)


def opening_on(site: Site, day: date) -> Opening:
    """The hours of ``site`` on ``day``: two queries, where ``site.centre`` is loaded."""
    return openings([site], site.centre, day, day)[site.pk][0]


def openings_today(centre: Centre, at: datetime) -> list[tuple[Site, Opening]]:
    """Each site that is not closed for good, with its hours on the local day of ``at``: three queries."""
    day = centre.local_day(at)
    sites = [site for site in centre.sites.all() if site.closed_on is None or site.closed_on > day]
    found = openings(sites, centre, day, day)
    return [(site, found[site.pk][0]) for site in sites]


def is_open(centre: Centre, at: datetime) -> bool:
    """Whether any site of ``centre`` is open at ``at``: three queries.

    Read on the wall clock: in the hour that comes twice in autumn, the site is open twice.
    """
    local = centre.local(at).time()
    return any(opening.is_open_at(local) for _site, opening in openings_today(centre, at))


def next_opening(centre: Centre, at: datetime) -> datetime | None:
    """The next instant after ``at`` at which a site opens, within sixty days; None if there is none."""
    today = centre.local_day(at)
    found = openings(centre.sites.all(), centre, today, today + timedelta(days=DAYS_LOOKED_AHEAD))
    starts = (
        datetime.combine(opening.day, stretch.opens, centre.zone)
        for days in found.values()
        for opening in days
        for stretch in opening.stretches
    )
    return min((start for start in starts if start > at), default=None)


def openings(sites: Iterable[Site], centre: Centre, first: date, last: date) -> dict[int, list[Opening]]:
    """Each day from ``first`` to ``last`` inclusive for each site's key: two queries, plus one where ``sites`` is lazy."""
    sites = list(sites)
    table = _table(sites, first, last)
    off = _holidays(centre, first, last)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return {site.pk: [table.opening(site, day, off.get(day, "")) for day in days] for site in sites}


def open_minutes(sites: Iterable[Site], first: date, last: date) -> dict[int, dict[date, int]]:
    """Centre's key -> each day from ``first`` to ``last`` on which any of its ``sites`` opens, and for how many minutes one of
    them does: two queries, each ``centre`` loaded."""
    sites = list(sites)
    table = _table(sites, first, last)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    opened: dict[int, dict[date, list[Stretch]]] = defaultdict(lambda: defaultdict(list))
    for site in sites:
        off = _holidays(site.centre, first, last)
        for day in days:
            if stretches := table.opening(site, day, off.get(day, "")).stretches:
                opened[site.centre_id][day] += stretches
    return {
        centre: {day: _minutes_of(stretches) for day, stretches in of.items()}
        for centre, of in opened.items()
    }


def _minutes_of(stretches: Iterable[Stretch]) -> int:
    """Minutes of stretches of one day; where two sites are open at once, they count once."""
    total, until = 0, 0
    for one in sorted(stretches):
        opens, closes = (at.hour * 60 + at.minute for at in (one.opens, one.closes))
        total += max(0, closes - max(opens, until))
        until = max(until, closes)
    return total


def open_hours(centre: Centre, first: date, last: date) -> frozenset[tuple[date, int]]:
    """Each day and clock hour during which some site is open, if only for a part of it: three queries."""
    return frozenset(
        (opening.day, hour)
        for days in openings(centre.sites.all(), centre, first, last).values()
        for opening in days
        for stretch in opening.stretches
        for hour in range(stretch.opens.hour, stretch.closes.hour + (stretch.closes.minute > 0))
    )


def open_centres(sites: Iterable[Site], at: datetime) -> set[int]:
    """The keys of the centres of which any of ``sites`` is open at ``at``: three queries, each ``centre`` loaded."""
    sites = list(sites)
    days = {site.centre.local_day(at) for site in sites}
    if not days:
        return set()
    table = _table(sites, min(days), max(days))
    found = set()
    for site in sites:
        local = site.centre.local(at)
        off = _holidays(site.centre, local.date(), local.date())
        if table.opening(site, local.date(), off.get(local.date(), "")).is_open_at(local.time()):
            found.add(site.centre_id)
    return found


@dataclass(frozen=True)
class _Table:
    """Weeks and exceptions of some sites."""

    week: dict[tuple[int, int], list[Stretch]]
    other: dict[tuple[int, date], list[OpeningException]]

    def opening(self, site: Site, day: date, holiday: str) -> Opening:
        week = self.week.get((site.pk, day.weekday()), [])
        return _day(site, day, week, self.other.get((site.pk, day), []), holiday)


def _table(sites: list[Site], first: date, last: date) -> _Table:
    week: dict[tuple[int, int], list[Stretch]] = defaultdict(list)
    for hours in OpeningHours.objects.filter(site__in=sites).order_by("opens"):
        week[hours.site_id, hours.weekday].append(Stretch(hours.opens, hours.closes))
    other: dict[tuple[int, date], list[OpeningException]] = defaultdict(list)
    for row in OpeningException.objects.filter(site__in=sites, day__range=(first, last)).order_by("opens"):
        other[row.site_id, row.day].append(row)
    return _Table(week, other)


def _holidays(centre: Centre, first: date, last: date) -> dict[date, str]:
    """Public holidays at ``centre``, named in the reader's language."""
    return public_holidays(
        country=centre.country,
        region=centre.subdivision,
        first=first,
        last=last,
        language=(get_language() or centre.language).split("-")[0],
    )


def week_lines(week: Iterable[HoursPreset | OpeningHours]) -> list[str]:
    """An ordinary week in words, one line for each open day: “Monday 10:00–18:00”."""
    by_day: dict[int, list[str]] = defaultdict(list)
    for row in sorted(week, key=lambda row: (row.weekday, row.opens)):
        by_day[row.weekday].append(f"{row.opens:%H:%M}–{row.closes:%H:%M}")
    return [capfirst(f"{WEEKDAYS[day]} {' · '.join(stretches)}") for day, stretches in sorted(by_day.items())]


def _day(
    site: Site, day: date, week: list[Stretch], exceptions: list[OpeningException], holiday: str
) -> Opening:
    """The rule, on one day: closed for good, else the exception, else the holiday, else the week."""
    if site.closed_on and day >= site.closed_on:
        return Opening(day, (), Why.CLOSED_FOR_GOOD, holiday=holiday)
    if exceptions:
        stretches = tuple(Stretch(row.opens, row.closes) for row in exceptions if row.opens and row.closes)
        reason = next((str(row.reason) for row in exceptions if row.reason), "")
        return Opening(day, stretches, Why.EXCEPTION, reason, holiday)
    if holiday:
        return Opening(day, (), Why.HOLIDAY, holiday, holiday)
    return Opening(day, tuple(week), Why.WEEK)
