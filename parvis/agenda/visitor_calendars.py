"""Sessions as a calendar (RFC 5545): the same entry wherever it is fetched from, and a cancelled one that says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Event as Entry
from icalendar import vText

from parvis.agenda.queries.public.programme import Line
from parvis.agenda.visitor_programme import where_of
from parvis.centres.models import Centre
from parvis.shared.calendars import a_calendar, add_categories, add_moment, an_entry, plain

MADE_BY = "-//Parvis//Agenda//EN"


def as_calendar(
    lines: Iterable[Line],
    firsts: Mapping[int, UUID],
    *,
    centre: Centre,
    name: str,
    language: str,
    origin: str,
    first: date,
) -> bytes:
    """The same bytes while nothing changes. ``firsts``: of each series, its first session's identifier. ``first``: the first day it can hold."""
    held = list(lines)
    last = max([first, *(line.last_day for line in held)])
    start = min([first, *(line.begins.date() for line in held)])
    with translation.override(language):
        calendar = a_calendar(made_by=MADE_BY, name=name, zone=centre.time_zone, first=start, last=last)
        for line in held:
            calendar.add_component(_entry(line, firsts.get(line.event.pk), centre, origin))
    return bytes(calendar.to_ical())


def changed_at(line: Line) -> datetime:
    """When what people read of it was last changed."""
    return max(line.session.changed_at, line.event.changed_at)


def _entry(line: Line, first: UUID | None, centre: Centre, origin: str) -> Entry:
    """One session. Moved, its sequence is higher; cancelled, it says so and takes no time."""
    session, event = line.session, line.event
    entry = an_entry(uid=str(session.uid), changed_at=changed_at(line), sequence=session.sequence)
    if session.all_day:
        entry.add("dtstart", line.begins.date())
        entry.add("dtend", line.ends.date())
    else:
        add_moment(entry, "dtstart", line.begins, centre.zone)
        add_moment(entry, "dtend", line.ends, centre.zone)
    entry.add("summary", plain(event.title))
    entry.add("description", plain(description_of(line)))
    if place := where_of(line):
        entry.add("location", plain(place))
    entry.add("url", origin + reverse("agenda:public_event", args=[event.slug]))
    add_categories(entry, [event.kind.label, *(theme.name for theme in line.themes)])
    entry.add("status", "CANCELLED" if line.cancelled else "CONFIRMED")
    entry.add("transp", "TRANSPARENT" if line.cancelled or session.all_day else "OPAQUE")
    entry.add("class", "PUBLIC")
    if first is not None and first != session.uid:
        sibling = vText(str(first))
        sibling.params["RELTYPE"] = "SIBLING"
        entry.add("related-to", sibling)
    return entry


def description_of(line: Line) -> str:
    """What happened to it, then what the event says of itself, then that it is free."""
    event, said = line.event, []
    if line.cancelled:
        said.append(_("Cancelled.") + (f" {line.session.why}" if line.session.why else ""))
    elif line.session.why:
        said.append(line.session.why)
    said += [str(event.summary), str(event.description), _("Free. You need not say who you are.")]
    return "\n\n".join(one for one in said if one)
