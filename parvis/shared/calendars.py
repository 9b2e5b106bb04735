"""What every calendar of the house has (RFC 5545, with the refresh interval of RFC 7986): its head, its clock, its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCategory,
    vDatetime,
    vDuration,
    vText,
    vUTCOffset,
)

REFRESH = timedelta(hours=1)
UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
MARKED = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})


class Words(vText):
    """Text as RFC 5545, 3.3.11 wants it. The library takes a written “\\N” for the end of a line, and so would break “C:\\Notes”."""

    def to_ical(self) -> bytes:
        return self.translate(MARKED).encode()


def a_calendar(*, made_by: str, name: str, zone: str, first: date, last: date) -> Calendar:
    """An empty calendar with the clock of ``zone`` from the year of ``first`` to the one after ``last``."""
    calendar = Calendar()
    calendar.add("prodid", made_by)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", plain(name))
    calendar.add("x-wr-calname", plain(name))
    calendar.add("x-wr-timezone", zone)
    interval = vDuration(REFRESH)
    interval.params["VALUE"] = "DURATION"
    calendar.add("refresh-interval", interval)
    calendar.add("x-published-ttl", "PT1H")
    calendar.add_component(time_zone(zone, first.year, last.year + 1))
    return calendar


def an_entry(*, uid: str, changed_at: datetime, sequence: int) -> Event:
    """An entry that is found again by ``uid``, and replaces what has a lower sequence."""
    entry = Event()
    entry.add("uid", uid)
    entry.add("dtstamp", changed_at.astimezone(UTC).replace(microsecond=0))
    entry.add("last-modified", changed_at.astimezone(UTC).replace(microsecond=0))
    entry.add("sequence", sequence)
    return entry


def add_moment(entry: Event, name: str, at: datetime, zone: ZoneInfo) -> None:
    """A moment on the clock of ``zone``, which the calendar describes."""
    moment = vDatetime(at.astimezone(zone).replace(tzinfo=None))
    moment.params["TZID"] = str(zone)
    entry.add(name, moment)


def add_categories(entry: Event, names: Iterable[object]) -> None:
    """What kind of thing it is, in one line."""
    said = vCategory([])
    said.cats = [plain(name) for name in names]
    entry.add("categories", said)


def plain(text: object) -> Words:
    """Without what no calendar may hold: control characters; ends of lines are one kind."""
    said = str(text).replace("\r\n", "\n").replace("\r", "\n")
    return Words(UNSEEN.sub(" ", said))


@lru_cache(maxsize=64)
def time_zone(name: str, first_year: int, last_year: int) -> Timezone:
    """How the clock of a zone goes from the beginning of one year to the end of another, each change of it by itself.

    Written here, because the library begins each summer an hour late: a change begins by the clock as it was before.
    """
    zone, found = ZoneInfo(name), Timezone()
    found.add("tzid", name)
    start = datetime(first_year, 1, 1, tzinfo=UTC) - timedelta(days=1)  # the year begins earlier in the east
    found.add_component(_observance(zone, start, since=start))
    at, end = start, datetime(last_year + 1, 1, 2, tzinfo=UTC)
    while at < end:
        after = at + timedelta(days=1)
        if after.astimezone(zone).utcoffset() != at.astimezone(zone).utcoffset():
            found.add_component(_observance(zone, _change(zone, at, after), since=at))
        at = after
    return found


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first instant of the new offset, to the second."""
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def _observance(zone: ZoneInfo, at: datetime, *, since: datetime) -> TimezoneStandard | TimezoneDaylight:
    """The offset that holds from ``at`` on; ``since`` is an instant at which the one before held."""
    was, local = since.astimezone(zone).utcoffset() or timedelta(), at.astimezone(zone)
    found = TimezoneDaylight() if local.dst() else TimezoneStandard()
    found.add("dtstart", vDatetime((at + was).replace(tzinfo=None)))
    found.add("tzoffsetfrom", vUTCOffset(was))
    found.add("tzoffsetto", vUTCOffset(local.utcoffset() or timedelta()))
    found.add("tzname", vText(local.tzname() or str(zone)))
    return found
