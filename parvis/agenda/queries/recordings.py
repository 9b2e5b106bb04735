"""Recordings of webinars as the team sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from parvis.agenda.models import Recording, Session
from parvis.centres.models import Centre

LOOKS_BACK = timedelta(days=200)


@dataclass(frozen=True)
class Recordings:
    """Those that are kept, the newest first, and webinars of which none is."""

    kept: list[Recording]
    without: list[Session]


def recordings(centre: Centre, at: datetime) -> Recordings:
    """All of a centre: two queries."""
    found = Recording.objects.filter(session__centre=centre).select_related("session__event")
    online = Session.objects.filter(centre=centre, recording=None, begins_at__range=(at - LOOKS_BACK, at))
    online = online.exclude(link="").exclude(state=Session.State.CANCELLED)
    return Recordings(
        list(found.order_by("-session__begins_at", "-pk")),
        list(online.select_related("event").order_by("-begins_at", "-pk")),
    )
