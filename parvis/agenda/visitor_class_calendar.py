"""A class visit as an entry for a teacher's calendar (RFC 5545)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from parvis.agenda.models import ClassVisit
from parvis.shared.calendars import a_calendar, add_moment, an_entry, plain

MADE_BY = "-//Parvis//Agenda//EN"
STATUS = {"option": "TENTATIVE", "cancelled": "CANCELLED"}


def as_calendar(visit: ClassVisit, *, begins: datetime, ends: datetime, link: str, place: str) -> bytes:
    """The visit's one entry: the same bytes while nothing changes. A date that is only kept is tentative."""
    centre = visit.centre
    name = _("Class visit at %(centre)s") % {"centre": centre.name}
    days = centre.local_day(begins), centre.local_day(ends)
    calendar = a_calendar(made_by=MADE_BY, name=name, zone=centre.time_zone, first=days[0], last=days[1])
    entry = an_entry(uid=str(visit.uid), changed_at=visit.state_since, sequence=visit.sequence)
    add_moment(entry, "dtstart", begins, centre.zone)
    add_moment(entry, "dtend", ends, centre.zone)
    entry.add("summary", plain(name))
    if link:
        entry.add("url", link)
    if place:
        entry.add("location", plain(place))
    entry.add("status", STATUS.get(visit.state, "CONFIRMED"))
    calendar.add_component(entry)
    return bytes(calendar.to_ical())
