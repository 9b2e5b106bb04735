"""What the team takes with it to announce what is on."""

from __future__ import annotations

from datetime import date, datetime

from parvis.agenda.models import Event, Session
from parvis.agenda.queries.public.programme import A_YEAR
from parvis.centres.models import Centre

MOST_MONTHS = 3
MOST_EVENTS = 60


def events_ahead(centre: Centre, at: datetime) -> list[tuple[Event, datetime]]:
    """Published events that still take place, each with its next session on the centre's clock, the nearest first: one query."""
    ahead = Session.objects.public(at).filter(centre=centre, ends_at__gt=at, state=Session.State.PLANNED)
    found: dict[int, tuple[Event, datetime]] = {}
    for session in ahead.select_related("event__kind").order_by("begins_at", "pk"):
        found.setdefault(session.event_id, (session.event, centre.local(session.begins_at)))
    return list(found.values())[:MOST_EVENTS]


def months_ahead(centre: Centre, at: datetime) -> list[date]:
    """The first days of the next months in which something is on: one query."""
    rows = Session.objects.public(at).filter(centre=centre).between(at, at + A_YEAR)
    days = (
        max(centre.local_day(begins), centre.local_day(at))
        for begins in rows.values_list("begins_at", flat=True)
    )
    return sorted({day.replace(day=1) for day in days})[:MOST_MONTHS]
