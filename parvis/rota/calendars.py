"""Somebody's duties as a calendar (RFC 5545, with the refresh interval of RFC 7986). No colleague, no institution."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vDatetime,
    vDuration,
    vText,
    vUTCOffset,
)

from parvis.rota.models import DutyKind, DutySlot, Feed

MADE_BY = "-//Parvis//Rota//EN"
REFRESH = timedelta(hours=1)
UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
State = DutySlot.State


def as_calendar(feed: Feed, slots: Iterable[DutySlot], first: date) -> bytes:
    """The calendar of a feed: the same bytes while nothing changes. ``first``: the first day it can hold."""
    slots, centre = list(slots), feed.centre
    last = max([first, *(slot.half_day.date for slot in slots)])
    with translation.override(feed.person.language):
        calendar = Calendar()
        calendar.add("prodid", MADE_BY)
        calendar.add("version", "2.0")
        calendar.add("calscale", "GREGORIAN")
        calendar.add("name", plain(_("On duty · %(centre)s") % {"centre": centre.name}))
        calendar.add("x-wr-calname", plain(_("On duty · %(centre)s") % {"centre": centre.name}))
        calendar.add("x-wr-timezone", centre.time_zone)
        interval = vDuration(REFRESH)
        interval.params["VALUE"] = "DURATION"
        calendar.add("refresh-interval", interval)
        calendar.add("x-published-ttl", "PT1H")
        calendar.add_component(time_zone(centre.time_zone, first.year, last.year + 1))
        for slot in slots:
            calendar.add_component(_event(slot, centre.name, centre.zone))
    return bytes(calendar.to_ical())


def _event(slot: DutySlot, centre: str, zone: ZoneInfo) -> Event:
    """One duty. What has changed says so by its sequence; what was taken out is cancelled."""
    half_day, event = slot.half_day, Event()
    begins, ends = half_day.bounds
    event.add("uid", str(slot.uid))
    event.add("dtstamp", slot.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", slot.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", slot.sequence)
    for name, at in (("dtstart", begins), ("dtend", ends)):
        moment = vDatetime(at.replace(tzinfo=None))  # on the centre's clock, which the calendar describes
        moment.params["TZID"] = str(zone)
        event.add(name, moment)
    what = slot.theme.name if slot.theme else DutyKind(slot.duty).label
    event.add("summary", plain(f"{what} · {centre}"))
    event.add("description", plain(DutyKind(slot.duty).label))
    site = half_day.site
    places = [slot.space.name if slot.space else "", site.name, site.address]
    event.add("location", plain(", ".join(str(place) for place in places if place)))
    event.add("status", "CONFIRMED" if slot.state == State.PLANNED else "CANCELLED")
    event.add("transp", "OPAQUE" if slot.state == State.PLANNED else "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def plain(text: object) -> str:
    """Without what no calendar may hold: control characters; ends of lines are one kind."""
    said = str(text).replace("\r\n", "\n").replace("\r", "\n")
    return UNSEEN.sub(" ", said)


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
