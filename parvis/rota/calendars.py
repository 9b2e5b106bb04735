"""Somebody's duties as a calendar (RFC 5545, with the refresh interval of RFC 7986). No colleague, no institution."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Event

from parvis.rota.models import DutyKind, DutySlot, Feed
from parvis.shared.calendars import a_calendar, add_moment, an_entry, plain

MADE_BY = "-//Parvis//Rota//EN"
State = DutySlot.State


def as_calendar(feed: Feed, slots: Iterable[DutySlot], first: date) -> bytes:
    """The calendar of a feed: the same bytes while nothing changes. ``first``: the first day it can hold."""
    slots, centre = list(slots), feed.centre
    last = max([first, *(slot.half_day.date for slot in slots)])
    with translation.override(feed.person.language):
        name = _("On duty · %(centre)s") % {"centre": centre.name}
        calendar = a_calendar(made_by=MADE_BY, name=name, zone=centre.time_zone, first=first, last=last)
        for slot in slots:
            calendar.add_component(_event(slot, centre.name, centre.zone))
    return bytes(calendar.to_ical())


def _event(slot: DutySlot, centre: str, zone: ZoneInfo) -> Event:
    """One duty. What has changed says so by its sequence; what was taken out is cancelled."""
    half_day = slot.half_day
    begins, ends = half_day.bounds
    event = an_entry(uid=str(slot.uid), changed_at=slot.changed_at, sequence=slot.sequence)
    add_moment(event, "dtstart", begins, zone)
    add_moment(event, "dtend", ends, zone)
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
