"""Recordings that everybody may see."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from parvis.agenda.models import Event, Recording, Session
from parvis.centres.models import Centre


def shown_recordings(centre: Centre, at: datetime) -> QuerySet[Recording]:
    """Those that are published, of events that everybody may read, the newest first."""
    found = Recording.objects.filter(session__centre=centre, published_at__lte=at)
    found = found.filter(session__event__state=Event.State.PUBLISHED, session__event__publish_at__lte=at)
    found = found.exclude(session__state=Session.State.CANCELLED)
    return found.select_related("session__event", "session__centre").order_by("-session__begins_at", "-pk")


def shown_of(event: Event, at: datetime) -> list[Recording]:
    """Those of one event, without their words: one query."""
    found = shown_recordings(event.centre, at).filter(session__event=event)
    return list(found.defer("captions", "text"))
