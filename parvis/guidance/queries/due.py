"""When an answer is due, and how long it took: counted in days and hours on which the centre is open."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from parvis.centres.models import Centre
from parvis.centres.public_holidays import public_holidays
from parvis.centres.queries.opening import openings

AHEAD = timedelta(days=60)  # further ahead, a centre that is closed is taken to work from Monday to Friday
WEEKEND = {5, 6}


def due_day(centre: Centre, asked: date, promise: int) -> date:
    """The ``promise``-th working day after the day on which a question was asked: at most four queries.

    A working day is one on which some site is open. Where no hours are known, Monday to Friday without public holidays.
    """
    first = asked + timedelta(days=1)
    found = openings(centre.sites.all(), centre, first, first + AHEAD)
    open_days = {opening.day for days in found.values() for opening in days if opening.is_open}
    days = sorted(open_days) if len(open_days) >= promise else _weekdays(centre, first)
    return days[promise - 1]


def open_hours_between(centre: Centre, start: datetime, end: datetime) -> int:
    """The hours, begun ones included, during which some site was open between two instants: three queries."""
    found = openings(centre.sites.all(), centre, centre.local_day(start), centre.local_day(end))
    stretches = sorted(
        (_instant(centre, opening.day, stretch.opens), _instant(centre, opening.day, stretch.closes))
        for days in found.values()
        for opening in days
        for stretch in opening.stretches
    )
    total, reached = timedelta(), start
    for opens, closes in stretches:
        begins, ends = max(opens, reached), min(closes, end)
        if begins < ends:
            total, reached = total + (ends - begins), ends
    return -(-total // timedelta(hours=1))


def _weekdays(centre: Centre, first: date) -> list[date]:
    last = first + AHEAD
    off = public_holidays(
        country=centre.country, region=centre.subdivision, first=first, last=last, language="en"
    )
    days = [first + timedelta(days=n) for n in range(AHEAD.days + 1)]
    return [day for day in days if day.weekday() not in WEEKEND and day not in off]


def _instant(centre: Centre, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, centre.zone).astimezone(UTC)
