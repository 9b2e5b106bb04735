"""Who leads something at a time."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from parvis.agenda.models import ClassVisit, Facilitation, Session

S = ClassVisit.State
COMING = (S.OPTION, S.CONFIRMED, S.PREPARED)  # a half-day is theirs


def leading_during(begins: datetime, ends: datetime) -> QuerySet[Facilitation]:
    """Whoever leads a session or a class at some time between the two instants."""
    return Facilitation.objects.filter(
        Q(session__state=Session.State.PLANNED, session__begins_at__lt=ends, session__ends_at__gt=begins)
        | Q(visit__state__in=COMING, visit__begins_at__lt=ends, visit__ends_at__gt=begins),
        person__isnull=False,
    )
