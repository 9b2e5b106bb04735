"""The centres' own clocks, as tables: which offset holds from when, and when each of their days begins and ends in UTC."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from parvis.centres.models import Centre

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
BEFORE, AFTER = (
    timedelta(days=40),
    timedelta(days=400),
)  # entered so long before or after the day it is about: nothing is
OPEN = timedelta(days=1)  # today and yesterday: an evening is often signed the morning after
STEP = timedelta(hours=6)  # no zone changes its clock twice within it


def offsets(zone: ZoneInfo, first: date, last: date) -> Iterator[tuple[datetime, int]]:
    """Since when (UTC) a clock is how many minutes ahead of UTC, around the days from ``first`` to ``last``."""
    at = datetime.combine(first, time.min, UTC) - BEFORE
    until = datetime.combine(last, time.min, UTC) + AFTER
    ahead = _minutes(zone, at)
    yield EARLIEST, ahead
    while at < until:
        after = at + STEP
        if (then := _minutes(zone, after)) != ahead:
            yield _change(zone, at, after), then
            ahead = then
        at = after


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The minute at which the offset changes."""
    old = _minutes(zone, before)
    while after - before > timedelta(minutes=1):
        middle = (before + (after - before) / 2).replace(second=0, microsecond=0)
        if middle <= before:
            break
        before, after = (middle, after) if _minutes(zone, middle) == old else (before, middle)
    return after


def _minutes(zone: ZoneInfo, at: datetime) -> int:
    ahead = at.astimezone(zone).utcoffset() or timedelta()
    return round(ahead.total_seconds() / 60)


def bounds(zone: ZoneInfo, days: Iterable[date]) -> Iterator[tuple[date, datetime, datetime]]:
    """Each day with its first instant and that of the next, in UTC."""
    for day in days:
        start, end = (
            datetime.combine(one, time.min, zone).astimezone(UTC) for one in (day, day + timedelta(days=1))
        )
        yield day, start, end


def settled_before(centre: Centre, at: datetime) -> date:
    """Days before this one are settled at ``at``: they stand in a file, and what changes about them leaves a trace."""
    return centre.local_day(at) - OPEN
