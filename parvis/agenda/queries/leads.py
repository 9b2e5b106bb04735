"""Who leads what, and where they come from."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet

from parvis.accounts.models import User
from parvis.agenda.models import ClassVisit, Facilitation, Session
from parvis.centres.models import Centre
from parvis.partners.models import Belonging, Institution

OVER = (ClassVisit.State.CANCELLED,)


def leading(people: Collection[int], begins: datetime, ends: datetime) -> QuerySet[Facilitation]:
    """What some people lead that takes place in that time, at whatever centre."""
    session = Q(session__begins_at__lt=ends, session__ends_at__gt=begins) & ~Q(
        session__state=Session.State.CANCELLED
    )
    visit = Q(visit__begins_at__lt=ends, visit__ends_at__gt=begins) & ~Q(visit__state__in=OVER)
    return Facilitation.objects.filter(session | visit, person__in=people)


def institutions_of(centre: Centre, people: Iterable[User], day: date) -> dict[int, Institution]:
    """Person's key -> where they come from at ``centre`` on ``day``: one query. Who is own staff is not in it."""
    found = Belonging.objects.on(day).filter(centre=centre, person__in=list(people))
    return {one.person_id: one.institution for one in found.select_related("institution")}
